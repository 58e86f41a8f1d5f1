package io.maquette.provider.hunyuan;

import io.maquette.storage.FileType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A file in memory, in the blocks it came in: joining them would need twice the memory. */
final class ModelFile {

  /** Where a GLB file's header tells the length of the whole file (glTF 2.0, 4.4.2). */
  private static final int LENGTH_AT = 8;

  private final List<byte[]> blocks = new ArrayList<>();
  private long size;

  /**
   * Adds what came next.
   *
   * @param block handed over; the first one has the file's head, unless the file is shorter
   */
  void add(byte[] block) {
    if (block.length > 0) {
      blocks.add(block);
      size += block.length;
    }
  }

  /** Bytes so far. */
  long size() {
    return size;
  }

  /** Whether its end is missing: it is shorter than a head, or than its head says. */
  boolean isBrokenOff() {
    return size < FileType.HEAD
        || (isGlb() && size < Integer.toUnsignedLong(littleEndianAt(LENGTH_AT)));
  }

  /** Whether its first bytes are those of a GLB file. */
  boolean isGlb() {
    return !blocks.isEmpty()
        && FileType.ofHead(blocks.get(0)).filter(FileType.GLB::equals).isPresent();
  }

  private int littleEndianAt(int offset) {
    return ByteBuffer.wrap(blocks.get(0)).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
  }

  /** Reads it from its beginning; any number of times. */
  InputStream open() {
    return new SequenceInputStream(
        Collections.enumeration(
            blocks.stream().<InputStream>map(ByteArrayInputStream::new).toList()));
  }
}
