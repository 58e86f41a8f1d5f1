package io.maquette.picture;

import java.util.concurrent.Semaphore;

/**
 * A bound on the memory of all pictures that are decoded at the same time; further ones wait. Half
 * of Java's heap, at most 512 MiB, and 400 MiB outside of it, where Java's JPEG decoder keeps what
 * it knows of a progressive file.
 */
final class DecodingMemory {

  static final int MAX_NATIVE_MIB = 400;
  private static final int MAX_HEAP_MIB = 512;

  private final int heapMib;
  private final Semaphore heap;
  private final Semaphore nativeMemory = new Semaphore(MAX_NATIVE_MIB, true);

  DecodingMemory(long heapBytes) {
    heapMib = (int) Math.max(1, Math.min(MAX_HEAP_MIB, (heapBytes / 2) >> 20));
    heap = new Semaphore(heapMib, true);
  }

  /** Memory that was acquired; to be released. */
  interface Share {
    void release();
  }

  /** Whether so much may be acquired at all. */
  boolean isEnoughFor(long heapBytes, long nativeBytes) {
    return mib(heapBytes) <= heapMib && mib(nativeBytes) <= MAX_NATIVE_MIB;
  }

  /** Waits until there is so much, in the order of the calls. */
  Share acquire(long heapBytes, long nativeBytes) {
    int onHeap = (int) mib(heapBytes);
    int offHeap = (int) mib(nativeBytes);
    heap.acquireUninterruptibly(onHeap);
    nativeMemory.acquireUninterruptibly(offHeap); // always in this order
    return () -> {
      nativeMemory.release(offHeap);
      heap.release(onHeap);
    };
  }

  private static long mib(long bytes) {
    return 1 + (bytes >> 20);
  }
}
