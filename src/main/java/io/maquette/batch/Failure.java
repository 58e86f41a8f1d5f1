package io.maquette.batch;

import io.maquette.task.FailureCode;
import io.maquette.task.Stage;
import java.time.Instant;
import java.util.UUID;

/** Failed task in a list for operators. */
public record Failure(UUID taskId, String owner, Stage stage, FailureCode code, Instant failedAt) {}
