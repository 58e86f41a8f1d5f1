package io.maquette.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measurement of the CPU time and memory of one upload of a large picture, each in its own process
 * with a heap of 512 MiB. It runs by name only:
 *
 * <pre>
 *  mvn test -Dtest=PictureCostTest -Dpicture.cost=true -DargLine=-Xmx3g [-Dpicture.files=FOLDER]
 * </pre>
 */
@EnabledIfSystemProperty(named = "picture.cost", matches = "true")
class PictureCostTest {

  private static final int[][] SIZES = {
    {4032, 3024}, {8064, 6048}, {12_000, 9000}, {16_320, 12_240}
  };

  @TempDir Path folder;

  /** Decodes one file and prints its cost. */
  public static void main(String[] arguments) throws Exception {
    byte[] file = Files.readAllBytes(Path.of(arguments[0]));
    long before = highWater();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    String result;
    try {
      result = ReencodedPicture.of(file).content().length / 1024 + " KiB stored";
    } catch (UnusablePictureException e) {
      result = e.getMessage();
    }
    long millis = (threads.getCurrentThreadCpuTime() - start) / 1_000_000;
    System.out.printf(
        "| %s | %.1f | %.1f | %d | %s |%n",
        Path.of(arguments[0]).getFileName(),
        file.length / 1048576.0,
        millis / 1000.0,
        highWater() - before,
        result);
  }

  /** Returns the peak memory of this process, in MiB. */
  private static long highWater() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / 1024;
    }
  }

  @Test
  void costs_of_large_pictures() throws Exception {
    for (int[] size : SIZES) {
      write(size[0], size[1]);
    }
    List<Path> files = new ArrayList<>();
    for (String each : new String[] {folder.toString(), System.getProperty("picture.files", "")}) {
      if (!each.isEmpty()) {
        try (Stream<Path> found = Files.list(Path.of(each))) {
          found.sorted().forEach(files::add);
        }
      }
    }
    System.out.println(
        "| file | MiB | seconds of CPU | MiB of memory | |\n| --- | ---: | ---: | ---: | --- |");
    for (Path file : files) {
      System.out.println(costOf(file));
    }
  }

  private void write(int width, int height) throws IOException {
    BufferedImage photo = photo(width, height);
    String name = "%03d-megapixels".formatted(Math.round(width / 1e6 * height));
    Files.write(folder.resolve(name + ".jpg"), OddPictures.jpeg(photo, false));
    Files.write(folder.resolve(name + "-progressive.jpg"), OddPictures.jpeg(photo, true));
  }

  /** Creates soft blots of colour, like a photo. */
  private static BufferedImage photo(int width, int height) {
    BufferedImage small = new BufferedImage(width / 16, height / 16, BufferedImage.TYPE_3BYTE_BGR);
    SplittableRandom random = new SplittableRandom(1);
    for (int y = 0; y < small.getHeight(); y++) {
      for (int x = 0; x < small.getWidth(); x++) {
        small.setRGB(x, y, random.nextInt());
      }
    }
    BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = photo.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(small, 0, 0, width, height, null);
    graphics.dispose();
    return photo;
  }

  private static String costOf(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))
                    .replace("\n", File.pathSeparator),
                PictureCostTest.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = output.readLine();
      assertThat(process.waitFor()).as(line).isZero();
      return line;
    }
  }
}
