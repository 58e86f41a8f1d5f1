package io.maquette.admin.console;

import io.maquette.persistence.Page;
import io.maquette.security.Audit;
import io.maquette.security.AuditEntry;
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
