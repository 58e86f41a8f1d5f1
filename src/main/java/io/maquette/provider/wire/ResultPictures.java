package io.maquette.provider.wire;

import io.maquette.asset.Downloads;
import io.maquette.asset.FileType;
import io.maquette.asset.ResultFetchException;
import io.maquette.provider.Deadline;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.ResultAddress;
import io.maquette.provider.ResultNotFetchedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Makes a picture of what a provider answered with: an address or base64. Its type is what its
 * first bytes tell, whatever the provider calls it.
 *
 * <p>By then the provider has done its work and may charge for it. A picture that cannot be fetched
 * is a {@link ResultNotFetchedException}: it is fetched again later, not submitted again. An answer
 * with something that is no picture is OUTCOME_UNKNOWN.
 */
public final class ResultPictures {

  /** The largest picture taken, in bytes. */
  public static final int MAX_BYTES = 20 << 20;

  private static final Duration LONGEST_FETCH = Duration.ofMinutes(1);
  private static final Duration SHORTEST_FETCH = Duration.ofSeconds(10);
  private static final int FETCHES = 2;

  private final Downloads downloads;
  private final List<String> documentedHosts;

  /**
   * Pictures of one provider.
   *
   * @param documentedHosts where its pictures lie, as {@link Downloads#open} has it
   */
  public ResultPictures(Downloads downloads, Collection<String> documentedHosts) {
    this.downloads = downloads;
    this.documentedHosts = List.copyOf(documentedHosts);
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
   * Fetches a picture that was paid for just now.
   *
   * @param paid is told of the address first
   * @param deadline as {@link #at}
   * @throws ResultNotFetchedException if it cannot be fetched now
   */
  public Picture at(ResultAddress address, Consumer<ResultAddress> paid, Deadline deadline)
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
              address,
              documentedHosts,
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
   * @param base64 by RFC 4648, without line breaks
   * @throws ProviderException OUTCOME_UNKNOWN if it is no picture, or a larger one than is taken
   */
  public static Picture of(String base64) throws ProviderException {
    byte[] content;
    try {
      content = Base64.getDecoder().decode(base64);
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
    return ProviderException.of(Problem.OUTCOME_UNKNOWN, message);
  }
}
