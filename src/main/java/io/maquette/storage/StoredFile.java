package io.maquette.storage;

/**
 * File in the store.
 *
 * @param key key that opens it
 * @param type its type
 * @param sha256 digest of its content, 64 lower-case hex digits
 * @param size in bytes
 */
public record StoredFile(String key, FileType type, String sha256, long size) {}
