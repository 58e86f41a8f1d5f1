package io.maquette.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * Client of a bucket. Uploads carry their digest in a header that every S3-compatible service
 * verifies before it stores anything. Failures are {@link IOException}s that name the failed
 * operation.
 */
final class S3Bucket implements AutoCloseable {

  /** Prefix of unfinished uploads, which have no key yet; a lifecycle rule may remove old ones. */
  static final String UNFINISHED = "unfinished/";

  private static final AwsRequestOverrideConfiguration SOON =
      AwsRequestOverrideConfiguration.builder().apiCallTimeout(Duration.ofSeconds(5)).build();

  private final S3Client client;
  private final String name;

  S3Bucket(S3Client client, String name) {
    this.client = client;
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Converts a failure of the client library to a failure of the store. */
  static IOException failure(String what, SdkException cause) {
    return new IOException("the store could not " + what + ": " + cause.getMessage(), cause);
  }

  private static <T> T call(String what, Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (SdkException e) {
      throw failure(what, e);
    }
  }

  private static String md5(byte[] content) {
    return Md5Utils.md5AsBase64(content);
  }

  /** Creates a request body without the copy that the client library would make. */
  private static RequestBody body(byte[] content) {
    return RequestBody.fromContentProvider(
        ContentStreamProvider.fromByteArrayUnsafe(content),
        content.length,
        "application/octet-stream");
  }

  void put(String key, FileType type, byte[] content) throws IOException {
    call(
        "store a file",
        () ->
            client.putObject(
                request ->
                    request
                        .bucket(name)
                        .key(key)
                        .contentType(type.mediaType())
                        .contentMD5(md5(content)),
                body(content)));
  }

  /**
   * Opens a file at a position.
   *
   * @throws SdkException if the service refuses the request or cannot be reached
   */
  ResponseInputStream<GetObjectResponse> get(String key, long offset) {
    return client.getObject(
        request ->
            request.bucket(name).key(key).range(offset == 0 ? null : "bytes=" + offset + "-"));
  }

  /**
   * Returns a file's size and version.
   *
   * @throws NoSuchFileException if there is none
   */
  FileStore.FileState stateOf(String key) throws IOException {
    HeadObjectResponse head;
    try {
      head = client.headObject(request -> request.bucket(name).key(key));
    } catch (NoSuchKeyException e) {
      NoSuchFileException failure = new NoSuchFileException(key);
      failure.initCause(e);
      throw failure;
    } catch (SdkException e) {
      throw failure("describe a file", e);
    }
    if (head.contentLength() == null) {
      throw new IOException("the store does not say the size of " + key);
    }
    return new FileStore.FileState(head.contentLength(), head.eTag() + " " + head.lastModified());
  }

  /** Returns the size of a file in bytes. */
  long sizeOf(String key) throws IOException {
    Long size =
        call(
                "return a file's size",
                () -> client.headObject(request -> request.bucket(name).key(key)))
            .contentLength();
    if (size == null) {
      throw new IOException("the store does not return the size of a file");
    }
    return size;
  }

  /** Lists a folder without its subfolders, up to the number that the service lists at once. */
  List<String> keysIn(String folder) throws IOException {
    return call(
            "list files",
            () ->
                client.listObjects( // version 1, which every service supports
                    request -> request.bucket(name).prefix(folder).delimiter("/")))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** Lists the objects after a key, in the order of keys, up to a limit. */
  List<S3Object> objectsBehind(String key, int limit) throws IOException {
    return call(
            "list files",
            () ->
                client.listObjects( // version 1, which every service supports
                    request ->
                        request.bucket(name).marker(key.isEmpty() ? null : key).maxKeys(limit)))
        .contents();
  }

  void delete(String key) throws IOException {
    call("delete a file", () -> client.deleteObject(request -> request.bucket(name).key(key)));
  }

  /** Writes an object and reads it back, within seconds. */
  void probe(String key, byte[] content) throws IOException {
    byte[] back =
        call(
            "be written to and read",
            () -> {
              client.putObject(
                  request ->
                      request
                          .bucket(name)
                          .key(key)
                          .contentMD5(md5(content))
                          .overrideConfiguration(SOON),
                  body(content));
              return client
                  .getObjectAsBytes(
                      request -> request.bucket(name).key(key).overrideConfiguration(SOON))
                  .asByteArrayUnsafe();
            });
    if (!Arrays.equals(back, content)) {
      throw new IOException("the store does not return what was stored");
    }
  }

  /** Begins a multipart upload and returns its id. */
  String beginParts(String place, FileType type) throws IOException {
    return call(
            "begin an upload",
            () ->
                client.createMultipartUpload(
                    request -> request.bucket(name).key(place).contentType(type.mediaType())))
        .uploadId();
  }

  CompletedPart sendPart(String place, String upload, int number, byte[] content)
      throws IOException {
    String tag =
        call(
                "take part " + number + " of a file",
                () ->
                    client.uploadPart(
                        request ->
                            request
                                .bucket(name)
                                .key(place)
                                .uploadId(upload)
                                .partNumber(number)
                                .contentMD5(md5(content)),
                        body(content)))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  void joinParts(String place, String upload, List<CompletedPart> parts) throws IOException {
    call(
        "complete an upload",
        () ->
            client.completeMultipartUpload(
                request ->
                    request
                        .bucket(name)
                        .key(place)
                        .uploadId(upload)
                        .multipartUpload(whole -> whole.parts(parts))));
  }

  void copy(String from, String to) throws IOException {
    call(
        "copy a file",
        () ->
            client.copyObject(
                request ->
                    request
                        .sourceBucket(name)
                        .sourceKey(from)
                        .destinationBucket(name)
                        .destinationKey(to)));
  }

  /** Aborts a multipart upload, within seconds. */
  void abandonParts(String place, String upload) throws IOException {
    call(
        "abort an upload",
        () ->
            client.abortMultipartUpload(
                request ->
                    request.bucket(name).key(place).uploadId(upload).overrideConfiguration(SOON)));
  }

  @Override
  public void close() {
    client.close();
  }

  /**
   * Multipart upload of a file to a temporary place. Unless it is finished, closing it removes the
   * place, if the service can still be reached.
   */
  static final class Upload implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Upload.class.getName());

    private final S3Bucket bucket;
    private final String place;
    private final String upload;
    private final List<CompletedPart> parts = new ArrayList<>();
    private long size;
    private State state = State.IN_PARTS;

    private enum State {
      IN_PARTS,
      JOINED
    }

    private Upload(S3Bucket bucket, String place, String upload) {
      this.bucket = bucket;
      this.place = place;
      this.upload = upload;
    }

    static Upload begin(S3Bucket bucket, FileType type) throws IOException {
      String place = S3Bucket.UNFINISHED + UUID.randomUUID();
      return new Upload(bucket, place, bucket.beginParts(place, type));
    }

    /**
     * Sends the next part.
     *
     * @param part as large as all before, or smaller and the last one
     */
    void send(byte[] part) throws IOException {
      parts.add(bucket.sendPart(place, upload, parts.size() + 1, part));
      size += part.length;
    }

    /** Returns the number of bytes sent. */
    long size() {
      return size;
    }

    /** Copies the complete file to its key. */
    void finishAs(String key) throws IOException {
      bucket.joinParts(place, upload, parts);
      state = State.JOINED;
      bucket.copy(place, key);
      long stored = bucket.sizeOf(key);
      if (stored != size) {
        bucket.delete(key);
        throw new IOException("the store has stored " + stored + " of " + size + " bytes");
      }
    }

    /** Removes the temporary place, also on an interrupted thread. */
    @Override
    public void close() {
      boolean interrupted = Thread.interrupted();
      try {
        switch (state) {
          case IN_PARTS -> bucket.abandonParts(place, upload);
          case JOINED -> bucket.delete(place);
        }
      } catch (IOException e) {
        LOG.log(
            Level.WARNING,
            e,
            () -> place + " remains until the bucket's lifecycle rule removes it");
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
