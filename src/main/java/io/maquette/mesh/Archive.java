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

/** ZIP file with reproducible bytes: the same content always gives the same file. */
final class Archive {

  private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final Writer text;

  Archive(OutputStream out) {
    zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    zip.setLevel(Deflater.BEST_SPEED);
    text = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
  }

  /** Begins a file; the returned writer adds to it until the next file begins. */
  Writer begin(String name) throws IOException {
    text.flush();
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    return text;
  }

  /** Adds a whole file. */
  void add(String name, byte[] content) throws IOException {
    begin(name);
    zip.write(content);
  }

  /** Ends the archive, but does not close the underlying stream. */
  void finish() throws IOException {
    text.flush();
    zip.finish();
  }
}
