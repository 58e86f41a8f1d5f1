package io.maquette.asset;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;

/**
 * Who reads the kinds of picture we keep: Java itself, and for WebP a library of ours, which is
 * asked for by name. Java would look for such libraries in the application that first asks for a
 * picture, and have them read for the whole server from then on, which would also keep that
 * application in memory once it is gone.
 */
@ApplicationScoped
public class PictureReaders {

  /** WebP is decoded as a whole: some 100 MB for so many pixels. */
  public static final long MAX_WEBP_PIXELS = 17_000_000;

  /** Before anything here asks for a picture. */
  void keepToOurselves(@Observes Startup startup) {
    Thread thread = Thread.currentThread();
    ClassLoader ours = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      IIORegistry.getDefaultInstance();
    } finally {
      thread.setContextClassLoader(ours);
    }
  }

  /**
   * A reader, for one picture, to be disposed of.
   *
   * @param type one of {@link FileType#pictures()}
   */
  public static ImageReader of(FileType type) throws IOException {
    return type == FileType.WEBP
        ? new WebPImageReaderSpi().createReaderInstance(null)
        : ImageIO.getImageReadersByFormatName(type.name()).next();
  }
}
