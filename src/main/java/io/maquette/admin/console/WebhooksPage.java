package io.maquette.admin.console;

import io.maquette.admin.Owners;
import io.maquette.webhook.Webhooks;
import io.maquette.webhook.web.WebhookView;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Page bean of all webhooks, suspended ones first. */
@Named
@RequestScoped
public class WebhooksPage {

  @Inject private Webhooks webhooks;
  @Inject private Owners owners;

  private List<WebhookView> rows;
  private Map<String, String> names;

  /** Returns the webhooks without their secrets. */
  public List<WebhookView> getRows() {
    if (rows == null) {
      rows = webhooks.listAll().stream().map(WebhookView::of).toList();
    }
    return rows;
  }

  /** Returns an owner's name. */
  public String nameOf(String owner) {
    if (names == null) {
      names =
          owners.names(
              getRows().stream()
                  .map(WebhookView::owner)
                  .filter(Objects::nonNull)
                  .distinct()
                  .toList());
    }
    return names.getOrDefault(owner, owner);
  }
}
