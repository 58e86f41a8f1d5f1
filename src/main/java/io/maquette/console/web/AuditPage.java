package io.maquette.console.web;

import io.maquette.access.Audit;
import io.maquette.access.AuditEntry;
import io.maquette.platform.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What operators did, newest first. */
@Named
@RequestScoped
public class AuditPage {

  private static final int ROWS = 50;

  @Inject private Audit audit;

  private Page<AuditEntry, Long> page;

  /** The entries of this page. */
  public List<AuditEntry> getRows() {
    return page().items();
  }

  /** Number of the entry behind which the next page begins; null if this is the last. */
  public Long getNext() {
    return page().next();
  }

  private Page<AuditEntry, Long> page() {
    if (page == null) {
      Audit.Filter filter =
          new Audit.Filter(
              Address.text("subject"), Address.text("operator"), Address.text("action"));
      page = Page.of(audit.list(filter, ROWS, Address.number("before")), ROWS, AuditEntry::id);
    }
    return page;
  }
}
