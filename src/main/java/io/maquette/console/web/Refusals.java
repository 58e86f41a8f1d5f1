package io.maquette.console.web;

import io.maquette.access.EmailTakenException;
import io.maquette.access.LastOperatorException;
import io.maquette.access.NotThereException;
import io.maquette.access.OutsideAccountException;
import io.maquette.maintenance.InvalidPromptFileException;
import io.maquette.maintenance.JobActiveException;
import io.maquette.maintenance.RunNotFoundException;
import io.maquette.maintenance.RunStateException;
import io.maquette.platform.http.ProblemException;
import io.maquette.platform.http.Texts;
import io.maquette.task.InterventionRefusedException;
import io.maquette.task.InvalidStateException;
import io.maquette.task.TaskNotFoundException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What services refuse, in words for operators; the API says the same. */
final class Refusals {

  private static final Logger LOG = Logger.getLogger(Refusals.class.getName());

  private Refusals() {}

  /** Why it was refused; a fault of ours is logged and told by an id. */
  static String textOf(RuntimeException refusal) {
    Texts texts = Texts.ofRequest();
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
    if (refusal instanceof OutsideAccountException) {
      return texts.get("problem.outside-account");
    }
    if (refusal instanceof JobActiveException active) {
      return texts.get("problem.job-active", Long.toString(active.run()));
    }
    if (refusal instanceof RunStateException state) {
      return texts.get("problem.run-state", state.status());
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
