package io.maquette.maintenance.web;

import io.maquette.access.Audit;
import io.maquette.maintenance.Job;
import io.maquette.maintenance.PromptFile;
import io.maquette.platform.http.ProblemException;
import io.maquette.platform.http.VisibleText;

/**
 * What comes with a file to be imported.
 *
 * @param owner whose tasks they will be
 * @param skipLimit how many lines may be wrong
 */
public record StartImport(String owner, int skipLimit, String reason) {

  /**
   * From what was sent.
   *
   * @throws ProblemException if something is not acceptable
   */
  public static StartImport of(String owner, String skipLimit, String reason) {
    if (owner == null) {
      throw ProblemException.ofField("owner", "invalid.name");
    }
    String whose = Fields.name("owner", owner);
    int limit =
        Fields.whole("skipLimit", skipLimit, (int) Job.IMPORT.skipLimit(), PromptFile.MAX_LINES);
    if (!VisibleText.Check.isFit(reason, Audit.MAX_REASON)) {
      throw ProblemException.ofField("reason", "invalid.reason");
    }
    return new StartImport(whose, limit, reason);
  }
}
