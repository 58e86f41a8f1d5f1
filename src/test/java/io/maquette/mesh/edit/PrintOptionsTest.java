package io.maquette.mesh.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Check that the API document names the kinds of print options as the code does. */
class PrintOptionsTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        PrintOptions.SizeKind.class,
        PrintOptions.OrientationKind.class,
        PrintOptions.BaseKind.class,
        PrintOptions.RepairKind.class,
        PrintOptions.PartsKind.class
      })
  void the_api_document_has_every_kind(Class<? extends Enum<?>> kinds) throws IOException {
    assertThat(Files.readString(Path.of("src/main/resources/META-INF/openapi.yaml")))
        .contains("enum: " + Arrays.toString(kinds.getEnumConstants()));
  }
}
