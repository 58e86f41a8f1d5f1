package io.maquette.picture;

import java.util.concurrent.Semaphore;

/**
 * Memory limit for all pictures that are decoded at the same time; further ones wait. It is half of
 * Java's heap, at most 512 MiB. Outside the heap it is 400 MiB, where Java's JPEG decoder keeps the
 * data of a progressive file.
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

  /** Acquired memory, which the caller must release. */
  interface Share {
    void release();
  }

  /** Returns whether the limit allows this amount at all. */
  boolean isEnoughFor(long heapBytes, long nativeBytes) {
    return mib(heapBytes) <= heapMib && mib(nativeBytes) <= MAX_NATIVE_MIB;
  }

  /** Waits until this amount is free, in the order of the calls. */
  Share acquire(long heapBytes, long nativeBytes) {
    int onHeap = (int) mib(heapBytes);
    int offHeap = (int) mib(nativeBytes);
    heap.acquireUninterruptibly(onHeap);
    nativeMemory.acquireUninterruptibly(offHeap); // always in this order, to prevent deadlocks
    return () -> {
      nativeMemory.release(offHeap);
      heap.release(onHeap);
    };
  }

  private static long mib(long bytes) {
    return 1 + (bytes >> 20);
  }
}
