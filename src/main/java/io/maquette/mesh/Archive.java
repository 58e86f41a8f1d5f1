package io.maquette.mesh;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP file that is the same, byte for byte, whenever it is written. */
final class Archive {

  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final Writer text;

  Archive(OutputStream out) {
    zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.BEST_SPEED);
    text = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
  }

  /** Begins a file; what is written to the writer is in it until the next one begins. */
  Writer begin(String name) throws IOException {
    text.flush();
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    return text;
  }

  /** A whole file. */
  void add(String name, byte[] content) throws IOException {
    begin(name);
    zip.write(content);
  }

  /** Ends the archive, not the stream below. */
  void finish() throws IOException {
    text.flush();
    zip.finish();
  }
}
