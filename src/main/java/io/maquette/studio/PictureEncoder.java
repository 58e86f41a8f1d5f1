package io.maquette.studio;

import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encoder of pictures as files. */
final class PictureEncoder {

  private static final int USUAL_SIZE = 256 << 10;

  private PictureEncoder() {}

  /**
   * Encodes a picture.
   *
   * @param format the JDK's name of the format
   * @param quality 0 to 1, with a meaning that depends on the format
   */
  static byte[] of(BufferedImage image, String format, float quality) throws ProviderException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream content = new ByteArrayOutputStream(USUAL_SIZE);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(content)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new ProviderException(Problem.UNAVAILABLE, "the picture could not be encoded", e);
    } finally {
      writer.dispose();
    }
    return content.toByteArray();
  }
}
