package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.maquette.json.GuardedJson;
import io.maquette.mesh.edit.PrintOptions;
import io.maquette.storage.DerivedFiles;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Test of the print kit on files as providers send them. */
@Tag("slow")
class PrintKitTest {

  private static final List<String> OPTIONS =
      List.of(
          "{}",
          "{'size':{'kind':'HEIGHT','millimetres':60}}",
          "{'size':{'kind':'WIDTH','millimetres':60}}",
          "{'size':{'kind':'FIT','plateWidth':120,'plateDepth':120,'plateHeight':120}}",
          "{'orientation':{'kind':'FLATTEST'}}",
          "{'orientation':{'kind':'LEAST_OVERHANG'}}",
          "{'orientation':{'kind':'FACE_DOWN','x':1}}",
          "{'base':{'kind':'CUT_FLAT'},'shape':{'samples':64},'size':{'kind':'HEIGHT','millimetres':60}}",
          "{'base':{'kind':'DISC'},'shape':{'samples':64},'size':{'kind':'HEIGHT','millimetres':60}}",
          "{'base':{'kind':'PLATE'},'shape':{'samples':64},'size':{'kind':'HEIGHT','millimetres':60}}",
          "{'hollow':{'wall':2},'shape':{'samples':64},'size':{'kind':'HEIGHT','millimetres':60}}",
          "{'shape':{'repair':'ALWAYS','samples':64}}",
          "{'shape':{'faces':100}}",
          "{'shape':{'parts':'APART'}}",
          "{'shape':{'parts':'JOINED','samples':64}}");

  @TempDir private Path folder;
  private final String scope = UUID.randomUUID() + "/3";

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/test/resources/models/" + name + ".glb"));
  }

  static Stream<Arguments> samples() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (String name : List.of("textured", "plain", "quantized", "meshopt-quantize")) {
      byte[] glb = name.equals("textured") ? ModelFormatTest.providers() : sample(name);
      OPTIONS.forEach(options -> all.add(Arguments.of(name, options.replace('\'', '"'), glb)));
    }
    return all.stream();
  }

  private static PrintOptions options(String json) {
    return PrintOptions.of(GuardedJson.object(json));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("samples")
  void every_option_works_on_a_file_of_a_provider(String name, String json, byte[] glb)
      throws Exception {
    DiskStore store = new DiskStore(folder);
    StoredFile model = store.put(scope, FileType.GLB, new ByteArrayInputStream(glb));
    List<Double> shares = new ArrayList<>();
    StoredFile made =
        new PrintKit(store, new IntactFiles(store))
            .change(model.key(), model.size(), options(json), shares::add);
    assertThat(shares).isSorted().isNotEmpty().allMatch(share -> share >= 0 && share <= 1);
    Printability report =
        new Conversions(store, new IntactFiles(store)).printability(made.key(), made.size());
    assertThat(report.shell().faces()).isPositive();
    PrintOptions options = options(json);
    if (options.size().kind() == PrintOptions.SizeKind.HEIGHT) {
      assertThat(report.extent().height()).isCloseTo(60, within(0.1));
    }
    if (options.shape().repair() == PrintOptions.RepairKind.ALWAYS
        || options.base().kind() != PrintOptions.BaseKind.NONE
        || options.hollow().wall() > 0) {
      assertThat(report.shell().closed()).isTrue();
    }
    if (options.shape().faces() > 0) {
      assertThat(report.shell().faces()).isLessThanOrEqualTo(100);
    }
    assertThat(store.open(model.key(), 0)).hasBinaryContent(glb);
  }

  @Test
  void a_result_keeps_the_colours_and_is_deleted_with_its_model() throws Exception {
    DiskStore store = new DiskStore(folder);
    StoredFile model =
        store.put(scope, FileType.GLB, new ByteArrayInputStream(ModelFormatTest.providers()));
    PrintKit kit = new PrintKit(store, new IntactFiles(store));
    StoredFile made = kit.change(model.key(), model.size(), PrintOptions.NONE, share -> {});
    StoredFile again = kit.change(model.key(), model.size(), PrintOptions.NONE, share -> {});
    assertThat(again.key()).isNotEqualTo(made.key());
    assertThat(made.key()).hasSizeLessThanOrEqualTo(190);
    Conversions conversions = new Conversions(store, new IntactFiles(store));
    StoredFile stl = conversions.of(made.key(), made.size(), ModelFormat.STL, "model");
    assertThat(stl.size()).isEqualTo(84 + 50 * 24);
    assertThat(DerivedFiles.originOf(made.key())).isEqualTo(model.key());
    assertThat(DerivedFiles.originOf(stl.key())).isEqualTo(model.key());
    Surface surface = GlbReader.read(store.open(made.key(), 0));
    assertThat(PrintKit.editable(surface).colours()).contains(0xFF0000, 0x0000FF);

    DerivedFiles.deleteOf(store, made.key());
    assertThat(DerivedFiles.find(store, made.key(), FileType.STL)).isEmpty();
    conversions.of(made.key(), made.size(), ModelFormat.STL, "model");
    assertThat(DerivedFiles.find(store, model.key(), FileType.STL)).isEmpty();
    DerivedFiles.deleteOf(store, model.key());
    store.delete(model.key());
    assertThat(store.list("", 10)).isEmpty();
  }

  @Test
  void a_file_that_cannot_be_read_is_refused_with_the_reason() throws Exception {
    DiskStore store = new DiskStore(folder);
    StoredFile model =
        store.put(scope, FileType.GLB, new ByteArrayInputStream(sample("draco-edgebreaker")));
    assertThatThrownBy(
            () ->
                new PrintKit(store, new IntactFiles(store))
                    .change(model.key(), model.size(), PrintOptions.NONE, share -> {}))
        .isInstanceOf(InvalidModelFileException.class);
  }
}
