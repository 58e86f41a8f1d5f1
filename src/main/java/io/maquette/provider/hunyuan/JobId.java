package io.maquette.provider.hunyuan;

/**
 * Answer to {@code POST /send}.
 *
 * @param uid the new job's id, a UUID; may be missing
 */
public record JobId(String uid) {}
