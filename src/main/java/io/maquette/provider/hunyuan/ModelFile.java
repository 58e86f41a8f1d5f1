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

/** File in memory, in the blocks in which it arrived; joining them would need twice the memory. */
final class ModelFile {

  /** Position of the file's length in a GLB header (glTF 2.0, 4.4.2). */
  private static final int LENGTH_AT = 8;

  private final List<byte[]> blocks = new ArrayList<>();
  private long size;

  /**
   * Adds a block.
   *
   * @param block owned by this file from now on; the first one contains the file's header, unless
   *     the file is shorter
   */
  void add(byte[] block) {
    if (block.length > 0) {
      blocks.add(block);
      size += block.length;
    }
  }

  /** Returns the number of bytes so far. */
  long size() {
    return size;
  }

  /** Returns whether the file is incomplete: shorter than a header, or than its header says. */
  boolean isBrokenOff() {
    return size < FileType.HEAD
        || (isGlb() && size < Integer.toUnsignedLong(littleEndianAt(LENGTH_AT)));
  }

  /** Returns whether the first bytes are those of a GLB file. */
  boolean isGlb() {
    return !blocks.isEmpty()
        && FileType.ofHead(blocks.get(0)).filter(FileType.GLB::equals).isPresent();
  }

  private int littleEndianAt(int offset) {
    return ByteBuffer.wrap(blocks.get(0)).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
  }

  /** Opens the file from its beginning; any number of times. */
  InputStream open() {
    return new SequenceInputStream(
        Collections.enumeration(
            blocks.stream().<InputStream>map(ByteArrayInputStream::new).toList()));
  }
}
