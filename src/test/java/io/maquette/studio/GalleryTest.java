package io.maquette.studio;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.GeneratedSection;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.Picture;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Test of the gallery in {@code docs/gallery.md}: pictures and models of the built-in studio for
 * prompts in two languages. {@code -Dgallery=docs/images/gallery} draws all of them again. Without
 * it, a few are written to {@code target}, and the page is checked.
 */
@Tag("slow")
class GalleryTest {

  private static final Path PAGE = Path.of("docs/gallery.md");
  private static final String FOLDER = System.getProperty("gallery");
  private static final int SIDE = 256;
  private static final int FEW = 2;

  /** A different view of each model. */
  private static final double[] TURNS = {-0.55, -0.35, 0.35, 0.55};

  /** Turn and tilt of the views of the first model: side, back, behind from above, and above. */
  private static final double[][] SIDES = {
    {Math.PI / 2, 0.1}, {Math.PI, 0.1}, {Math.PI - 0.7, 0.35}, {0.3, 1.2}
  };

  @Test
  void every_sentence_has_four_pictures_and_their_models() throws Exception {
    Path folder = Files.createDirectories(Path.of(FOLDER == null ? "target/gallery" : FOLDER));
    List<String> all = LocalSamples.GALLERY;
    List<String> drawn = FOLDER == null ? all.subList(0, FEW) : all;
    for (String sentence : drawn) {
      Path file = folder.resolve(fileOf(sentence));
      ImageIO.write(sheet(sentence), "jpg", file.toFile());
      assertThat(file).isNotEmptyFile();
    }
    GeneratedSection.check(PAGE, "gallery", page());
  }

  private static String fileOf(String sentence) {
    return "%02d.jpg".formatted(LocalSamples.GALLERY.indexOf(sentence) + 1);
  }

  private static String page() {
    StringBuilder page = new StringBuilder();
    for (String sentence : LocalSamples.GALLERY) {
      page.append("**%s**\n\n".formatted(sentence))
          .append("![%s](images/gallery/%s)\n\n".formatted(sentence, fileOf(sentence)));
    }
    return page.toString();
  }

  /** Draws the four pictures, below each its model, and then the first model from other sides. */
  private static BufferedImage sheet(String sentence) throws Exception {
    BufferedImage sheet = new BufferedImage(4 * SIDE, 3 * SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    List<String> variants = new LocalPromptVariants().variantsOf(sentence);
    for (int index = 0; index < variants.size(); index++) {
      Picture picture =
          new LocalImageProvider()
              .generate(new ImageRequest(variants.get(index), index, Duration.ofMinutes(1)))
              .picture();
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.content()));
      graphics.drawImage(Foreground.scaled(image, SIDE), index * SIDE, 0, null);
      GlbWriter.Mesh mesh = LocalSamples.mesh(picture, Sculpting.DEFAULT);
      graphics.drawImage(Portrait.of(mesh, SIDE, TURNS[index], 0.22), index * SIDE, SIDE, null);
      for (int side = 0; index == 0 && side < SIDES.length; side++) {
        BufferedImage view = Portrait.of(mesh, SIDE, SIDES[side][0], SIDES[side][1]);
        graphics.drawImage(view, side * SIDE, 2 * SIDE, null);
      }
    }
    graphics.dispose();
    return sheet;
  }
}
