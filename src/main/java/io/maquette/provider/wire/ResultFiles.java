package io.maquette.provider.wire;

import io.maquette.asset.Downloads;
import io.maquette.asset.FileType;
import io.maquette.asset.ResultFetchException;
import io.maquette.provider.ResultFile;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Fetches the models a provider has made, and pictures of them, each within its bounds. */
public final class ResultFiles {

  private static final long MAX_MODEL = 300L << 20;

  /** Less than a worker may hold a task. */
  private static final Duration MAX_MODEL_TIME = Duration.ofMinutes(2);

  private static final Duration MAX_PICTURE_TIME = Duration.ofMinutes(1);

  private final Downloads downloads;
  private final List<String> documentedHosts;

  /**
   * Files of one provider.
   *
   * @param documentedHosts where they are, as {@link Downloads#open} has it
   */
  public ResultFiles(Downloads downloads, Collection<String> documentedHosts) {
    this.downloads = downloads;
    this.documentedHosts = List.copyOf(documentedHosts);
  }

  /** Whether a provider gave an address at all. */
  public static boolean isPresent(String address) {
    return address != null && !address.isBlank();
  }

  /** Opens a model, which must be a GLB file by its first bytes. */
  public InputStream openModel(String address) throws ResultFetchException {
    return downloads.open(
        address, documentedHosts, Set.of(FileType.GLB), MAX_MODEL, MAX_MODEL_TIME);
  }

  /**
   * A picture that is there to be opened.
   *
   * @param address may be null or blank
   * @return null if there is no address
   */
  public ResultFile picture(String address) {
    return isPresent(address)
        ? () ->
            downloads.open(
                address,
                documentedHosts,
                FileType.pictures(),
                ResultPictures.MAX_BYTES,
                MAX_PICTURE_TIME)
        : null;
  }
}
