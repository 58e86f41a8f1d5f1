package io.maquette.provider.tencent;

import jakarta.json.bind.annotation.JsonbProperty;

/** Body of {@code QueryHunyuanTo3DRapidJob} and {@code QueryHunyuanTo3DProJob}. */
public record QueryJob(@JsonbProperty("JobId") String jobId) {}
