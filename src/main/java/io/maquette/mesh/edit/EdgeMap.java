package io.maquette.mesh.edit;

import java.util.Arrays;

/** Map from edges, as pairs of points in any order, to numbers from 0; an open hash table. */
final class EdgeMap {

  private long[] keys = new long[1 << 10];
  private int[] values = new int[1 << 10];
  private int size;

  /** Returns the number of an edge; -1 if it has none. */
  int get(int one, int other) {
    int at = find(key(one, other));
    return keys[at] == 0 ? -1 : values[at];
  }

  void put(int one, int other, int value) {
    if (2 * size >= keys.length) {
      grow();
    }
    long key = key(one, other);
    int at = find(key);
    size += keys[at] == 0 ? 1 : 0;
    keys[at] = key;
    values[at] = value;
  }

  private static long key(int one, int other) {
    return ((long) Math.min(one, other) << 32 | Math.max(one, other)) + 1;
  }

  private int find(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    int at = (int) (hash >>> 33) & (keys.length - 1);
    while (keys[at] != 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[2 * oldKeys.length];
    values = Arrays.copyOf(values, keys.length);
    for (int at = 0; at < oldKeys.length; at++) {
      if (oldKeys[at] != 0) {
        int to = find(oldKeys[at]);
        keys[to] = oldKeys[at];
        values[to] = oldValues[at];
      }
    }
  }
}
