package io.maquette.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.picture.OddPictures.Odd;
import io.maquette.storage.FileType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Test of the stored form of users' pictures: correct colours, and upright. */
class OddPicturesTest {

  /** Maximum error of JPEG with subsampled colours in the middle of a uniform area. */
  private static final int TOLERANCE = 4;

  static List<Odd> all() throws IOException {
    return OddPictures.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void stored_picture_has_the_right_colours_size_and_shape(Odd odd) throws Exception {
    ReencodedPicture stored = ReencodedPicture.of(odd.file());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(stored.content()));
    assertThat(image.getWidth()).isEqualTo(odd.width());
    assertThat(image.getHeight()).isEqualTo(odd.height());
    assertThat(stored.type()).isEqualTo(isOpaque(odd) ? FileType.JPEG : FileType.PNG);
    PictureAssert.assertQuarters(image, odd.quarters(), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("all")
  void picture_that_is_made_smaller_keeps_colours_and_shape(Odd odd) throws Exception {
    BufferedImage image = PictureDecoder.decode(odd.file(), 29, PictureDecoder.Colours.SEEN);
    int longer = Math.max(odd.width(), odd.height());
    assertThat(image.getWidth()).isEqualTo(Math.round(29f * odd.width() / longer));
    assertThat(image.getHeight()).isEqualTo(Math.round(29f * odd.height() / longer));
    PictureAssert.assertQuarters(image, odd.quarters(), TOLERANCE);
  }

  private static boolean isOpaque(Odd odd) {
    for (int quarter : odd.quarters()) {
      if (quarter >>> 24 != 255) {
        return false;
      }
    }
    return true;
  }
}
