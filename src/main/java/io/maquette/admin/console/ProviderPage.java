package io.maquette.admin.console;

import io.maquette.admin.ProviderActions;
import io.maquette.admin.ProviderState;
import io.maquette.admin.ProviderStates;
import io.maquette.admin.web.LimitRequest;
import io.maquette.http.ProblemException;
import io.maquette.security.web.ReasonRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Page bean of one provider and the operator's actions on it. */
@Named
@RequestScoped
public class ProviderPage extends ActionPage {

  private final String name = Address.text("name");

  @Inject private ProviderStates states;
  @Inject private ProviderActions actions;

  private ProviderState provider;

  /** Returns the provider; null if the settings do not choose it. */
  public ProviderState getProvider() {
    if (provider == null) {
      provider = states.find(name).orElse(null);
    }
    return provider;
  }

  @Override
  void clear() {
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
    act(new ReasonRequest(getReason()), "console.provider.said", work);
  }

  /** Changes the provider's limits. */
  public void limit() {
    look(
        () -> {
          Integer openJobs = whole("openJobs", "invalid.open-jobs");
          Integer perSecond = whole("requestsPerSecond", "invalid.per-second");
          if (openJobs != null && getProvider().openJobsLimit() == null) {
            throw ProblemException.ofField("openJobs", "invalid.open-jobs");
          }
          act(
              new LimitRequest(openJobs, perSecond, getReason()),
              "console.provider.said",
              () ->
                  actions.limit(
                      getProvider().name(), openJobs, perSecond, operator(), getReason()));
        });
  }
}
