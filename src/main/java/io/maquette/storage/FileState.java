package io.maquette.storage;

/**
 * What the store says of a file without reading it.
 *
 * @param size in bytes
 * @param version changes when the file is written again: its time of modification, or its {@code
 *     ETag}
 */
public record FileState(long size, String version) {}
