package io.maquette.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.picture.OddPictures;
import io.maquette.picture.OddPictures.Odd;
import io.maquette.picture.PictureAssert;
import io.maquette.provider.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Test of how the studio reads a picture, and of the texture of its models. */
@Tag("all")
class OddPicturesInStudioTest {

  /** Maximum error of JPEG with subsampled colours in the middle of a uniform area. */
  private static final int TOLERANCE = 4;

  static List<Odd> all() throws IOException {
    return OddPictures.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void studio_sees_the_right_colours_and_shape(Odd odd) throws Exception {
    BufferedImage raster = Foreground.decoded(new Picture(odd.file(), "image/png"));
    assertThat(raster.getWidth()).isEqualTo(odd.width());
    assertThat(raster.getHeight()).isEqualTo(odd.height());
    PictureAssert.assertQuarters(raster, odd.quarters(), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("all")
  void texture_of_a_model_has_the_right_colours(Odd odd) throws Exception {
    BufferedImage raster = Foreground.decoded(new Picture(odd.file(), "image/png"));
    boolean[] inside = new boolean[raster.getWidth() * raster.getHeight()];
    Arrays.fill(inside, true);
    Foreground all =
        new Foreground(raster.getWidth(), raster.getHeight(), inside, new int[inside.length]);
    Workpiece piece = Workpiece.of(all, Sculpting.Form.RELIEF);
    byte[] skin = TextureBuilder.of(raster, all, piece, Sculpting.Form.RELIEF);
    BufferedImage whole = ImageIO.read(new ByteArrayInputStream(skin));
    int front = Math.round(whole.getWidth() * TextureBuilder.FRONT);
    BufferedImage texture = whole.getSubimage(0, 0, front, whole.getHeight());
    int[] opaque = odd.quarters().clone();
    int[] shown = odd.quarters().clone();
    for (int i = 0; i < 4; i++) {
      if (opaque[i] >>> 24 == 0) { // nothing to compare: the model ends there
        int x = texture.getWidth() * (i % 2 == 0 ? 1 : 3) / 4;
        int y = texture.getHeight() * (i < 2 ? 1 : 3) / 4;
        shown[i] = texture.getRGB(x, y);
      }
    }
    PictureAssert.assertQuarters(texture, shown, 2 * TOLERANCE);
  }
}
