package io.maquette.batch.web;

import io.maquette.batch.BatchJobType;
import io.maquette.batch.PromptFile;
import io.maquette.http.ProblemException;
import io.maquette.http.RequestFields;
import io.maquette.http.VisibleText;
import io.maquette.security.Audit;
import io.maquette.security.TaskOwners;

/**
 * Parameters that accompany a prompt file.
 *
 * @param owner owner of the new tasks
 * @param skipLimit maximum number of wrong lines
 */
public record StartImport(String owner, int skipLimit, String reason) {

  private static final String OWNER = "owner";
  private static final int MAX_EMAIL = 254;

  /**
   * Parses the parameters of a request.
   *
   * @param owner e-mail or id of an account
   * @throws ProblemException if a parameter is invalid
   */
  public static StartImport of(TaskOwners owners, String owner, String skipLimit, String reason) {
    if (owner == null) {
      throw ProblemException.ofField(OWNER, "invalid.name");
    }
    String whose =
        owners
            .find(RequestFields.name(OWNER, owner, MAX_EMAIL))
            .orElseThrow(() -> ProblemException.ofField(OWNER, "invalid.owner"));
    int limit =
        Fields.whole(
            "skipLimit", skipLimit, (int) BatchJobType.IMPORT.skipLimit(), PromptFile.MAX_LINES);
    if (!VisibleText.Check.isFit(reason, Audit.MAX_REASON)) {
      throw ProblemException.ofField("reason", "invalid.reason");
    }
    return new StartImport(whose, limit, reason);
  }
}
