package io.maquette.admin.console;

import io.maquette.persistence.Page;
import io.maquette.security.Accounts;
import io.maquette.security.Audit;
import io.maquette.security.AuditEntry;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Page bean of the audit, newest entries first. */
@Named
@RequestScoped
public class AuditPage {

  private static final int ROWS = 50;

  @Inject private Audit audit;
  @Inject private ConsoleTexts text;

  private Page<AuditEntry, Long> page;

  /** Returns the entries of this page. */
  public List<AuditEntry> getRows() {
    return page().items();
  }

  /**
   * Returns the operator's reason; the application's own reason is translated to the page's
   * language.
   */
  public String reasonOf(AuditEntry entry) {
    boolean isOwn = entry.accountId() == null && Accounts.NO_OPERATOR.equals(entry.reason());
    return isOwn ? text.of("console.audit.noOperator") : entry.reason();
  }

  /**
   * Returns the number of this page's last entry, after which the next page begins; null on the
   * last page.
   */
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
