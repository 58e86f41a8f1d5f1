package io.maquette.storage;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Buffer of received content: in memory while it is small, then in a temporary file. Many slow
 * uploads at once therefore need little memory. On Linux the open file has no name, so it
 * disappears with the process at the latest.
 */
public final class SpooledContent extends OutputStream implements Closeable {

  private static final int IN_MEMORY = 64 << 10;

  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private FileChannel file;
  private long length;

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /**
   * Appends bytes.
   *
   * @throws UncheckedIOException if a temporary file cannot be written, which is not the sender's
   *     fault
   */
  @Override
  public void write(byte[] content, int offset, int count) {
    try {
      if (file == null && memory.size() + count > IN_MEMORY) {
        file = temporaryFile();
        writeFully(ByteBuffer.wrap(memory.toByteArray()));
        memory = null;
      }
      if (file == null) {
        memory.write(content, offset, count);
      } else {
        writeFully(ByteBuffer.wrap(content, offset, count));
      }
      length += count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeFully(ByteBuffer content) throws IOException {
    while (content.hasRemaining()) {
      file.write(content);
    }
  }

  private static FileChannel temporaryFile() throws IOException {
    Path path = Files.createTempFile("maquette-upload", null);
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Returns the number of bytes written. */
  public long length() {
    return length;
  }

  /** Returns the whole content in memory. */
  public byte[] bytes() throws IOException {
    if (file == null) {
      return memory.toByteArray();
    }
    ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(length));
    while (content.hasRemaining()) {
      if (file.read(content, content.position()) < 0) {
        throw new EOFException("a temporary file was truncated");
      }
    }
    return content.array();
  }

  /** Deletes the content. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
