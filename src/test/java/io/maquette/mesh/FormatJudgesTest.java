package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.Tool;
import io.maquette.mesh.colour.FilamentChoice;
import io.maquette.mesh.colour.FilamentColours;
import io.maquette.studio.LocalSamples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Test of the files for printers and phones by programs of others: PrusaSlicer, lib3mf and the
 * validators of OpenUSD (the Python packages lib3mf 2.5 and usd-core 26.11).
 */
@Tag("slow")
class FormatJudgesTest {

  /** A printer with four extruders (PrusaSlicer's options, 2.5.0). */
  private static final List<String> FOUR_EXTRUDERS =
      List.of(
          "--nozzle-diameter",
          "0.4,0.4,0.4,0.4",
          "--single-extruder-multi-material",
          "--filament-diameter",
          "1.75,1.75,1.75,1.75",
          "--temperature",
          "210,210,210,210",
          "--first-layer-temperature",
          "210,210,210,210");

  /** Prints the number of triangles, of colours in the group, and of warnings of the reader. */
  private static final String READ_3MF =
      """
      import sys, lib3mf
      wrapper = lib3mf.get_wrapper()
      model = wrapper.CreateModel()
      reader = model.QueryReader('3mf')
      reader.SetStrictModeActive(sys.argv[2] == 'strict')
      reader.ReadFromFile(sys.argv[1])
      objects = model.GetMeshObjects()
      objects.MoveNext()
      mesh = objects.GetCurrentMeshObject()
      groups = model.GetColorGroups()
      groups.MoveNext()
      print(mesh.GetTriangleCount(), groups.GetCurrentColorGroup().GetCount(),
            mesh.IsManifoldAndOriented(), objects.Count())
      """;

  /** Prints the findings of all validators, and the size. */
  private static final String CHECK_USDZ =
      """
      import sys
      from pxr import Usd, UsdGeom, UsdValidation
      stage = Usd.Stage.Open(sys.argv[1])
      validators = UsdValidation.ValidationRegistry().GetOrLoadAllValidators()
      for error in UsdValidation.ValidationContext(validators).Validate(stage):
          print(error.GetName(), error.GetMessage())
      box = UsdGeom.BBoxCache(Usd.TimeCode.Default(), ['default'])
      size = box.ComputeWorldBound(stage.GetPseudoRoot()).GetRange().GetSize()
      print(UsdGeom.GetStageUpAxis(stage), UsdGeom.GetStageMetersPerUnit(stage),
            *(round(1000 * side) for side in size))
      """;

  private static final double STEADY = 6;
  private static final double CONTACT = 100;

  @TempDir private Path folder;

  private static Surface surface(String sentence, int style) throws IOException {
    return GlbReader.read(
        new ByteArrayInputStream(LocalSamples.smallModel(LocalSamples.picture(sentence, style))));
  }

  private Path written(Surface surface, ModelFormat format) throws IOException {
    Path file = folder.resolve("model." + format.id());
    try (OutputStream out = Files.newOutputStream(file)) {
      format.write(surface, "model", out);
    }
    return file;
  }

  private Path painted(Surface surface, FilamentChoice filaments) throws IOException {
    Path file = folder.resolve("painted.3mf");
    try (OutputStream out = Files.newOutputStream(file)) {
      ThreeMfWriter.write(
          surface, FilamentColours.of(FaceColours.of(surface), filaments), new byte[0], out);
    }
    return file;
  }

  private GcodeModel sliced(Path model, List<String> options) throws Exception {
    Path gcode = folder.resolve("model.gcode");
    List<String> command = new ArrayList<>();
    command.add(Tool.PRUSA_SLICER.require().toString());
    command.addAll(List.of("--datadir", folder.toString(), "--export-gcode", "--skirts", "0"));
    command.addAll(options);
    command.addAll(List.of("--output", gcode.toString(), model.toString()));
    run(command);
    return new GcodeModel(Files.readAllLines(gcode));
  }

  private String python(Tool tool, String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool.require().toString(), "-c", script));
    command.addAll(List.of(arguments));
    return run(command).strip();
  }

  private String run(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output;
    try (InputStream out = process.getInputStream()) {
      output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void the_slicer_prints_a_painted_3mf_with_all_filaments_and_a_plain_one_with_one()
      throws Exception {
    Surface surface = surface("一只戴帽子的小猫", 0);
    assertThat(sliced(painted(surface, FilamentChoice.of(4)), FOUR_EXTRUDERS).tools())
        .containsExactlyInAnyOrder("T0", "T1", "T2", "T3");
    assertThat(sliced(written(surface, ModelFormat.THREE_MF), FOUR_EXTRUDERS).tools())
        .hasSizeLessThan(2);
  }

  @Test
  void lib3mf_reads_all_triangles_and_colours_of_both_3mf_files() throws Exception {
    Surface surface = surface("a red dragon", 1);
    String painted = painted(surface, FilamentChoice.of(3)).toString();
    assertThat(python(Tool.LIB3MF, READ_3MF, painted, "tolerant"))
        .isEqualTo(surface.faceCount() + " 3 True 1");
    int colours = (int) Arrays.stream(surface.cornerColours()).distinct().count();
    String plain = written(surface, ModelFormat.THREE_MF).toString();
    assertThat(python(Tool.LIB3MF, READ_3MF, plain, "strict"))
        .isEqualTo(surface.faceCount() + " " + colours + " True 1");
  }

  @Test
  void the_validators_of_openusd_find_nothing_and_see_the_real_size() throws Exception {
    Surface surface = surface("a golden owl", 0);
    StringBuilder size = new StringBuilder("Y 1.0");
    for (int axis = 0; axis < 3; axis++) {
      float[] extent = surface.extent(axis);
      size.append(' ').append(Math.round(extent[1] - extent[0]));
    }
    String usdz = written(surface, ModelFormat.USDZ).toString();
    assertThat(python(Tool.USD_CORE, CHECK_USDZ, usdz)).isEqualTo(size.toString());
  }

  static List<String> sentences() {
    return LocalSamples.GALLERY;
  }

  @Tag("all")
  @ParameterizedTest
  @MethodSource("sentences")
  void a_sliced_model_of_the_gallery_stands_on_its_first_layer(String sentence) throws Exception {
    Surface surface = surface(sentence, LocalSamples.GALLERY.indexOf(sentence) % 4);
    GcodeModel print = sliced(written(surface, ModelFormat.STL), List.of());
    assertThat(print.contact()).as("first layer in mm²").isGreaterThan(CONTACT);
    assertThat(print.tipping()).as("tipping angle").isGreaterThan(STEADY);
  }
}
