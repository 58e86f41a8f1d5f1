package io.maquette.webhook.web;

import io.maquette.http.ListEnvelope;
import io.maquette.http.ProblemCode;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestFields;
import io.maquette.task.TaskEvent;
import io.maquette.webhook.Delivery;
import io.maquette.webhook.Webhook;
import io.maquette.webhook.WebhookHttpClient;
import io.maquette.webhook.Webhooks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Parsers for fields of requests about webhooks. */
@ApplicationScoped
class WebhookFields {

  private static final Set<TaskEvent.Type> USUAL =
      EnumSet.of(TaskEvent.Type.STATUS_CHANGED, TaskEvent.Type.DELETED);

  private WebhookHttpClient receivers;

  /** Required by CDI. */
  protected WebhookFields() {}

  @Inject
  WebhookFields(WebhookHttpClient receivers) {
    this.receivers = receivers;
  }

  /**
   * Returns the address of the receiver.
   *
   * @throws ProblemException naming the field if messages may not be sent there
   */
  String url(String text) {
    URI address = RequestFields.read("url", "invalid.webhook-url", text, URI::create);
    if (!receivers.isAcceptable(address)) {
      throw ProblemException.ofField("url", "invalid.webhook-url");
    }
    return text;
  }

  /**
   * Returns the events that the webhook receives.
   *
   * @param text null for the default
   * @throws ProblemException naming the field if the text names an unknown event
   */
  Set<TaskEvent.Type> events(String text) {
    return text == null
        ? USUAL
        : RequestFields.read("events", "invalid.webhook-events", text, Webhook::readEvents);
  }

  /** Returns the cursor of a page; null for the first page. */
  static Long cursor(String text) {
    return RequestFields.read("cursor", "invalid.cursor", text, WebhookFields::number);
  }

  /** Parses an event's number; any other text is answered with 404. */
  static long event(String text) {
    try {
      return number(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemCode.NOT_FOUND);
    }
  }

  private static Long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("no number");
    }
    return Long.valueOf(text);
  }

  /** Creates a page from a query that read one delivery more than the page holds. */
  static ListEnvelope page(List<Delivery> found) {
    List<Delivery> shown = found.subList(0, Math.min(found.size(), Webhooks.MAX_DELIVERIES));
    return ListEnvelope.of(
        shown.stream().map(DeliveryView::of).toList(),
        found.size() > shown.size() ? Long.toString(shown.get(shown.size() - 1).eventId()) : null);
  }
}
