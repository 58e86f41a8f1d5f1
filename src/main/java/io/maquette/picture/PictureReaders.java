package io.maquette.picture;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.maquette.storage.FileType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;

/**
 * Image readers of {@link PictureDecoder}: Java's own, and a library for lossy WebP, which is
 * requested by name. Java would otherwise search the first application that decodes a picture for
 * such libraries. It would use them for the whole server from then on, and keep that application in
 * memory after its undeployment.
 */
@ApplicationScoped
public class PictureReaders {

  /**
   * Initialises Java's registry of readers without this application's libraries, before the first
   * picture.
   */
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
   * Returns a reader for one picture; the caller disposes of it.
   *
   * @param type one of {@link FileType#pictures()}
   */
  static ImageReader of(FileType type) throws IOException {
    return type == FileType.WEBP
        ? new WebPImageReaderSpi().createReaderInstance(null)
        : ImageIO.getImageReadersByFormatName(type.name()).next();
  }
}
