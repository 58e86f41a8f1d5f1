package io.maquette.concurrent;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Cache in memory with a limit of the total size. Beyond it, the least recently used values are
 * dropped. Safe for use by several threads.
 *
 * @param <K> type of the keys
 * @param <V> type of the values, which must not change
 */
public final class BoundedCache<K, V> {

  /** The values, the least recently used first. */
  private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

  private final int maxSize;
  private final ToIntFunction<V> sizeOf;
  private int size;

  /**
   * Creates an empty cache.
   *
   * @param maxSize maximum total size of the values, in the unit of {@code sizeOf}
   * @param sizeOf size of a value, at least 0
   */
  public BoundedCache(int maxSize, ToIntFunction<V> sizeOf) {
    this.maxSize = maxSize;
    this.sizeOf = sizeOf;
  }

  /**
   * Creates an empty cache that limits the number of values.
   *
   * @param maxValues maximum number of values
   */
  public BoundedCache(int maxValues) {
    this(maxValues, value -> 1);
  }

  /** Returns the value of a key, which then counts as used. */
  public synchronized Optional<V> get(K key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * Adds a value unless the key has one.
   *
   * @return the value that was there before, or the new one
   */
  public synchronized V putIfAbsent(K key, V value) {
    V present = values.get(key);
    if (present != null) {
      return present;
    }
    put(key, value);
    return value;
  }

  /** Removes a value, if there is one. */
  public synchronized void remove(K key) {
    V old = values.remove(key);
    if (old != null) {
      size -= sizeOf.applyAsInt(old);
    }
  }

  /** Adds or replaces a value. A value that is larger than the whole cache is not kept. */
  public synchronized void put(K key, V value) {
    remove(key);
    int added = sizeOf.applyAsInt(value);
    if (added > maxSize) {
      return;
    }
    values.put(key, value);
    size += added;
    Iterator<V> oldest = values.values().iterator();
    while (size > maxSize) {
      size -= sizeOf.applyAsInt(oldest.next());
      oldest.remove();
    }
  }
}
