package io.maquette.storage;

import java.time.Instant;

/**
 * File in a listing of the store.
 *
 * @param key key that opens it
 * @param size in bytes
 * @param storedAt time by the store's own clock
 */
public record ListedFile(String key, long size, Instant storedAt) {}
