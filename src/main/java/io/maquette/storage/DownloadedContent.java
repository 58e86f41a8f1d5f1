package io.maquette.storage;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stream of a file being downloaded, whose failures are {@link ResultFetchException}s. */
final class DownloadedContent extends FilterInputStream {

  private final Closeable response;

  DownloadedContent(InputStream content, Closeable response) {
    super(content);
    this.response = response;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return super.read(into, offset, length);
    } catch (IOException e) {
      throw new ResultFetchException(
          "the download of the result was cut off: " + e.getMessage(), e);
    }
  }

  /** Closes the connection instead of reading the rest. */
  @Override
  public void close() throws IOException {
    response.close();
  }
}
