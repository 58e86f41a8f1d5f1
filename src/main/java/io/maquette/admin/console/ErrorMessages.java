package io.maquette.admin.console;

import io.maquette.batch.BatchException;
import io.maquette.http.Messages;
import io.maquette.http.ProblemException;
import io.maquette.security.AccountException;
import io.maquette.security.NotThereException;
import io.maquette.task.TaskException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Messages for operators about rejected actions, with the same texts as the API. */
final class ErrorMessages {

  private static final Logger LOG = Logger.getLogger(ErrorMessages.class.getName());

  private ErrorMessages() {}

  /**
   * Returns the message for a rejection. An unexpected exception is logged with an id, and the
   * message names only this id.
   */
  static String textOf(RuntimeException refusal) {
    Messages texts = Messages.ofRequest();
    if (refusal instanceof ProblemException problem) {
      return problem.problem().error();
    }
    if (refusal instanceof NotThereException
        || refusal instanceof BatchException.RunNotFound
        || refusal instanceof TaskException.NotFound) {
      return texts.get("problem.NOT_FOUND");
    }
    if (refusal instanceof AccountException.EmailTaken) {
      return ProblemException.ofField("email", "invalid.taken").problem().error();
    }
    if (refusal instanceof AccountException.LastOperator) {
      return texts.get("problem.last-operator");
    }
    if (refusal instanceof AccountException.External) {
      return texts.get("problem.outside-account");
    }
    if (refusal instanceof BatchException.JobActive active) {
      return texts.get("problem.job-active", Long.toString(active.run()));
    }
    if (refusal instanceof BatchException.WrongStatus state) {
      return texts.get("problem.run-state", texts.get("console.run.status." + state.status()));
    }
    if (refusal instanceof TaskException.InvalidState state) {
      return texts.get("problem.INVALID_STATE", texts.get("status." + state.currentStatus()));
    }
    if (refusal instanceof TaskException.InterventionRefused intervention) {
      return texts.get("problem.intervention." + intervention.reason());
    }
    if (refusal instanceof BatchException.InvalidPromptFile file) {
      return texts.get("problem.VALIDATION_ERROR", "file " + file.getMessage())
          + file.lines().stream()
              .map(line -> "; line " + line.number() + " " + line.problem())
              .collect(Collectors.joining());
    }
    String id = UUID.randomUUID().toString();
    LOG.log(
        Level.SEVERE, "An action of the console failed; the page shows the number " + id, refusal);
    return texts.get("problem.UNKNOWN_ERROR", id);
  }
}
