package io.maquette.mesh;

import io.maquette.mesh.edit.EditedGlbWriter;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.StoredFile;
import io.maquette.studio.LocalSamples;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Measurement of the built-in studio and of the conversions, on one thread. It is no test: {@code
 * docs/performance.md} has the command.
 */
public final class FilesBenchmark {

  private static final int PICTURES = 4;
  private static final int FACES = 500_000;
  private static final int RUNS = 5;

  private FilesBenchmark() {}

  private interface Step {
    void run() throws Exception;
  }

  /** Prints a table of times and memory. */
  public static void main(String[] arguments) throws Exception {
    List<String> prompts = LocalSamples.GALLERY.subList(0, 12);
    pictures(prompts); // compiles
    print("four pictures of the studio", pictures(prompts));
    List<byte[]> first = prompts.stream().map(prompt -> LocalSamples.picture(prompt, 0)).toList();
    models(first);
    print("model of the studio", models(first));
    conversions();
  }

  private static List<Long> pictures(List<String> prompts) throws Exception {
    List<Long> millis = new ArrayList<>();
    for (String prompt : prompts) {
      millis.add(
          time(
              () -> {
                for (int i = 0; i < PICTURES; i++) {
                  LocalSamples.picture(prompt, i);
                }
              }));
    }
    return millis;
  }

  private static List<Long> models(List<byte[]> pictures) throws Exception {
    List<Long> millis = new ArrayList<>();
    for (byte[] picture : pictures) {
      millis.add(time(() -> LocalSamples.model(picture)));
    }
    return millis;
  }

  private static void conversions() throws Exception {
    Path folder = Files.createTempDirectory("files-benchmark");
    DiskStore store = new DiskStore(folder);
    Path glb = folder.resolve("torus.glb");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(glb))) {
      EditedGlbWriter.write(LargeModelsTest.torus(FACES), out);
    }
    for (ModelFormat format : ModelFormat.values()) {
      List<Long> millis = new ArrayList<>();
      long memory = 0;
      for (int run = 0; run <= RUNS; run++) {
        StoredFile model;
        try (InputStream content = Files.newInputStream(glb)) {
          model = store.put("run/" + format.id() + run, FileType.GLB, content);
        }
        Conversions conversions = new Conversions(store, new IntactFiles(store));
        System.gc();
        long before = peak(true);
        long took = time(() -> conversions.of(model.key(), model.size(), format, "torus"));
        if (run > 0) { // the first one compiles
          millis.add(took);
          memory = Math.max(memory, peak(false) - before);
        }
      }
      print(
          String.format(
              Locale.ROOT,
              "%,d faces as %s, at most %d MiB of heap",
              FACES,
              format.id(),
              memory >> 20),
          millis);
    }
  }

  /** Returns the largest use of the heap since the last reset, in bytes. */
  private static long peak(boolean reset) {
    long sum = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        if (reset) {
          pool.resetPeakUsage();
        }
        sum += pool.getPeakUsage().getUsed();
      }
    }
    return sum;
  }

  private static long time(Step step) throws Exception {
    long began = System.nanoTime();
    step.run();
    return (System.nanoTime() - began) / 1_000_000;
  }

  private static void print(String what, List<Long> millis) {
    Collections.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d ms | %d ms |%n",
        what,
        millis.get(millis.size() / 2),
        millis.get(millis.size() - 1));
  }
}
