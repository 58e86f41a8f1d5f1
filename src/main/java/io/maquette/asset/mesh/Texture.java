package io.maquette.asset.mesh;

import io.maquette.asset.FileType;
import io.maquette.asset.InvalidModelFileException;
import io.maquette.asset.PictureReaders;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** A picture on a surface, as its file has it; decoded when a colour of it is asked for. */
final class Texture {

  private static final int MAX_SIDE = 16_384;

  /** Colours are taken from a picture of at most so many pixels a side. */
  private static final int SAMPLED_SIDE = 2_048;

  private final byte[] content;
  private final FileType type;
  private BufferedImage image;

  Texture(byte[] content) throws InvalidModelFileException {
    this.content = content;
    type =
        FileType.ofHead(content)
            .filter(FileType.pictures()::contains)
            .orElseThrow(
                () -> new InvalidModelFileException("a texture is neither PNG, JPEG nor WebP"));
  }

  byte[] content() {
    return content;
  }

  FileType type() {
    return type;
  }

  /**
   * The colour at a place, 0xRRGGBB.
   *
   * @param u from the left, v from the top; beyond 0 to 1 it repeats
   * @throws InvalidModelFileException if the picture cannot be read here
   */
  int at(float u, float v) throws InvalidModelFileException {
    if (image == null) {
      image = decoded();
    }
    int x = (int) ((u - Math.floor(u)) * image.getWidth());
    int y = (int) ((v - Math.floor(v)) * image.getHeight());
    return image.getRGB(Math.min(x, image.getWidth() - 1), Math.min(y, image.getHeight() - 1))
        & 0xFFFFFF;
  }

  private BufferedImage decoded() throws InvalidModelFileException {
    if (type == FileType.WEBP) {
      throw new InvalidModelFileException("its " + type + " texture cannot be read here");
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      ImageReader reader = PictureReaders.of(type);
      try {
        reader.setInput(in, true, true);
        int longer = Math.max(reader.getWidth(0), reader.getHeight(0));
        if (longer > MAX_SIDE) {
          throw new InvalidModelFileException("a texture has more than " + MAX_SIDE + " pixels");
        }
        ImageReadParam param = reader.getDefaultReadParam();
        int step = (longer + SAMPLED_SIDE - 1) / SAMPLED_SIDE;
        param.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, param);
      } finally {
        reader.dispose();
      }
    } catch (InvalidModelFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // readers throw either at broken files
      throw new InvalidModelFileException("a texture cannot be read", e);
    }
  }
}
