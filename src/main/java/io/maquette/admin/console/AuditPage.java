package io.maquette.admin.console;

import io.maquette.persistence.Page;
import io.maquette.security.Accounts;
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
  @Inject private ConsoleTexts text;

  private Page<AuditEntry, Long> page;

  /** The entries of this page. */
  public List<AuditEntry> getRows() {
    return page().items();
  }

  /** The reason, as the operator wrote it; the application's own is in the page's language. */
  public String reasonOf(AuditEntry entry) {
    boolean isOwn = entry.accountId() == null && Accounts.NO_OPERATOR.equals(entry.reason());
    return isOwn ? text.of("console.audit.noOperator") : entry.reason();
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
