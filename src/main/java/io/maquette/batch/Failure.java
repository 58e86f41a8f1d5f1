package io.maquette.batch;

import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import java.time.Instant;
import java.util.UUID;

/** A failed task as operators look at it. */
public record Failure(UUID taskId, String owner, Stage stage, FailureCode code, Instant failedAt) {}
