package io.maquette.storage;

import io.maquette.config.S3Setting;
import io.maquette.config.Settings;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * File store in a bucket of an S3-compatible service. One call stores a file of at most one part
 * under its key. The key of a larger file is known only at its end. The store therefore uploads it
 * in parts to a temporary place, and the service then copies it to its key. A key opens either the
 * whole file or none.
 */
final class S3Store implements FileStore {

  /**
   * Size of a part in bytes, at least the minimum of any service; one part is in memory at once.
   */
  static final int PART = 8 << 20;

  private static final byte[] PROBE =
      "Written and read by the health check.\n".getBytes(StandardCharsets.US_ASCII);
  private static final String PROBE_KEY = S3Bucket.UNFINISHED + "probe";
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final S3Bucket bucket;
  private final S3Presigner presigner;
  private final Optional<Duration> presigned;
  private final Duration callTimeout;

  /** Creates the store of these settings, without a call. */
  S3Store(Settings settings) {
    bucket = new S3Bucket(S3Clients.client(settings), settings.get(S3Setting.BUCKET));
    presigner = S3Clients.presigner(settings);
    presigned = settings.get(S3Setting.PRESIGNED);
    callTimeout = settings.get(S3Setting.CALL_TIMEOUT);
  }

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public StoredFile put(String scope, FileType type, InputStream content) throws IOException {
    FileKeys.requireScope(scope);
    MessageDigest digest = FileKeys.digest();
    byte[] part = content.readNBytes(PART);
    digest.update(part);
    if (part.length == PART) {
      return putInParts(scope, type, part, content, digest);
    }
    StoredFile file = FileKeys.file(scope, type, digest, part.length);
    bucket.put(file.key(), type, part);
    return file;
  }

  private StoredFile putInParts(
      String scope, FileType type, byte[] part, InputStream content, MessageDigest digest)
      throws IOException {
    try (S3Bucket.Upload upload = S3Bucket.Upload.begin(bucket, type)) {
      int length = part.length;
      while (length > 0) {
        upload.send(length == part.length ? part : Arrays.copyOf(part, length));
        length = content.readNBytes(part, 0, part.length);
        digest.update(part, 0, length);
      }
      StoredFile file = FileKeys.file(scope, type, digest, upload.size());
      upload.finishAs(file.key());
      return file;
    }
  }

  @Override
  public InputStream open(String key, long offset) throws IOException {
    FileKeys.require(key);
    if (offset < 0) {
      throw new IllegalArgumentException("offset outside the file: " + offset);
    }
    try {
      ResponseInputStream<GetObjectResponse> content = bucket.get(key, offset);
      if (!isWhatWasAskedFor(content.response(), offset)) {
        content.abort();
        throw new IOException("the store returns another range than was requested: " + key);
      }
      InputStream bytes = new S3Content(content, callTimeout, key);
      return offset == 0
          ? new VerifiedContent(bytes, key, content.response().contentLength())
          : bytes;
    } catch (NoSuchKeyException e) {
      throw noSuchFile(key, e);
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return atEnd(key, offset);
      }
      throw S3Bucket.failure("open a file", e);
    } catch (SdkException e) {
      throw S3Bucket.failure("open a file", e);
    }
  }

  @Override
  public FileStore.FileState state(String key) throws IOException {
    FileKeys.require(key);
    return bucket.stateOf(key);
  }

  private static boolean isWhatWasAskedFor(GetObjectResponse answer, long offset) {
    return answer.contentLength() != null
        && (offset == 0
            || (answer.contentRange() != null
                && answer.contentRange().startsWith("bytes " + offset + "-")));
  }

  private InputStream atEnd(String key, long offset) throws IOException {
    if (bucket.sizeOf(key) == offset) {
      return InputStream.nullInputStream();
    }
    throw new IllegalArgumentException("offset outside the file: " + offset);
  }

  private static NoSuchFileException noSuchFile(String key, Exception cause) {
    NoSuchFileException failure = new NoSuchFileException(key);
    failure.initCause(cause);
    return failure;
  }

  @Override
  public List<String> keysIn(String scope) throws IOException {
    FileKeys.requireScope(scope);
    return bucket.keysIn(scope + "/").stream().filter(FileKeys::isOne).toList();
  }

  @Override
  public void delete(String key) throws IOException {
    FileKeys.require(key);
    bucket.delete(key);
  }

  @Override
  public List<FileStore.ListedFile> list(String after, int limit) throws IOException {
    FileKeys.requireLimit(limit);
    List<FileStore.ListedFile> files = new ArrayList<>();
    String last = after;
    while (files.size() < limit) {
      List<S3Object> page = bucket.objectsBehind(last, limit - files.size());
      if (page.isEmpty()) {
        break;
      }
      page.stream()
          .filter(object -> FileKeys.isOne(object.key()))
          .map(
              object ->
                  new FileStore.ListedFile(object.key(), object.size(), object.lastModified()))
          .forEach(files::add);
      last = page.get(page.size() - 1).key();
    }
    return files;
  }

  /** Writes the same content from every node, so that concurrent checks do not conflict. */
  @Override
  public void check() throws IOException {
    bucket.probe(PROBE_KEY, PROBE);
  }

  @Override
  public Optional<URI> directAddress(String key, String mediaType, String disposition) {
    return presigned.map(
        lifetime -> {
          try {
            return presigner
                .presignGetObject(
                    signed ->
                        signed
                            .signatureDuration(lifetime)
                            .getObjectRequest(
                                request ->
                                    request
                                        .bucket(bucket.name())
                                        .key(key)
                                        .responseContentType(mediaType)
                                        .responseContentDisposition(disposition)))
                .url()
                .toURI();
          } catch (URISyntaxException e) {
            throw new IllegalStateException("a presigned address is valid", e);
          }
        });
  }

  @Override
  public void close() {
    bucket.close();
    presigner.close();
  }

  /**
   * Stream of a file from a bucket. It fails if the service takes longer for the size of a part
   * than the limit of a call. Time that the reader takes does not count.
   */
  private static final class S3Content extends FilterInputStream {

    private final ResponseInputStream<GetObjectResponse> content;
    private final Duration timePerPart;
    private final String key;
    private final long size;
    private long left;
    private long waitedNanos;

    S3Content(ResponseInputStream<GetObjectResponse> content, Duration timePerPart, String key) {
      super(content);
      this.content = content;
      this.timePerPart = timePerPart;
      this.key = key;
      this.size = content.response().contentLength();
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = receive(into, offset, length);
      if (count < 0) {
        throw new IOException(
            "the store ended the transfer with " + left + " bytes left of " + key);
      }
      left -= count;
      return count;
    }

    private int receive(byte[] into, int offset, int length) throws IOException {
      long began = System.nanoTime();
      int count;
      try {
        count = super.read(into, offset, length);
      } catch (SdkException e) {
        throw S3Bucket.failure("return a file", e);
      }
      waitedNanos += System.nanoTime() - began;
      if (waitedNanos > timePerPart.toNanos() * (1 + (size - left) / S3Store.PART)) {
        throw new IOException("the store is too slow for " + key);
      }
      return count;
    }

    /** Returns false, because the same bytes would count twice after a reset. */
    @Override
    public boolean markSupported() {
      return false;
    }

    /** Closes the connection instead of reading the rest. */
    @Override
    public void close() throws IOException {
      if (left > 0) {
        content.abort();
      } else {
        content.close();
      }
    }
  }
}
