package io.maquette.admin.console;

import io.maquette.batch.InvalidPromptFileException;
import io.maquette.batch.JobActiveException;
import io.maquette.batch.RunNotFoundException;
import io.maquette.batch.RunStateException;
import io.maquette.http.Messages;
import io.maquette.http.ProblemException;
import io.maquette.security.EmailTakenException;
import io.maquette.security.ExternalAccountException;
import io.maquette.security.LastOperatorException;
import io.maquette.security.NotThereException;
import io.maquette.task.InterventionRefusedException;
import io.maquette.task.InvalidStateException;
import io.maquette.task.TaskNotFoundException;
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
        || refusal instanceof RunNotFoundException
        || refusal instanceof TaskNotFoundException) {
      return texts.get("problem.NOT_FOUND");
    }
    if (refusal instanceof EmailTakenException) {
      return ProblemException.ofField("email", "invalid.taken").problem().error();
    }
    if (refusal instanceof LastOperatorException) {
      return texts.get("problem.last-operator");
    }
    if (refusal instanceof ExternalAccountException) {
      return texts.get("problem.outside-account");
    }
    if (refusal instanceof JobActiveException active) {
      return texts.get("problem.job-active", Long.toString(active.run()));
    }
    if (refusal instanceof RunStateException state) {
      return texts.get("problem.run-state", texts.get("console.run.status." + state.status()));
    }
    if (refusal instanceof InvalidStateException state) {
      return texts.get("problem.INVALID_STATE", texts.get("status." + state.currentStatus()));
    }
    if (refusal instanceof InterventionRefusedException intervention) {
      return texts.get("problem.intervention." + intervention.reason());
    }
    if (refusal instanceof InvalidPromptFileException file) {
      return texts.get("problem.VALIDATION_ERROR", "file " + file.getMessage())
          + file.lines().stream()
              .map(line -> "; line " + line.number() + " " + line.problem())
              .collect(Collectors.joining());
    }
    String id = UUID.randomUUID().toString();
    LOG.log(Level.SEVERE, "An action of the console failed; it was told " + id, refusal);
    return texts.get("problem.UNKNOWN_ERROR", id);
  }
}
