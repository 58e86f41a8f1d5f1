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

/** Who is told of changes, the suspended ones first. */
@Named
@RequestScoped
public class WebhooksPage {

  @Inject private Webhooks webhooks;
  @Inject private Owners owners;

  private List<WebhookView> rows;
  private Map<String, String> names;

  /** The webhooks, without their secrets. */
  public List<WebhookView> getRows() {
    if (rows == null) {
      rows = webhooks.listAll().stream().map(WebhookView::of).toList();
    }
    return rows;
  }

  /** What an owner is called. */
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
