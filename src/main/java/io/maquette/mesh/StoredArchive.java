package io.maquette.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * ZIP file of uncompressed files whose content begins at a multiple of 64 bytes, as USDZ requires
 * (specification 1.3, "Layout"). The same content always gives the same file.
 */
final class StoredArchive {

  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final int ALIGNMENT = 64;

  /** Length of a local header without name and extra field (APPNOTE 4.3.7). */
  private static final int HEADER = 30;

  /** Length of the id and the size of an extra field (APPNOTE 4.5.1). */
  private static final int EXTRA_HEADER = 4;

  /** Id of the extra field that only fills space; other writers of USDZ use the same. */
  private static final int EXTRA_ID = 12_345;

  private final ZipOutputStream zip;
  private long length;

  /** Content of a file, which is written twice: for its checksum, and into the archive. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  StoredArchive(OutputStream out) {
    zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
  }

  /**
   * Adds a file.
   *
   * @param name in ASCII
   * @param content the same bytes each time
   */
  void add(String name, Content content) throws IOException {
    CRC32 checksum = new CRC32();
    Counter counter = new Counter();
    content.write(new CheckedOutputStream(counter, checksum));
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(counter.count);
    entry.setCrc(checksum.getValue());
    byte[] extra = extra(length + HEADER + name.length());
    entry.setExtra(extra);
    zip.putNextEntry(entry);
    content.write(zip);
    zip.closeEntry();
    length += HEADER + name.length() + extra.length + counter.count;
  }

  /** Returns an extra field that ends at a multiple of the alignment. */
  private static byte[] extra(long at) {
    int fill = (int) (-(at + EXTRA_HEADER) & (ALIGNMENT - 1));
    byte[] extra = new byte[EXTRA_HEADER + fill];
    extra[0] = (byte) EXTRA_ID;
    extra[1] = (byte) (EXTRA_ID >> 8);
    extra[2] = (byte) fill;
    return extra;
  }

  /** Ends the archive, but does not close the underlying stream. */
  void finish() throws IOException {
    zip.finish();
  }

  /** Stream that only counts. */
  private static final class Counter extends OutputStream {

    private long count;

    @Override
    public void write(int value) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
