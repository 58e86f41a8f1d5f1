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
 * Makes a picture of what a provider answered with: an address, a data URI or base64. Its type is
 * what its first bytes tell, whatever the provider calls it.
 *
 * <p>By then the provider has done its work and may charge for it. A picture that cannot be fetched
 * is a {@link ResultNotFetchedException}: it is fetched again later, not submitted again. An answer
 * with something that is no picture is OUTCOME_UNKNOWN, which is not repeated without need. Both
 * are the problem of one task: the provider has answered, so that its circuit breaker does not
 * count them.
 */
public final class ResultPictures {

  /** The largest picture taken, in bytes. */
  public static final int MAX_BYTES = 20 << 20;

  private static final Duration LONGEST_FETCH = Duration.ofMinutes(1);
  private static final Duration SHORTEST_FETCH = Duration.ofSeconds(10);
  private static final int FETCHES = 2;

  private final Downloads downloads;
  private final ResultAddresses addresses;

  /**
   * Pictures of one provider.
   *
   * @param documentedHosts where its pictures lie, as {@link Downloads#open} has it
   * @param base the provider's own address, which relative addresses are resolved against, and
   *     where pictures may lie, too
   */
  public ResultPictures(Downloads downloads, Collection<String> documentedHosts, URI base) {
    this.downloads = downloads;
    addresses = new ResultAddresses(documentedHosts, base);
  }

  /**
   * The picture of an answer that has a list of them, as one was asked for.
   *
   * @param answered may be null, empty or have nulls, for want of anything else
   * @param usable whether one can be made a picture of
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
   * The picture of what an answer has as base64. It may be a data URI, and is an address at some
   * servers.
   *
   * @param value what the answer has, as if it were an address
   * @param paid is told of the address, if it is one, before the picture is fetched
   * @param deadline as at {@link #at}
   * @throws ProviderException OUTCOME_UNKNOWN if it is no picture; {@link
   *     ResultNotFetchedException} if it cannot be fetched now
   */
  public Picture ofBase64(ResultAddress value, Consumer<ResultAddress> paid, Deadline deadline)
      throws ProviderException {
    String start = value.url().stripLeading();
    return start.startsWith("https://") || start.startsWith("http://")
        ? at(value, paid, deadline)
        : of(value.url());
  }

  /**
   * The picture of what an answer has as an address. It may be a data URI, and is base64 at some
   * servers.
   *
   * @param paid as {@link #ofBase64}
   * @param deadline as at {@link #at}
   * @throws ProviderException as {@link #ofBase64}
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
   * Fetches a picture, and once more if that fails in passing.
   *
   * @param address as the provider gave it
   * @param deadline when it should be there; 10 seconds are given in any case, as it is paid for
   * @throws ResultNotFetchedException if it cannot be fetched now
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
        failure = new ResultFetchException("the result broke off: " + e.getMessage(), e);
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
   * @throws ProviderException OUTCOME_UNKNOWN if it is no picture, or a larger one than is taken
   */
  public static Picture of(String text) throws ProviderException {
    byte[] content;
    try {
      content = InlineFile.decode(text);
    } catch (IllegalArgumentException e) {
      throw unusable("the picture is no base64");
    }
    if (content.length > MAX_BYTES) {
      throw unusable("the picture is larger than " + MAX_BYTES + " bytes");
    }
    return picture(content);
  }

  /** Its type by its first bytes; empty if it is no picture. */
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
