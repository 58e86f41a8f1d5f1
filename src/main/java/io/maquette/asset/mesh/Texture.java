package io.maquette.asset.mesh;

import io.maquette.asset.FileType;
import io.maquette.asset.InvalidModelFileException;
import io.maquette.asset.PictureDecoder;
import io.maquette.asset.PictureDecoder.Colours;
import io.maquette.asset.UnusablePictureException;
import java.awt.image.BufferedImage;

/** A picture on a surface, as its file has it; decoded when a colour of it is asked for. */
final class Texture {

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
    try {
      return PictureDecoder.decode(content, SAMPLED_SIDE, Colours.AS_STORED);
    } catch (UnusablePictureException e) {
      throw new InvalidModelFileException("a texture cannot be read: " + e.getMessage(), e);
    }
  }
}
