package io.maquette.mesh;

import io.maquette.picture.OddPictures;
import io.maquette.picture.OddPictures.Odd;
import io.maquette.picture.PictureAssert;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Test of texture colours as glTF requires them: profiles and orientations are ignored. */
class OddTexturesTest {

  private static final int TOLERANCE = 4;

  static List<Odd> all() throws IOException {
    return OddPictures.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void texture_has_the_colours_of_its_file(Odd odd) throws Exception {
    Texture texture =
        new Texture(new TexturePicture(odd.file()), Texture.REPEAT, Texture.REPEAT, 0, null);
    for (int i = 0; i < 4; i++) {
      if (odd.stored()[i] >>> 24 == 255) {
        int colour = texture.at(i % 2 == 0 ? 0.25f : 0.75f, i < 2 ? 0.25f : 0.75f);
        PictureAssert.assertColour("quarter " + i, 0xFF000000 | colour, odd.stored()[i], TOLERANCE);
      }
    }
  }
}
