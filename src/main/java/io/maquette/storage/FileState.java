package io.maquette.storage;

/**
 * Properties of a file that the store reports without reading it.
 *
 * @param size in bytes
 * @param version changes when the file is written again: its time of modification, or its {@code
 *     ETag}
 */
public record FileState(long size, String version) {}
