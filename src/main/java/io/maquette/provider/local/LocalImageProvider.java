package io.maquette.provider.local;

import io.maquette.provider.Drawing;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Named;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import jakarta.enterprise.context.ApplicationScoped;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws pictures on this machine, without key or network: a figure that follows from the sentence,
 * in one of four styles, 1024 x 1024 on a plain background. The same words give the same picture.
 */
@ApplicationScoped
@Named("local")
public class LocalImageProvider implements ImageProvider {

  static final int SIZE = 1024;
  private static final int BACKGROUND = 0xF6F5F2;
  private static final int INK = 0x4A3B2A;
  private static final int IVORY = 0xE3D7BF;
  private static final int FACET = 44;

  /** Fast rather than small: a picture is written once and read a few times. */
  private static final float PNG_QUALITY = 0.8f;

  @Override
  public boolean costs() {
    return false;
  }

  @Override
  public Drawing generate(ImageRequest request) throws ProviderException {
    Canvas canvas = new Canvas(Figure.of(Style.subjectOf(request.prompt())), SIZE);
    if (Thread.currentThread().isInterrupted()) {
      throw new ProviderException(Problem.UNAVAILABLE, "stopped while drawing");
    }
    Picture picture =
        new Picture(png(draw(canvas, Style.IN_ORDER.get(request.index()))), "image/png");
    return new Drawing(picture, null, null);
  }

  private static BufferedImage draw(Canvas canvas, Style style) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column < SIZE; column++) {
        int pixel = row * SIZE + column;
        double cover = canvas.cover[pixel];
        pixels[pixel] =
            cover == 0
                ? BACKGROUND
                : Canvas.mix(BACKGROUND, colour(canvas, style, row, column), cover);
      }
    }
    return image;
  }

  private static int colour(Canvas canvas, Style style, int row, int column) {
    int pixel = row * SIZE + column;
    int base = canvas.colour[pixel];
    return switch (style) {
      case FLAT -> {
        double light = canvas.light(row, column);
        yield Canvas.shade(base, light < 0.62 ? 0.74 : light > 1.02 ? 1.16 : 1);
      }
      case CLAY -> {
        double light = canvas.light(row, column);
        yield Canvas.shade(Canvas.mix(base, 0xE9D9C8, 0.28), 0.08 + light);
      }
      case RELIEF -> {
        double rings = canvas.height[pixel] * 34;
        double line = Math.abs(rings - Math.rint(rings)) < 0.13 ? 1 : 0;
        double light = canvas.light(row, column);
        yield Canvas.mix(Canvas.shade(IVORY, 0.18 + 0.85 * light), INK, 0.62 * line);
      }
      case LOW_POLY -> facet(canvas, row, column);
    };
  }

  /** The colour of the middle of the facet a pixel lies in, in the light that falls there. */
  private static int facet(Canvas canvas, int row, int column) {
    int cellRow = row / FACET;
    int cellColumn = column / FACET;
    boolean rising = ((cellRow + cellColumn) & 1) == 0;
    int inRow = row % FACET;
    int inColumn = column % FACET;
    boolean upper = rising ? inRow < inColumn : inRow < FACET - inColumn;
    int third = FACET / 3;
    int middleRow = cellRow * FACET + (upper ? third : 2 * third);
    int middleColumn = cellColumn * FACET + (upper == rising ? 2 * third : third);
    int sampleRow = Math.min(SIZE - 1, middleRow);
    int sampleColumn = Math.min(SIZE - 1, middleColumn);
    int sample = sampleRow * SIZE + sampleColumn;
    boolean inside = canvas.cover[sample] > 0.5;
    int base = inside ? canvas.colour[sample] : canvas.colour[row * SIZE + column];
    double light = inside ? canvas.light(sampleRow, sampleColumn) : 0.55;
    double grain = ((cellRow * 31 + cellColumn * 17 + (upper ? 7 : 0)) % 9 - 4) * 0.02;
    return Canvas.shade(base, 0.1 + light + grain);
  }

  private static byte[] png(BufferedImage image) throws ProviderException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream content = new ByteArrayOutputStream(256 << 10);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(content)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(PNG_QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new ProviderException(Problem.UNAVAILABLE, "picture could not be encoded", e);
    } finally {
      writer.dispose();
    }
    return content.toByteArray();
  }
}
