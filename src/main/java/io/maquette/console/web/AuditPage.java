package io.maquette.console.web;

import io.maquette.access.Audit;
import io.maquette.access.AuditEntry;
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

  private List<AuditEntry> found;

  /** The entries of this page. */
  public List<AuditEntry> getRows() {
    return found().subList(0, Math.min(ROWS, found().size()));
  }

  /** Number of the entry behind which the next page begins; null if this is the last. */
  public Long getNext() {
    return found().size() > ROWS ? found().get(ROWS - 1).id() : null;
  }

  private List<AuditEntry> found() {
    if (found == null) {
      found =
          audit.list(
              new Audit.Filter(
                  Address.text("subject"), Address.text("operator"), Address.text("action")),
              ROWS,
              Address.number("before"));
    }
    return found;
  }
}
