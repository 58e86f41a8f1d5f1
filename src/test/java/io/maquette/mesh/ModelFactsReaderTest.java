package io.maquette.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFactsReaderTest {

  private static byte[] glb(String json, int magic, int version, int jsonLength) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(20 + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(magic)
        .putInt(version)
        .putInt(20 + text.length)
        .putInt(jsonLength < 0 ? text.length : jsonLength)
        .putInt(0x4E4F534A)
        .put(text)
        .array();
  }

  private static ModelFactsReader.Facts read(byte[] file) throws IOException {
    return ModelFactsReader.read(new ByteArrayInputStream(file));
  }

  private static String gltf(String primitive) {
    return "{\"accessors\":[{\"count\":100},{\"count\":30}],\"meshes\":[{\"primitives\":["
        + primitive
        + "]}]}";
  }

  @ParameterizedTest
  @CsvSource({"4, 10", "5, 28", "6, 28"})
  void faces_are_counted_in_every_primitive_mode(int mode, int faces) throws IOException {
    String primitive = "{\"attributes\":{\"POSITION\":0},\"indices\":1,\"mode\":" + mode + "}";
    assertThat(read(glb(gltf(primitive), 0x46546C67, 2, -1)))
        .isEqualTo(new ModelFactsReader.Facts(faces, 100));
  }

  @Test
  void a_primitive_without_indices_uses_its_positions() throws IOException {
    assertThat(read(glb(gltf("{\"attributes\":{\"POSITION\":1}}"), 0x46546C67, 2, -1)))
        .isEqualTo(new ModelFactsReader.Facts(10, 30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "nonsense",
        "{\"accessors\":[],\"meshes\":[]}",
        "{\"accessors\":[],\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":3}}]}]}",
        "{\"accessors\":[{\"count\":-3}],\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0}}]}]}",
        "{\"accessors\":[{\"count\":9}],\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0},\"mode\":1}]}]}",
        "{\"accessors\":7,\"meshes\":{}}",
      })
  void json_that_is_not_a_model_is_refused(String json) {
    assertThatThrownBy(() -> read(glb(json, 0x46546C67, 2, -1)))
        .isInstanceOf(InvalidModelFileException.class);
  }

  @Test
  void json_that_is_cut_off_anywhere_or_nested_without_end_is_refused() {
    String good = gltf("{\"attributes\":{\"POSITION\":1},\"extras\":[[{}]]}");
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int length = 0; length < good.length(); length++) {
            byte[] cut = glb(good.substring(0, length), 0x46546C67, 2, -1);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(InvalidModelFileException.class);
          }
          byte[] deep = glb("{\"extras\":" + "[".repeat(1 << 20), 0x46546C67, 2, -1);
          assertThatThrownBy(() -> read(deep)).isInstanceOf(InvalidModelFileException.class);
        });
  }

  @Test
  void a_file_of_another_format_is_refused() {
    String good = gltf("{\"attributes\":{\"POSITION\":1}}");
    for (byte[] file :
        new byte[][] {
          {},
          "<html>Not found</html> and more".getBytes(StandardCharsets.UTF_8),
          glb(good, 0x46546C68, 2, -1),
          glb(good, 0x46546C67, 1, -1),
          glb(good, 0x46546C67, 2, 1 << 30),
          glb(good, 0x46546C67, 2, 5000),
        }) {
      assertThatThrownBy(() -> read(file)).isInstanceOf(InvalidModelFileException.class);
    }
  }
}
