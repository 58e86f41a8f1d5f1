package io.maquette.provider.http;

import io.maquette.provider.Deadline;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultAddress;
import io.maquette.provider.ResultNotFetchedException;
import io.maquette.storage.Downloads;
import io.maquette.storage.FileType;
import io.maquette.storage.ResultFetchException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Download client for the picture in a provider's answer: an address, a data URI or base64. The
 * first bytes determine its type, regardless of the provider's declaration.
 *
 * <p>At this point the provider has done its work and may charge for it. A failed download is a
 * {@link ResultNotFetchedException}: the download is repeated later, not the submission. An answer
 * without a valid picture is OUTCOME_UNKNOWN, which is not repeated without need. Both concern one
 * task. The provider has answered, so its circuit breaker does not count them.
 */
public final class ResultPictures {

  /** Maximum size of a picture, in bytes. */
  public static final int MAX_BYTES = 20 << 20;

  private static final Duration LONGEST_FETCH = Duration.ofMinutes(1);
  private static final Duration SHORTEST_FETCH = Duration.ofSeconds(10);
  private static final int FETCHES = 2;

  private final Downloads downloads;
  private final ResultAddresses addresses;

  /**
   * Creates the client for one provider.
   *
   * @param documentedHosts hosts of pictures, same as in {@link Downloads#open}
   * @param base the provider's base address, against which relative addresses are resolved and
   *     which may also have pictures
   */
  public ResultPictures(Downloads downloads, Collection<String> documentedHosts, URI base) {
    this.downloads = downloads;
    addresses = new ResultAddresses(documentedHosts, base);
  }

  /**
   * Returns the first picture of an answer with a list, because each request is for one picture.
   *
   * @param answered may be null, empty or contain nulls
   * @param usable returns whether an element has a picture
   * @throws ProviderException OUTCOME_UNKNOWN if the first is not usable or there is none
   */
  public static <T> T first(List<T> answered, Predicate<T> usable) throws ProviderException {
    T first = answered == null || answered.isEmpty() ? null : answered.get(0);
    if (first == null || !usable.test(first)) {
      throw unusable("the answer has no picture");
    }
    return first;
  }

  /**
   * Returns the picture from a base64 value. The value may be a data URI, and some servers send an
   * address instead.
   *
   * @param value the value, in the form of an address
   * @param paid receives an address before the download
   * @param deadline same as in {@link #at}
   * @throws ProviderException OUTCOME_UNKNOWN if it is no picture; {@link
   *     ResultNotFetchedException} if it cannot be downloaded now
   */
  public Picture ofBase64(ResultAddress value, Consumer<ResultAddress> paid, Deadline deadline)
      throws ProviderException {
    String start = value.url().stripLeading();
    return start.startsWith("https://") || start.startsWith("http://")
        ? at(value, paid, deadline)
        : of(value.url());
  }

  /**
   * Returns the picture from an address. The value may be a data URI, and some servers send base64
   * instead.
   *
   * @param paid same as in {@link #ofBase64}
   * @param deadline same as in {@link #at}
   * @throws ProviderException same as in {@link #ofBase64}
   */
  public Picture ofAddress(ResultAddress value, Consumer<ResultAddress> paid, Deadline deadline)
      throws ProviderException {
    return InlineFile.isInline(value.url()) ? of(value.url()) : at(value, paid, deadline);
  }

  private Picture at(ResultAddress address, Consumer<ResultAddress> paid, Deadline deadline)
      throws ResultNotFetchedException {
    paid.accept(address);
    return at(address.url(), deadline);
  }

  /**
   * Downloads a picture; repeats the download once after a temporary failure.
   *
   * @param address as the provider gave it
   * @param deadline end of the available time; at least 10 seconds are allowed, because the picture
   *     is paid for
   * @throws ResultNotFetchedException if it cannot be downloaded now
   */
  public Picture at(String address, Deadline deadline) throws ResultNotFetchedException {
    ResultFetchException failure = null;
    for (int fetch = 0; fetch < FETCHES; fetch++) {
      try (InputStream content =
          downloads.open(
              addresses.resolve(address),
              addresses.hosts(),
              FileType.pictures(),
              MAX_BYTES,
              between(SHORTEST_FETCH, deadline.left(), LONGEST_FETCH))) {
        byte[] picture = content.readAllBytes();
        return new Picture(picture, typeOf(picture).orElseThrow().mediaType());
      } catch (ResultFetchException e) {
        failure = e;
      } catch (IOException e) {
        failure =
            new ResultFetchException(
                "the download of the result was cut off: " + e.getMessage(), e);
      }
      if (failure.reason().isForOperator()) {
        break;
      }
    }
    throw new ResultNotFetchedException(failure);
  }

  private static Duration between(Duration least, Duration wanted, Duration most) {
    return wanted.compareTo(least) < 0 ? least : wanted.compareTo(most) > 0 ? most : wanted;
  }

  /**
   * Decodes a picture.
   *
   * @param text base64 or a data URI, as {@link InlineFile} reads them
   * @throws ProviderException OUTCOME_UNKNOWN if it is no picture or too large
   */
  public static Picture of(String text) throws ProviderException {
    byte[] content;
    try {
      content = InlineFile.decode(text);
    } catch (IllegalArgumentException e) {
      throw unusable("the picture is not valid Base64");
    }
    if (content.length > MAX_BYTES) {
      throw unusable("the picture is larger than " + MAX_BYTES + " bytes");
    }
    return picture(content);
  }

  /** Detects the type from the first bytes; empty if it is no picture. */
  private static Optional<FileType> typeOf(byte[] content) {
    return FileType.ofHead(Arrays.copyOf(content, Math.min(FileType.HEAD, content.length)))
        .filter(FileType.pictures()::contains);
  }

  private static Picture picture(byte[] content) throws ProviderException {
    FileType type = typeOf(content).orElse(null);
    if (type == null) {
      throw unusable("the picture is of an unknown type");
    }
    return new Picture(content, type.mediaType());
  }

  private static ProviderException unusable(String message) {
    return new ProviderException(Problem.OUTCOME_UNKNOWN, message);
  }
}
