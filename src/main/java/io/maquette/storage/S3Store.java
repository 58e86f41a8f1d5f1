package io.maquette.storage;

import io.maquette.config.S3Setting;
import io.maquette.config.Settings;
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
    try (S3Upload upload = S3Upload.begin(bucket, type)) {
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
  public FileState state(String key) throws IOException {
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
  public List<ListedFile> list(String after, int limit) throws IOException {
    FileKeys.requireLimit(limit);
    List<ListedFile> files = new ArrayList<>();
    String last = after;
    while (files.size() < limit) {
      List<S3Object> page = bucket.objectsBehind(last, limit - files.size());
      if (page.isEmpty()) {
        break;
      }
      page.stream()
          .filter(object -> FileKeys.isOne(object.key()))
          .map(object -> new ListedFile(object.key(), object.size(), object.lastModified()))
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
}
