package io.maquette.provider.comfyui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.provider.NumberRange;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComfyUiWorkflowTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]| it is not a JSON object",
        "{| it is not a JSON object",
        "{\"nodes\":[],\"links\":[]}| it has the format of the editor",
        "{}| no input of a node has the value {{picture}}",
        "{\"1\":{}}| node 1 has no class_type or no inputs",
        "{\"1\":{\"class_type\":\"A\",\"inputs\":{\"mesh\":[\"9\",0]}}}"
            + "| node 1 (A) takes mesh from node 9, which is missing",
        "{\"1\":{\"class_type\":\"A\",\"inputs\":{\"x\":\"{{size}}\"}}}"
            + "| node 1 (A) has the unknown named input {{size}}",
        "{\"1\":{\"class_type\":\"A\",\"inputs\":{\"x\":\"{{faces:100-200=300}}\"}}}"
            + "| node 1 (A) has a number out of range in {{faces:100-200=300}}",
        "{\"1\":{\"class_type\":\"A\",\"inputs\":{\"x\":\"{{faces:200-100=150}}\"}}}"
            + "| min 200 is above max 100"
      })
  void a_refused_workflow_says_why(String text, String why) {
    assertThatThrownBy(() -> ComfyUiWorkflow.of(text.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(why);
  }

  @Test
  void a_file_that_cannot_be_read_is_named(@TempDir Path folder) {
    assertThatThrownBy(() -> ComfyUiWorkflow.read(folder.resolve("none.json").toString()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "maquette\\.comfyui\\.workflow=.*none\\.json cannot be read: NoSuchFileException");
  }

  @Test
  void the_example_of_the_documentation_is_usable() {
    ComfyUiWorkflow example = ComfyUiWorkflow.read("docs/examples/comfyui-workflow.json");
    assertThat(example.hasSeed()).isTrue();
    assertThat(example.filled("picture.png", 7, Optional.empty()).toString())
        .contains("\"picture.png\"")
        .doesNotContain("{{");
  }

  @Test
  void other_values_stay_as_they_are() {
    String text =
        "{\"1\":{\"class_type\":\"A\",\"inputs\":{\"a\":\"{{picture}}\",\"b\":1.5,\"c\":[1,2,3],"
            + "\"d\":\"{x}\",\"n\":\"{{faces:1-9=3}}\"},\"_meta\":{\"title\":\"t\"}}}";
    ComfyUiWorkflow workflow = ComfyUiWorkflow.of(text.getBytes(UTF_8));
    assertThat(workflow.faces()).contains(new NumberRange(1, 9));
    assertThat(workflow.filled("p.png", 7, Optional.of(5)))
        .hasToString(text.replace("{{picture}}", "p.png").replace("\"{{faces:1-9=3}}\"", "5"));
  }
}
