package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.json.GuardedJson;
import io.maquette.mesh.edit.EditMesh;
import io.maquette.mesh.edit.EditedGlbWriter;
import io.maquette.mesh.edit.PrintOptions;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.StoredFile;
import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test of the print kit with a file of 5 million faces. It prints time and memory, and needs a heap
 * of 1 GiB.
 */
@Tag("all")
class LargeModelsTest {

  private static final int FACES = 5_000_000;

  @TempDir private Path folder;

  /** Returns a closed, waved torus; its rings and sides have as many faces as are asked for. */
  static EditMesh torus(int faces) {
    int side = (int) Math.sqrt(faces / 2.0);
    float[] positions = new float[3 * side * side];
    int[] corners = new int[6 * side * side];
    int[] colours = new int[2 * side * side];
    int at = 0;
    for (int u = 0; u < side; u++) {
      for (int v = 0; v < side; v++) {
        double around = 2 * Math.PI * u / side;
        double across = 2 * Math.PI * v / side;
        double radius = 12 + 0.5 * Math.sin(20 * around) * Math.sin(10 * across);
        double out = 30 + radius * Math.cos(across);
        int point = u * side + v;
        positions[3 * point] = (float) (out * Math.cos(around));
        positions[3 * point + 1] = (float) (radius * Math.sin(across));
        positions[3 * point + 2] = (float) (out * Math.sin(around));
        int right = (u + 1) % side * side + v;
        int up = u * side + (v + 1) % side;
        int both = (u + 1) % side * side + (v + 1) % side;
        for (int corner : new int[] {point, up, right, right, up, both}) {
          corners[at++] = corner;
        }
        colours[2 * point] = v < side / 2 ? 0xC03020 : 0x2050C0;
        colours[2 * point + 1] = colours[2 * point];
      }
    }
    return new EditMesh(positions, corners, colours);
  }

  @Test
  void five_million_faces_are_repaired_reduced_and_exported() throws Exception {
    Path glb = folder.resolve("large.glb");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(glb))) {
      EditedGlbWriter.write(torus(FACES), out);
    }
    DiskStore store = new DiskStore(folder.resolve("store"));
    StoredFile model;
    try (InputStream content = Files.newInputStream(glb)) {
      model = store.put("a/1", FileType.GLB, content);
    }
    PrintOptions options =
        PrintOptions.of(
            GuardedJson.object(
                "{\"shape\":{\"repair\":\"ALWAYS\",\"faces\":200000},\"base\":{\"kind\":\"CUT_FLAT\"}}"));
    IntactFiles intact = new IntactFiles(store);
    long began = System.nanoTime();
    StoredFile made =
        new PrintKit(store, intact).change(model.key(), model.size(), options, share -> {});
    long changed = System.nanoTime();
    StoredFile stl =
        new Conversions(store, intact).of(made.key(), made.size(), ModelFormat.STL, "large");
    System.out.printf(
        "%,d faces, %d MB: repaired and reduced in %d s, exported in %d s, heap at most %d MB%n",
        FACES,
        model.size() >> 20,
        (changed - began) / 1_000_000_000,
        (System.nanoTime() - changed) / 1_000_000_000,
        peak() >> 20);
    assertThat(stl.size()).isLessThanOrEqualTo(84 + 50 * 200_000).isGreaterThan(50 * 150_000);
    began = System.nanoTime();
    made =
        new PrintKit(store, intact)
            .change(
                model.key(),
                model.size(),
                PrintOptions.of(GuardedJson.object("{\"shape\":{\"faces\":200000}}")),
                share -> {});
    System.out.printf(
        "reduced alone in %d s, heap at most %d MB%n",
        (System.nanoTime() - began) / 1_000_000_000, peak() >> 20);
    assertThat(made.size()).isPositive();
  }

  /** Returns the sum of the largest uses of the parts of the heap, in bytes. */
  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(use -> use.getUsed())
        .sum();
  }
}
