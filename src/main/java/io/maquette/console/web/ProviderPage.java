package io.maquette.console.web;

import io.maquette.access.web.Why;
import io.maquette.operation.ProviderActions;
import io.maquette.operation.ProviderState;
import io.maquette.operation.ProviderStates;
import io.maquette.operation.web.LimitOrder;
import io.maquette.platform.http.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** One provider, and what operators say of it. */
@Named
@RequestScoped
public class ProviderPage extends ActingPage {

  private final String name = Address.text("name");

  @Inject private ProviderStates states;
  @Inject private ProviderActions actions;

  private ProviderState provider;

  /** The provider; null if the settings do not choose it. */
  public ProviderState getProvider() {
    if (provider == null) {
      provider = states.find(name).orElse(null);
    }
    return provider;
  }

  @Override
  void forget() {
    provider = null;
  }

  public void pause() {
    say(() -> actions.pause(getProvider().name(), operator(), getReason()));
  }

  public void resume() {
    say(() -> actions.resume(getProvider().name(), operator(), getReason()));
  }

  public void probe() {
    say(() -> actions.probe(getProvider().name(), operator(), getReason()));
  }

  private void say(Runnable work) {
    act(new Why(getReason()), "console.provider.said", work);
  }

  /** Changes what it may be asked for. */
  public void limit() {
    look(
        () -> {
          Integer openJobs = whole("openJobs", "invalid.open-jobs");
          Integer perSecond = whole("requestsPerSecond", "invalid.per-second");
          if (openJobs != null && getProvider().openJobsLimit() == null) {
            throw ProblemException.ofField("openJobs", "invalid.open-jobs");
          }
          act(
              new LimitOrder(openJobs, perSecond, getReason()),
              "console.provider.said",
              () ->
                  actions.limit(
                      getProvider().name(), openJobs, perSecond, operator(), getReason()));
        });
  }
}
