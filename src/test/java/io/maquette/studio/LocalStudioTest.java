package io.maquette.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.maquette.mesh.GlbSurface;
import io.maquette.mesh.ModelFactsReader;
import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Picture;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Remark;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test of the default studio's real output: four pictures and a printable solid. */
@Tag("slow")
class LocalStudioTest {

  private static final List<String> PROMPTS =
      List.of(
          "一只戴帽子的小猫",
          "a red dragon and two robots 🤖",
          "xyzzy",
          "金色的猫头鹰",
          "<b>bold</b>",
          "月亮下的城堡",
          "王冠");

  static Picture draw(String prompt, int index) throws ProviderException {
    String variant = new LocalPromptVariants().variantsOf(prompt).get(index);
    return new LocalImageProvider()
        .generate(new ImageRequest(variant, index, Duration.ofSeconds(30)))
        .picture();
  }

  static byte[] model(Picture picture) throws ProviderException {
    return model(picture, Sculpting.DEFAULT);
  }

  static byte[] model(Picture picture, Sculpting sculpting) throws ProviderException {
    LocalModelProvider provider =
        new LocalModelProvider(Runnable::run, Clock.systemUTC(), sculpting);
    JobState state = provider.query(provider.submit(new ModelRequest(picture, "x")).jobId());
    if (state.problem() != null) {
      throw state.problem();
    }
    try (InputStream file = state.result().open()) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BufferedImage read(Picture picture) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(picture.content()));
  }

  @Test
  void four_different_variants_keep_the_users_words_and_language() {
    List<String> chinese = new LocalPromptVariants().variantsOf("一只猫");
    List<String> english = new LocalPromptVariants().variantsOf("a cat");
    assertThat(chinese).hasSize(4).doesNotHaveDuplicates().allMatch(v -> v.startsWith("一只猫，"));
    assertThat(english).hasSize(4).doesNotHaveDuplicates().allMatch(v -> v.startsWith("a cat, "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"一只可爱的小猫", "a red dragon", "xyzzy"})
  void the_four_pictures_are_visibly_different(String prompt) throws Exception {
    List<BufferedImage> pictures = new ArrayList<>();
    for (int index = 0; index < 4; index++) {
      Picture picture = draw(prompt, index);
      assertThat(picture.mediaType()).isEqualTo("image/png");
      BufferedImage image = read(picture);
      assertThat(image.getWidth()).isEqualTo(1024);
      assertThat(image.getHeight()).isEqualTo(1024);
      for (BufferedImage earlier : pictures) {
        assertThat(shareOfDifferentPixels(image, earlier)).isGreaterThan(0.05);
      }
      pictures.add(image);
    }
  }

  private static double shareOfDifferentPixels(BufferedImage one, BufferedImage other) {
    int different = 0;
    for (int y = 0; y < 1024; y += 4) {
      for (int x = 0; x < 1024; x += 4) {
        Color a = new Color(one.getRGB(x, y));
        Color b = new Color(other.getRGB(x, y));
        int distance =
            Math.abs(a.getRed() - b.getRed())
                + Math.abs(a.getGreen() - b.getGreen())
                + Math.abs(a.getBlue() - b.getBlue());
        different += distance > 40 ? 1 : 0;
      }
    }
    return different / (256.0 * 256.0);
  }

  @Test
  void the_same_words_give_the_same_picture_and_other_words_another() throws Exception {
    assertThat(draw("a cat", 1).content()).isEqualTo(draw("a cat", 1).content());
    assertThat(draw("a cat", 1).content()).isNotEqualTo(draw("a dog", 1).content());
  }

  @Test
  void the_same_picture_gives_the_same_model() throws Exception {
    assertThat(model(draw("a cat", 2))).isEqualTo(model(draw("a cat", 2)));
  }

  @Test
  void a_picture_is_drawn_in_time_on_one_core() throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    int rounds = 5;
    long slowest = 0;
    for (int index = 0; index < 4; index++) {
      draw("a red dragon and a blue robot", index); // warms up the compiler
      long before = threads.getCurrentThreadCpuTime();
      for (int round = 0; round < rounds; round++) {
        draw("a red dragon and a blue robot", index);
      }
      slowest = Math.max(slowest, (threads.getCurrentThreadCpuTime() - before) / rounds);
    }
    System.out.println("a picture: " + Duration.ofNanos(slowest).toMillis() + " ms");
    assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(300));
  }

  @Test
  void an_unknown_subject_becomes_an_ornament_with_a_remark() throws Exception {
    assertThat(drawing("blorptang xyzzy").remark()).isEqualTo(Remark.UNKNOWN_SUBJECT);
    assertThat(drawing("a cat").remark()).isNull();
    assertThat(drawing("a knight holding a sword").remark()).isEqualTo(Remark.UNKNOWN_WORDS);
    assertThat(drawing("a Glorbnax with frobs").remark()).isEqualTo(Remark.UNKNOWN_SUBJECT);
    assertThat(drawing("卡皮巴拉").remark()).isEqualTo(Remark.UNKNOWN_SUBJECT);
    assertThat(draw("blorptang", 0).content()).isNotEqualTo(draw("xyzzy", 0).content());
  }

  @Test
  void a_seed_gives_another_ornament_and_the_same_seed_the_same() throws Exception {
    byte[] first = withSeed(1);
    assertThat(withSeed(1)).isEqualTo(first);
    assertThat(withSeed(2)).isNotEqualTo(first);
    assertThat(draw("xyzzy", 0).content()).isNotEqualTo(first);
  }

  private static byte[] withSeed(long seed) throws ProviderException {
    ImageOptions options =
        new ImageOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(seed));
    return new LocalImageProvider()
        .generate(new ImageRequest("xyzzy", 0, Duration.ofSeconds(30), address -> {}, options))
        .picture()
        .content();
  }

  private static GeneratedPicture drawing(String prompt) throws ProviderException {
    return new LocalImageProvider().generate(new ImageRequest(prompt, 0, Duration.ofSeconds(30)));
  }

  @Test
  void the_named_colour_is_the_colour_of_the_picture() throws Exception {
    assertThat(redness(draw("a red elephant", 0))).isGreaterThan(0.8);
    assertThat(redness(draw("一只红色的大象", 1))).isGreaterThan(0.8);
    assertThat(redness(draw("a blue elephant", 0))).isLessThan(0.2);
  }

  /**
   * Returns the share of pixels that are redder than blue and green, without background and black.
   */
  private static double redness(Picture picture) throws IOException {
    BufferedImage image = read(picture);
    int red = 0;
    int all = 0;
    for (int y = 0; y < 1024; y += 8) {
      for (int x = 0; x < 1024; x += 8) {
        Color colour = new Color(image.getRGB(x, y));
        int brightest = Math.max(colour.getRed(), Math.max(colour.getGreen(), colour.getBlue()));
        int darkest = Math.min(colour.getRed(), Math.min(colour.getGreen(), colour.getBlue()));
        if (brightest - darkest > 40) {
          all++;
          red += colour.getRed() == brightest && colour.getRed() > colour.getBlue() + 40 ? 1 : 0;
        }
      }
    }
    assertThat(all).isPositive();
    return (double) red / all;
  }

  static Stream<Arguments> everyPromptAndPicture() {
    return PROMPTS.stream()
        .flatMap(prompt -> Stream.of(0, 1, 2, 3).map(index -> Arguments.of(prompt, index)));
  }

  @ParameterizedTest
  @MethodSource("everyPromptAndPicture")
  void a_picture_becomes_a_closed_solid_of_the_right_size(String prompt, int index)
      throws Exception {
    assertSolid(model(draw(prompt, index)));
  }

  private static void assertSolid(byte[] glb) throws IOException {
    assertSolid(glb, Sculpting.DEFAULT.form());
  }

  private static void assertSolid(byte[] glb, Sculpting.Form form) throws IOException {
    GlbSurface surface = GlbSurface.of(glb);
    surface.assertClosed();
    assertThat(surface.volume()).isPositive();
    assertThat(Math.max(surface.extent(0), surface.extent(1)))
        .isCloseTo(form.longestSide(), within(1e-4));
    assertThat(surface.extent(2)).isGreaterThan(0.0005);
    assertThat(surface.bottom()).isBetween(-1e-6, 1e-6);
    ModelFactsReader.Facts facts = ModelFactsReader.read(new ByteArrayInputStream(glb));
    assertThat(facts)
        .isEqualTo(new ModelFactsReader.Facts(surface.faceCount(), surface.vertexCount()));
  }

  static Picture picture(int width, int height, int type, Consumer<Graphics2D> drawing)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    drawing.accept(graphics);
    graphics.dispose();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ImageIO.write(image, "png", content);
    return new Picture(content.toByteArray(), "image/png");
  }

  static Stream<Arguments> awkwardPictures() {
    return Stream.of(
        Arguments.of(
            "a ring",
            (Consumer<Graphics2D>)
                g -> {
                  g.setColor(Color.WHITE);
                  g.fillRect(0, 0, 400, 300);
                  g.setColor(Color.BLUE);
                  g.fillOval(50, 20, 260, 260);
                  g.setColor(Color.WHITE);
                  g.fillOval(110, 80, 140, 140);
                }),
        Arguments.of(
            "two parts",
            (Consumer<Graphics2D>)
                g -> {
                  g.setColor(Color.RED);
                  g.fillRect(10, 10, 80, 80);
                  g.fillRect(200, 100, 150, 150);
                }),
        Arguments.of(
            "a chequered board, whose squares touch by their corners",
            (Consumer<Graphics2D>)
                g -> {
                  g.setColor(Color.ORANGE);
                  for (int i = 0; i < 40; i++) {
                    for (int j = i % 2; j < 30; j += 2) {
                      g.fillRect(i * 10, j * 10, 10, 10);
                    }
                  }
                }),
        Arguments.of(
            "something that reaches the border",
            (Consumer<Graphics2D>)
                g -> {
                  g.setColor(Color.GREEN);
                  g.fillRect(0, 120, 400, 30);
                }),
        Arguments.of(
            "a thin line",
            (Consumer<Graphics2D>)
                g -> {
                  g.setColor(Color.GREEN);
                  g.fillRect(20, 120, 300, 4);
                }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("awkwardPictures")
  void a_difficult_picture_becomes_a_solid(String name, Consumer<Graphics2D> drawing)
      throws Exception {
    assertSolid(model(picture(400, 300, BufferedImage.TYPE_INT_RGB, drawing)));
    assertSolid(
        model(
            picture(
                400,
                300,
                BufferedImage.TYPE_INT_ARGB,
                g -> {
                  g.setColor(Color.PINK);
                  g.fillOval(30, 30, 200, 100);
                })));
  }

  @ParameterizedTest
  @EnumSource(Sculpting.Form.class)
  void every_form_is_a_solid_of_about_the_requested_faces(Sculpting.Form form) throws Exception {
    for (int faces : new int[] {20_000, 100_000}) {
      byte[] glb = model(draw("a red dragon", 1), new Sculpting(form, faces));
      assertSolid(glb, form);
      assertThat(GlbSurface.of(glb).faceCount()).isBetween(faces * 8 / 10, faces * 11 / 10);
    }
  }

  @Test
  void a_flat_back_is_flat_and_a_lithophane_is_thin_where_the_picture_is_light() throws Exception {
    Picture half =
        picture(
            400,
            300,
            BufferedImage.TYPE_INT_RGB,
            g -> {
              g.setColor(Color.WHITE);
              g.fillRect(0, 0, 400, 300);
              g.setColor(Color.BLACK);
              g.fillRect(50, 50, 150, 200);
            });
    GlbWriter.Mesh flat = LocalSamples.mesh(half, new Sculpting(Sculpting.Form.FLAT, 60_000));
    float[] positions = flat.positions();
    for (int z = 2; z < positions.length; z += 3) {
      assertThat(positions[z]).isNotNegative();
    }
    GlbSurface lithophane =
        GlbSurface.of(model(half, new Sculpting(Sculpting.Form.LITHOPHANE, 60_000)));
    assertThat(lithophane.extent(2)).as("black").isBetween(0.0031, 0.0033);
    double meanThickness = lithophane.volume() / (0.08 * 0.06);
    assertThat(meanThickness).as("a quarter is black").isBetween(0.00135, 0.00145);
  }

  @Test
  void a_background_may_change_from_one_side_to_the_other() throws Exception {
    Picture picture =
        picture(
            400,
            400,
            BufferedImage.TYPE_INT_RGB,
            g -> {
              g.setPaint(
                  new java.awt.GradientPaint(
                      0, 0, new Color(0x7090B0), 0, 400, new Color(0xC0D8F0)));
              g.fillRect(0, 0, 400, 400);
              g.setColor(new Color(0xB03020));
              g.fillOval(100, 100, 200, 200);
            });
    Foreground found = Foreground.in(Foreground.decoded(picture), 200);
    assertThat(found.cells()).isBetween(7_700, 8_000); // a circle of 100 cells
  }

  @Test
  void the_finest_model_is_made_in_time_on_one_core() throws Exception {
    Picture picture = draw("一只可爱的小猫", 1);
    Sculpting finest = new Sculpting(Sculpting.Form.ROUND, 1_000_000); // 512 cells
    model(picture, finest); // warms up the compiler
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    model(picture, finest);
    Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    System.out.println("a model of 512 cells: " + took.toMillis() + " ms");
    assertThat(took).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void a_picture_without_a_subject_is_refused() throws Exception {
    for (Picture nothing :
        List.of(
            picture(1, 1, BufferedImage.TYPE_INT_RGB, g -> {}),
            picture(300, 300, BufferedImage.TYPE_INT_RGB, g -> {}),
            picture(300, 300, BufferedImage.TYPE_INT_ARGB, g -> {}),
            new Picture(new byte[0], "image/png"),
            new Picture(
                "not a picture".getBytes(java.nio.charset.StandardCharsets.UTF_8), "image/png"))) {
      assertThatThrownBy(() -> model(nothing))
          .isInstanceOfSatisfying(
              ProviderException.class, e -> assertThat(e.problem()).isEqualTo(Problem.REFUSED));
    }
  }

  @Test
  void a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded() throws Exception {
    byte[] content = picture(8, 8, BufferedImage.TYPE_INT_RGB, g -> {}).content();
    ByteBuffer.wrap(content).putInt(16, 60_000).putInt(20, 60_000); // width, height in IHDR
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(content, 12, 17);
    ByteBuffer.wrap(content).putInt(29, (int) crc.getValue());
    assertThatThrownBy(() -> model(new Picture(content, "image/png")))
        .hasMessageContaining("too large");
  }

  // The provider's jobs

  private static final class Later {
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;

    LocalModelProvider provider() {
      return new LocalModelProvider(queue::add, clock(), Sculpting.DEFAULT);
    }

    Clock clock() {
      return new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public java.time.ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }
      };
    }

    void runAll() {
      while (!queue.isEmpty()) {
        queue.remove().run();
      }
    }
  }

  @Test
  void a_job_waits_then_runs_then_is_done() throws Exception {
    Later later = new Later();
    LocalModelProvider provider = later.provider();
    Picture picture = draw("a cat", 0);
    String job = provider.submit(new ModelRequest(picture, "a cat")).jobId();
    assertThat(provider.query(job).phase()).isEqualTo(JobState.Phase.WAIT);
    later.runAll();
    JobState done = provider.query(job);
    assertThat(done.phase()).isEqualTo(JobState.Phase.DONE);
    assertThat(done.progress()).isEqualTo(100);
    try (InputStream content = done.result().open()) {
      assertThat(content.readAllBytes()).isEqualTo(model(picture));
    }
  }

  @Test
  void a_form_and_a_number_of_faces_replace_those_of_the_settings() throws Exception {
    Picture picture = draw("a cat", 0);
    ModelOptions relief =
        new ModelOptions(
            Optional.of(20_000),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("relief"));
    LocalModelProvider provider =
        new LocalModelProvider(Runnable::run, Clock.systemUTC(), Sculpting.DEFAULT);
    String job = provider.submit(new ModelRequest(picture, "a cat", relief)).jobId();
    try (InputStream content = provider.query(job).result().open()) {
      assertThat(content.readAllBytes())
          .isEqualTo(model(picture, new Sculpting(Sculpting.Form.RELIEF, 20_000)));
    }
  }

  @Test
  void no_more_jobs_run_at_once_than_configured() throws Exception {
    Later later = new Later();
    LocalModelProvider provider = later.provider();
    for (int i = 0; i < 5; i++) {
      provider.submit(new ModelRequest(draw("a cat", 0), "a cat"));
    }
    assertThat(later.queue).hasSize(LocalModelProvider.AT_ONCE);
    later.runAll();
  }

  @Test
  void a_job_that_cannot_be_done_fails_with_its_reason() throws Exception {
    Later later = new Later();
    LocalModelProvider provider = later.provider();
    String job =
        provider.submit(new ModelRequest(new Picture(new byte[3], "image/png"), "x")).jobId();
    later.runAll();
    assertThat(provider.query(job).phase()).isEqualTo(JobState.Phase.FAIL);
    assertThat(provider.query(job).problem().problem()).isEqualTo(Problem.REFUSED);
  }

  @Test
  void a_cancelled_or_unknown_job_is_lost() throws Exception {
    Later later = new Later();
    LocalModelProvider provider = later.provider();
    String job = provider.submit(new ModelRequest(draw("a cat", 0), "a cat")).jobId();
    provider.cancel(job);
    later.runAll();
    assertThatThrownBy(() -> provider.query(job)).isInstanceOf(JobLostException.class);
    assertThatThrownBy(() -> provider.query("never")).isInstanceOf(JobLostException.class);
  }

  @Test
  void results_that_are_not_fetched_are_deleted() throws Exception {
    Later later = new Later();
    LocalModelProvider provider = later.provider();
    Picture picture =
        picture(60, 60, BufferedImage.TYPE_INT_RGB, drawing -> drawing.fillOval(10, 10, 40, 40));
    List<String> finished = new ArrayList<>();
    for (int i = 0; i < LocalModelProvider.MAX_FINISHED + 2; i++) {
      finished.add(provider.submit(new ModelRequest(picture, "a cat")).jobId());
      later.runAll();
    }
    assertThatThrownBy(() -> provider.query(finished.get(0))).isInstanceOf(JobLostException.class);
    String last = finished.get(finished.size() - 1);
    assertThat(provider.query(last).phase()).isEqualTo(JobState.Phase.DONE);
    later.now = Instant.EPOCH.plus(LocalModelProvider.KEPT).plusSeconds(1);
    assertThatThrownBy(() -> provider.query(last)).isInstanceOf(JobLostException.class);
  }
}
