package io.maquette.storage;

import java.time.Instant;

/**
 * A file that is in the store.
 *
 * @param key what it is opened by
 * @param size in bytes
 * @param storedAt by the store's own clock
 */
public record ListedFile(String key, long size, Instant storedAt) {}
