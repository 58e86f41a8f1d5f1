package io.maquette.storage;

import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.BoundedStream;
import io.maquette.storage.ResultFetchException.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Download client for addresses from providers, which it does not trust. The host must be allowed.
 * The address that it resolves to is checked when the connection is made. Each redirect is checked
 * in the same way. Size, time and the file's first bytes are checked as well.
 */
@ApplicationScoped
public class Downloads {

  private static final int MAX_REDIRECTIONS = 3;
  private static final int LONGEST_ADDRESS = 8_000;
  private static final Timeout SILENCE = Timeout.ofSeconds(30);
  private static final int AT_ONCE = 64;
  private static final int MAX_CAUSES = 20;
  private static final String TOO_LARGE = " larger than ";

  private AllowedHosts hosts;
  private CloseableHttpClient client;

  /** For CDI. */
  protected Downloads() {}

  @Inject
  Downloads(Settings settings) {
    hosts =
        new AllowedHosts(
            settings.get(Setting.DOWNLOAD_ALLOWED_HOSTS),
            settings.get(Setting.DOWNLOAD_FAKE_IP),
            Setting.DOWNLOAD_ALLOWED_HOSTS.name());
    client = CheckedClient.open(hosts, SILENCE, AT_ONCE);
  }

  /**
   * Opens a file; the caller closes it.
   *
   * @param address as the provider gave it
   * @param documentedHosts hosts that the provider documents for its files, in lower case. A
   *     leading dot matches all names with that ending; {@code *} matches letters, digits and
   *     hyphens within one label
   * @param types allowed types, detected from the first bytes
   * @param maxBytes maximum number of bytes read
   * @param maxTime maximum time for the whole file, from its first byte
   * @throws ResultFetchException if the file must not or cannot be fetched; reading the stream
   *     throws it, too
   */
  public InputStream open(
      String address,
      Collection<String> documentedHosts,
      Set<FileType> types,
      long maxBytes,
      Duration maxTime)
      throws ResultFetchException {
    URI uri = hosts.secured(parse(address), documentedHosts);
    for (int redirections = 0; ; redirections++) {
      hosts.check(uri, documentedHosts);
      ClassicHttpResponse response = get(uri);
      boolean opened = false;
      try {
        int status = response.getCode();
        if (status == 200) {
          InputStream content = content(response, maxBytes, maxTime);
          requireType(content, types);
          opened = true;
          return content;
        }
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        if (status < 300 || status >= 400 || location == null) {
          throw new ResultFetchException(
              Reason.ANSWERED,
              "the address of the result at " + uri.getHost() + " answered with HTTP " + status,
              null);
        }
        if (redirections == MAX_REDIRECTIONS) {
          throw new ResultFetchException(
              Reason.ANSWERED, "the address of the result has too many redirects", null);
        }
        uri = hosts.secured(uri.resolve(parse(location.getValue())), documentedHosts);
      } finally {
        if (!opened) {
          giveUp(response);
        }
      }
    }
  }

  private static URI parse(String address) throws ResultFetchException {
    if (address == null || address.length() > LONGEST_ADDRESS) {
      throw new ResultFetchException(
          Reason.UNUSABLE, "the answer has no usable address of the result", null);
    }
    try {
      return URI.create(address.strip());
    } catch (IllegalArgumentException e) {
      throw new ResultFetchException( // omits the address, which may contain a signature
          Reason.UNUSABLE, "the address of the result cannot be read", null);
    }
  }

  private ClassicHttpResponse get(URI uri) throws ResultFetchException {
    try {
      return CheckedClient.send(client, uri, new HttpGet(uri));
    } catch (IOException e) {
      throw new ResultFetchException(
          reasonOf(e),
          "the result cannot be downloaded from " + uri.getHost() + ": " + e.getMessage(),
          e);
    }
  }

  private static Reason reasonOf(IOException failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause instanceof AllowedHosts.ForbiddenAddressException forbidden) {
        return forbidden.reason();
      }
      if (cause instanceof CheckedClient.ProxyRefusedException) {
        return Reason.PROXY;
      }
      cause = cause.getCause();
    }
    return Reason.UNREACHABLE;
  }

  private static InputStream content(ClassicHttpResponse response, long maxBytes, Duration maxTime)
      throws ResultFetchException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      throw new ResultFetchException(Reason.UNUSABLE, "the result is empty", null);
    }
    if (entity.getContentLength() > maxBytes) {
      throw new ResultFetchException(
          Reason.UNUSABLE, "the result is" + TOO_LARGE + maxBytes + " bytes", null);
    }
    try {
      return new BufferedInputStream(
          new BoundedStream(
              new DownloadedContent(entity.getContent(), response),
              "the result",
              maxBytes,
              maxTime,
              Downloads::outOfBounds));
    } catch (IOException e) {
      throw new ResultFetchException(
          "the download of the result was cut off: " + e.getMessage(), e);
    }
  }

  private static ResultFetchException outOfBounds(String message) {
    return new ResultFetchException(
        message.contains(TOO_LARGE) ? Reason.UNUSABLE : Reason.BROKEN_OFF, message, null);
  }

  private static void requireType(InputStream content, Set<FileType> types)
      throws ResultFetchException {
    try {
      content.mark(FileType.HEAD);
      Optional<FileType> type = FileType.ofHead(content.readNBytes(FileType.HEAD));
      content.reset();
      if (type.filter(types::contains).isEmpty()) {
        throw new ResultFetchException(
            Reason.UNUSABLE,
            "the result is "
                + type.map(FileType::mediaType).orElse("of an unknown type")
                + ", not one of "
                + types,
            null);
      }
    } catch (ResultFetchException e) {
      throw e;
    } catch (IOException e) {
      throw new ResultFetchException(
          "the download of the result was cut off: " + e.getMessage(), e);
    }
  }

  private static void giveUp(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException e) {
      return; // the response is discarded in any case
    }
  }

  @PreDestroy
  void close() {
    client.close(CloseMode.IMMEDIATE);
  }

  /** Stream of a file being downloaded, whose failures are {@link ResultFetchException}s. */
  private static final class DownloadedContent extends FilterInputStream {

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
}
