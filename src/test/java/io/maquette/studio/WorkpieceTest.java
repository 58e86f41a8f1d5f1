package io.maquette.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maquette.provider.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Test of what makes a picture an object: thin and small parts, plain backs, loops and plates. */
class WorkpieceTest {

  private static final int GRID = 160;

  private static BufferedImage picture(Consumer<Graphics2D> drawing) {
    BufferedImage image = new BufferedImage(800, 800, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 800, 800);
    drawing.accept(graphics);
    graphics.dispose();
    return image;
  }

  /** An orange body on four thin black legs. */
  private static BufferedImage spider() {
    return picture(
        g -> {
          g.setColor(Color.BLACK);
          g.setStroke(new BasicStroke(6));
          for (int leg = 0; leg < 4; leg++) {
            g.drawLine(160 + 160 * leg, 720, 160 + 160 * leg, 300);
          }
          g.setColor(new Color(0xE87020));
          g.fillOval(120, 80, 560, 400);
        });
  }

  /** A letter with two dots. */
  private static BufferedImage umlaut() {
    return picture(
        g -> {
          g.setColor(Color.BLUE);
          g.fillRect(200, 240, 120, 460);
          g.fillRect(480, 240, 120, 460);
          g.fillRect(200, 580, 400, 120);
          g.fillOval(240, 120, 44, 44);
          g.fillOval(516, 120, 44, 44);
        });
  }

  private static int parts(Foreground shape, boolean inside) {
    int[] part = Cells.parts(shape.inside(), inside, shape.width(), shape.height());
    return Cells.sizes(part).length - 1;
  }

  @Test
  void thin_parts_are_as_wide_as_a_print_needs() throws Exception {
    Workpiece piece = Workpiece.of(Foreground.in(spider(), GRID), Sculpting.Form.ROUND);
    Foreground.Bounds bounds = piece.figure().bounds();
    int row = bounds.bottom() - 10;
    int cells = 0;
    for (int column = 0; column < piece.figure().width(); column++) {
      cells += piece.figure().at(column, row) ? 1 : 0;
    }
    double width = cells / 4.0 / piece.millimetre();
    assertThat(width).isBetween(1.2, 2.6);
  }

  @Test
  void thin_parts_keep_their_own_colour() throws Exception {
    Foreground subject = Foreground.in(spider(), GRID);
    Sculpting.Form form = Sculpting.Form.ROUND;
    Workpiece piece = Workpiece.of(subject, form);
    BufferedImage skin =
        ImageIO.read(new ByteArrayInputStream(TextureBuilder.of(spider(), subject, piece, form)));
    double fine = (double) skin.getHeight() / piece.shape().height();
    int row = (int) (fine * (piece.origin().down() + 640 / 800.0 * GRID));
    for (double aside : new double[] {-0.5, 0, 0.5}) {
      double column = 160 / 800.0 * GRID + aside * piece.millimetre();
      int rgb = skin.getRGB((int) (fine * (piece.origin().right() + column)), row);
      assertThat(Tone.lightness(rgb & 0xFFFFFF)).as("leg").isLessThan(0.15);
    }
  }

  @Test
  void small_separate_parts_are_kept_and_joined() throws Exception {
    Foreground subject = Foreground.in(umlaut(), GRID);
    assertThat(parts(subject, true)).isEqualTo(3);
    for (Sculpting.Form form : Sculpting.Form.values()) {
      Workpiece piece = Workpiece.of(subject, form);
      assertThat(parts(piece.figure(), true)).as(form.name()).isEqualTo(3);
      assertThat(parts(piece.shape(), true)).as(form.name()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Sculpting.Form.class,
      names = {"KEYCHAIN", "ORNAMENT"})
  void a_loop_has_one_hole(Sculpting.Form form) throws Exception {
    BufferedImage disc =
        picture(
            g -> {
              g.setColor(Color.RED);
              g.fillOval(100, 100, 600, 600);
            });
    Workpiece piece = Workpiece.of(Foreground.in(disc, GRID), form);
    assertThat(parts(piece.shape(), false)).as("outside and the hole").isEqualTo(2);
    Foreground.Bounds bounds = piece.shape().bounds();
    double millimetres = bounds.longer() / piece.millimetre();
    assertThat(millimetres / 1000).isCloseTo(form.longestSide(), within(0.01));
  }

  @Test
  void a_line_drawing_gets_a_plate_and_a_figure_none() throws Exception {
    BufferedImage ring =
        picture(
            g -> {
              g.setColor(Color.RED);
              g.setStroke(new BasicStroke(40));
              g.drawOval(100, 100, 600, 600);
            });
    Workpiece sign = Workpiece.of(Foreground.in(ring, GRID), Sculpting.Form.STANDING);
    assertThat(sign.hasPlate()).isTrue();
    assertThat(parts(sign.shape(), false)).as("no hole").isEqualTo(1);
    Workpiece figure = Workpiece.of(Foreground.in(spider(), GRID), Sculpting.Form.STANDING);
    assertThat(figure.hasPlate()).isFalse();
  }

  @Test
  void the_back_has_neither_relief_nor_picture() throws Exception {
    Picture cat = new Picture(LocalSamples.picture("a cat face", 0), "image/png");
    GlbWriter.Mesh mesh = LocalSamples.mesh(cat, Sculpting.DEFAULT);
    BufferedImage skin = ImageIO.read(new ByteArrayInputStream(mesh.skin()));
    int front = skin.getWidth() * 2 / 3;
    int height = skin.getHeight();
    double ofFront = roughness(skin.getSubimage(0, 0, front, height));
    double ofBack = roughness(skin.getSubimage(front + 1, 1, front / 2 - 2, height / 2 - 2));
    assertThat(ofBack).isLessThan(0.5 * ofFront);
    Foreground drawn = Foreground.in(Foreground.decoded(cat), GRID);
    int[] oneColour = new int[drawn.colour().length];
    Foreground blank = new Foreground(drawn.width(), drawn.height(), drawn.inside(), oneColour);
    Profile profile = profile(drawn);
    assertThat(profile.back()).as("as of a blank figure").isEqualTo(profile(blank).back());
    assertThat(profile.front()).isNotEqualTo(profile(blank).front());
  }

  private static Profile profile(Foreground subject) {
    Sculpting.Form form = Sculpting.Form.STANDING;
    return Profile.of(Workpiece.of(subject, form), form);
  }

  /** Returns the mean difference of the lightness of neighbours. */
  private static double roughness(BufferedImage image) {
    double sum = 0;
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 1; x < image.getWidth(); x++) {
        double left = Tone.lightness(image.getRGB(x - 1, y) & 0xFFFFFF);
        sum += Math.abs(Tone.lightness(image.getRGB(x, y) & 0xFFFFFF) - left);
        count++;
      }
    }
    return sum / count;
  }
}
