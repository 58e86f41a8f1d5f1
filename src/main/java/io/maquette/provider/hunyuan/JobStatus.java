package io.maquette.provider.hunyuan;

import io.maquette.provider.http.StreamedAnswer;

/**
 * Answer to {@code GET /status/{uid}}, as {@link JobStatusReader} reads it.
 *
 * @param status {@code processing}, {@code texturing}, {@code completed} or {@code error}; empty if
 *     it is missing
 * @param message reason of an error; may be empty
 * @param model the file; null if there is none
 */
public record JobStatus(String status, String message, ModelFile model) implements StreamedAnswer {}
