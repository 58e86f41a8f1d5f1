package io.maquette.provider.http;

import io.maquette.provider.ResultFile;
import io.maquette.storage.Downloads;
import io.maquette.storage.FileType;
import io.maquette.storage.ResultFetchException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Download client for models that a provider has made, and for pictures of them, each with its
 * limits.
 */
public final class ResultFiles {

  private static final long MAX_MODEL = 300L << 20;

  /** Maximum time of a download, shorter than a worker's lease. */
  private static final Duration MAX_MODEL_TIME = Duration.ofMinutes(2);

  private static final Duration MAX_PICTURE_TIME = Duration.ofMinutes(1);

  private final Downloads downloads;
  private final ResultAddresses addresses;

  /**
   * Creates the client for one provider.
   *
   * @param documentedHosts hosts of files, same as in {@link Downloads#open}
   * @param base the provider's base address, against which relative addresses are resolved and
   *     which may also have files
   */
  public ResultFiles(Downloads downloads, Collection<String> documentedHosts, URI base) {
    this.downloads = downloads;
    addresses = new ResultAddresses(documentedHosts, base);
  }

  /** Returns whether the provider gave an address. */
  public static boolean isPresent(String address) {
    return address != null && !address.isBlank();
  }

  /** Opens a model, which must be a GLB file by its first bytes. */
  public InputStream openModel(String address) throws ResultFetchException {
    return open(address, Set.of(FileType.GLB), MAX_MODEL, MAX_MODEL_TIME);
  }

  /**
   * Opens the first file that is a GLB by its first bytes, for providers whose types are only
   * declarations.
   *
   * @param addresses the most likely model first; not empty
   * @throws ResultFetchException the failure of the first address, if none is a model
   */
  public InputStream openModel(List<String> addresses) throws ResultFetchException {
    ResultFetchException failure = null;
    for (String address : addresses) {
      try {
        return openModel(address);
      } catch (ResultFetchException e) {
        if (failure == null) {
          failure = e;
        }
      }
    }
    throw failure;
  }

  /**
   * Creates a picture that is downloaded when it is opened.
   *
   * @param address may be null or blank
   * @return null if there is no address
   */
  public ResultFile picture(String address) {
    return isPresent(address)
        ? () -> open(address, FileType.pictures(), ResultPictures.MAX_BYTES, MAX_PICTURE_TIME)
        : null;
  }

  private InputStream open(String address, Set<FileType> types, long maxBytes, Duration maxTime)
      throws ResultFetchException {
    if (InlineFile.isInline(address)) {
      return inline(address, types);
    }
    return downloads.open(addresses.resolve(address), addresses.hosts(), types, maxBytes, maxTime);
  }

  /** Decodes a file within the answer, whose limit bounds its size. */
  private static InputStream inline(String text, Set<FileType> types) throws ResultFetchException {
    byte[] content;
    try {
      content = InlineFile.decode(text);
    } catch (IllegalArgumentException e) {
      throw new ResultFetchException("the result is not valid Base64", e);
    }
    FileType type =
        FileType.ofHead(Arrays.copyOf(content, Math.min(FileType.HEAD, content.length)))
            .orElse(null);
    if (type == null || !types.contains(type)) {
      throw new ResultFetchException("the result is of another type than " + types);
    }
    return new ByteArrayInputStream(content);
  }
}
