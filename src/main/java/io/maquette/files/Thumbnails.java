package io.maquette.files;

import io.maquette.concurrent.BoundedCache;
import io.maquette.picture.ReencodedPicture;
import io.maquette.picture.UnusablePictureException;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.LostFileException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Small versions of pictures for lists. A node makes one on first request and keeps the latest in
 * memory. Clients cache them without limit, so a store for them would be read rarely.
 */
@ApplicationScoped
public class Thumbnails {

  private static final Logger LOG = Logger.getLogger(Thumbnails.class.getName());

  /** Maximum size of all thumbnails in memory, in bytes. */
  static final int MAX_CACHED = 16 << 20;

  /** Maximum size of a picture that gets a thumbnail, in bytes. */
  private static final int MAX_PICTURE = 32 << 20;

  private final BoundedCache<Key, ReencodedPicture> cache =
      new BoundedCache<>(MAX_CACHED, thumbnail -> thumbnail.content().length);

  private IntactFiles intact;

  private record Key(String picture, Size size) {}

  /** Length of the longer side of a thumbnail. */
  public enum Size {
    SMALL(320),
    MEDIUM(640);

    private final int pixels;

    Size(int pixels) {
      this.pixels = pixels;
    }

    /** Returns the size with this length in pixels. */
    public static Optional<Size> of(String pixels) {
      for (Size size : values()) {
        if (Integer.toString(size.pixels).equals(pixels)) {
          return Optional.of(size);
        }
      }
      return Optional.empty();
    }

    /** Returns the length in pixels. */
    public int pixels() {
      return pixels;
    }
  }

  /** For CDI. */
  protected Thumbnails() {}

  @Inject
  Thumbnails(IntactFiles intact) {
    this.intact = intact;
  }

  /**
   * Returns the thumbnail of a stored picture; empty if the picture cannot be decoded.
   *
   * @param picture key of its file
   * @param bytes size of that file
   * @throws LostFileException if the file is missing, empty or damaged
   * @throws IOException if the store is unavailable
   */
  public Optional<ReencodedPicture> of(String picture, long bytes, Size size) throws IOException {
    Key key = new Key(picture, size);
    Optional<ReencodedPicture> known = cache.get(key);
    if (known.isPresent() || bytes > MAX_PICTURE) {
      return known;
    }
    byte[] file;
    try (InputStream content = intact.open(picture, bytes, 0)) {
      file = content.readAllBytes();
    }
    try {
      ReencodedPicture made = ReencodedPicture.thumbnail(file, size.pixels);
      cache.put(key, made);
      return Optional.of(made);
    } catch (UnusablePictureException e) {
      LOG.log(Level.FINE, "A picture has no thumbnail: " + picture, e);
      return Optional.empty();
    }
  }
}
