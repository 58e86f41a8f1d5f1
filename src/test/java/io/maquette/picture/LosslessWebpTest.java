package io.maquette.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Test with files that libwebp wrote from pictures given by formulas. They use predictions, colour
 * transforms, palettes, copies and caches as encoders do. Each pixel must be decoded exactly.
 */
class LosslessWebpTest {

  private static final int WIDTH = 80;
  private static final int HEIGHT = 60;

  private enum Formula {
    SMOOTH {
      @Override
      int at(int x, int y) {
        return argb(255, x * x / 16 + y * 5, x * 3 + y * y / 9, x * y / 7);
      }
    },
    GRAINY {
      @Override
      int at(int x, int y) {
        int v = ((x * 7919 + y * 104_729) * 31) >> 3;
        return argb(255, v, v >> 2 & (x < 40 ? 255 : 15), x + y);
      }
    },
    PATTERN {
      @Override
      int at(int x, int y) {
        return new int[] {0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFF090807, 0}
            [(x / 3 * 7 + y / 2 * 13) % 5];
      }
    },
    FADE {
      @Override
      int at(int x, int y) {
        return argb(x * 4 + y, 200, 100, 50);
      }
    };

    abstract int at(int x, int y);

    static int argb(int alpha, int red, int green, int blue) {
      return (alpha & 255) << 24 | (red & 255) << 16 | (green & 255) << 8 | (blue & 255);
    }
  }

  @ParameterizedTest
  @EnumSource
  void each_pixel_comes_out_as_it_went_in(Formula formula) throws Exception {
    String name = "/pictures/lossless-" + formula.name().toLowerCase(Locale.ROOT);
    byte[] file;
    try (InputStream in = LosslessWebpTest.class.getResourceAsStream(name + ".webp")) {
      file = in.readAllBytes();
    }
    BufferedImage image = PictureDecoder.decode(file, 1000, PictureDecoder.Colours.SEEN);
    assertThat(image.getWidth()).isEqualTo(WIDTH);
    assertThat(image.getHeight()).isEqualTo(HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertThat(image.getRGB(x, y)).as("%d, %d", x, y).isEqualTo(formula.at(x, y));
      }
    }
  }
}
