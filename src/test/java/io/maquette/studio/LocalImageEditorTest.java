package io.maquette.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.provider.EditRequest;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test of the studio's picture edits, with instructions in two languages. */
@Tag("slow")
class LocalImageEditorTest {

  private static final int BLUE = 0x3F77C4;
  private static final int RED = 0xD9443A;
  private static final int GREEN = 0x55A35A;
  private static final int WHITE = 0xDDD8CF;

  private final LocalImageEditor editor = new LocalImageEditor();

  /** Draws a yellow ball with a green dot, lit from above, on light grey. */
  private static byte[] ball() throws IOException {
    BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(0xE8E8E6));
    graphics.fillRect(0, 0, 640, 480);
    for (int y = 60; y < 420; y++) {
      graphics.setColor(Color.getHSBColor(0.13f, 0.8f, 1 - (y - 60) / 700f));
      int half = (int) Math.sqrt(180 * 180 - (y - 240) * (y - 240));
      graphics.fillRect(320 - half, y, 2 * half, 1);
    }
    graphics.setColor(new Color(0x30A040));
    graphics.fillOval(290, 210, 60, 60);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private BufferedImage edited(byte[] picture, String instruction) throws Exception {
    Picture made =
        editor
            .edit(
                new EditRequest(
                    new Picture(picture, "image/png"), instruction, Duration.ofSeconds(20)))
            .picture();
    assertThat(made.mediaType()).isEqualTo("image/png");
    return ImageIO.read(new ByteArrayInputStream(made.content()));
  }

  private static float hue(BufferedImage image, double x, double y) {
    return Tone.hsb(at(image, x, y))[0];
  }

  private static int at(BufferedImage image, double x, double y) {
    return image.getRGB((int) (x * image.getWidth()), (int) (y * image.getHeight()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"make it blue", "换成蓝色", "把黄色改成蓝色", "from yellow to blue, please"})
  void the_main_colour_is_replaced_and_shading_stays(String instruction) throws Exception {
    BufferedImage image = edited(ball(), instruction);
    assertThat(Math.max(image.getWidth(), image.getHeight())).isEqualTo(1024);
    assertThat(Tone.hueDistance(hue(image, 0.5, 0.25), Tone.hsb(BLUE)[0])).isLessThan(0.04);
    double above = Tone.lightness(at(image, 0.5, 0.2) & 0xFFFFFF);
    double below = Tone.lightness(at(image, 0.5, 0.8) & 0xFFFFFF);
    assertThat(above).isGreaterThan(below + 0.1);
    assertThat(hue(image, 0.5, 0.5)).as("the dot").isBetween(0.3f, 0.45f);
    assertThat(at(image, 0.02, 0.02) & 0xFFFFFF).as("the background").isEqualTo(0xE8E8E6);
  }

  @ParameterizedTest
  @CsvSource({
    "on a blue background, 3F77C4",
    "背景改成蓝色, 3F77C4",
    "把白色背景换成红色, D9443A",
    "change the background from white to green, 55A35A"
  })
  void the_background_gets_another_colour_and_the_rest_stays(String instruction, String rgb)
      throws Exception {
    BufferedImage image = edited(ball(), instruction);
    assertThat(at(image, 0.02, 0.02) & 0xFFFFFF).isEqualTo(Integer.parseInt(rgb, 16));
    assertThat(hue(image, 0.5, 0.25)).as("the ball").isBetween(0.1f, 0.16f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"remove the background", "transparent background", "去掉背景", "背景透明"})
  void the_background_is_removed(String instruction) throws Exception {
    BufferedImage image = edited(ball(), instruction);
    assertThat(at(image, 0.02, 0.02) >>> 24).isZero();
    assertThat(at(image, 0.5, 0.25) >>> 24).isEqualTo(255);
  }

  @Test
  void each_part_of_an_instruction_is_applied() {
    Alteration wish = Alteration.of("小猫换成蓝色，帽子换成红色，背景换成白色");
    assertThat(wish.colours()).containsExactly(BLUE, RED);
    assertThat(wish.background()).isEqualTo(WHITE);
    wish = Alteration.of("make it red on a green background and in clay");
    assertThat(wish.colours()).containsExactly(RED);
    assertThat(wish.background()).isEqualTo(GREEN);
    assertThat(wish.style()).isEqualTo(Style.CLAY);
    assertThat(Alteration.of("变成木头的").material()).isEqualTo(Material.WOOD);
  }

  @Test
  void each_style_and_material_changes_the_picture() throws Exception {
    Set<Integer> seen = new HashSet<>();
    for (String instruction :
        new String[] {"扁平风格", "clay", "浮雕", "low poly", "made of gold", "木头", "换成蓝色, 浮雕"}) {
      BufferedImage image = edited(LocalSamples.picture("一只猫", 0), instruction);
      assertThat(image.getWidth()).isEqualTo(1024);
      int[] pixels = image.getRGB(0, 0, 1024, 1024, null, 0, 1024);
      assertThat(seen.add(java.util.Arrays.hashCode(pixels))).as(instruction).isTrue();
    }
  }

  @Test
  void the_same_instruction_gives_the_same_picture() throws Exception {
    byte[] cat = LocalSamples.picture("一只猫", 1);
    BufferedImage one = edited(cat, "low poly, 蓝色");
    BufferedImage other = edited(cat, "low poly, 蓝色");
    assertThat(one.getRGB(0, 0, 1024, 1024, null, 0, 1024))
        .isEqualTo(other.getRGB(0, 0, 1024, 1024, null, 0, 1024));
  }

  @Test
  void an_unknown_instruction_is_refused_with_examples() throws Exception {
    byte[] ball = ball();
    for (String instruction : new String[] {"give it a bigger smile", "转过身去", "background"}) {
      assertThatThrownBy(() -> edited(ball, instruction))
          .isInstanceOfSatisfying(
              ProviderException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REFUSED))
          .hasMessageContaining("background");
    }
  }

  @Test
  void an_edit_is_fast_and_needs_no_key() throws Exception {
    byte[] cat = LocalSamples.picture("一只猫", 1);
    edited(cat, "蓝色");
    assertThat(editor.costs()).isFalse();
    long start = System.nanoTime();
    edited(cat, "blue, on a white background, low poly");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }
}
