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
 * The image readers behind {@link PictureDecoder}: Java's own, and for lossy WebP a library, which
 * is asked for by name. Java would look for such libraries in the application that first asks for a
 * picture, and use them for the whole server from then on, which would also keep that application
 * in memory after it is undeployed.
 */
@ApplicationScoped
public class PictureReaders {

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
  static ImageReader of(FileType type) throws IOException {
    return type == FileType.WEBP
        ? new WebPImageReaderSpi().createReaderInstance(null)
        : ImageIO.getImageReadersByFormatName(type.name()).next();
  }
}
