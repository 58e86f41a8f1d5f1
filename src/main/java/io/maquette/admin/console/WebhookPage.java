package io.maquette.admin.console;

import io.maquette.http.ProblemException;
import io.maquette.http.RequestFields;
import io.maquette.security.NotThereException;
import io.maquette.security.web.ReasonRequest;
import io.maquette.webhook.Webhooks;
import io.maquette.webhook.web.DeliveryView;
import io.maquette.webhook.web.WebhookView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;

/** Page bean of one webhook and its deliveries. */
@Named
@RequestScoped
public class WebhookPage extends ActionPage {

  private final UUID id = id(Address.text("id"));

  @Inject private Webhooks webhooks;

  private WebhookView webhook;
  private List<DeliveryView> deliveries;

  private static UUID id(String text) {
    try {
      return text == null ? null : RequestFields.id(text);
    } catch (ProblemException e) {
      return null; // no webhook has such an id
    }
  }

  /** Returns the webhook; null if it does not exist. */
  public WebhookView getWebhook() {
    if (webhook == null && id != null) {
      try {
        webhook = WebhookView.of(webhooks.find(id));
      } catch (NotThereException e) {
        return null;
      }
    }
    return webhook;
  }

  /** Returns the newest deliveries, at most {@link Webhooks#MAX_DELIVERIES}. */
  public List<DeliveryView> getDeliveries() {
    if (deliveries == null) {
      deliveries =
          webhooks.deliveries(id, null).stream()
              .limit(Webhooks.MAX_DELIVERIES)
              .map(DeliveryView::of)
              .toList();
    }
    return deliveries;
  }

  @Override
  void clear() {
    webhook = null;
    deliveries = null;
  }

  public void resume() {
    say(() -> webhooks.resume(id, operator(), getReason()));
  }

  public void delete() {
    if (act(
        new ReasonRequest(getReason()),
        "console.webhook.said",
        () -> webhooks.delete(id, operator(), getReason()))) {
      show("webhooks.xhtml");
    }
  }

  /** Sends one delivery again. */
  public void resend() {
    say(() -> webhooks.resend(id, event(), operator(), getReason()));
  }

  private long event() {
    String text = getFields().get("event");
    if (text == null || !text.matches("[0-9]{1,18}")) {
      throw ProblemException.ofField("event", "invalid.whole");
    }
    return Long.parseLong(text);
  }

  private void say(Runnable work) {
    act(new ReasonRequest(getReason()), "console.webhook.said", work);
  }
}
