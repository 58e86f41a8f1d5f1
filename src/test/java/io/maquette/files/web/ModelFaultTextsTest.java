package io.maquette.files.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.http.Messages;
import io.maquette.http.Problem;
import io.maquette.http.ProblemException;
import io.maquette.mesh.InvalidModelFileException;
import io.maquette.task.ModelRemark;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that the reason why a model cannot be converted is in one language. */
class ModelFaultTextsTest {

  private static Problem problem(InvalidModelFileException.Fault fault, String language) {
    ProblemException[] thrown = new ProblemException[1];
    Messages.accepting(language)
        .during(() -> thrown[0] = ModelAnswers.notConvertible(fault, "ACME_voxels"));
    return thrown[0].problem();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"TOO_LARGE", "TOO_MANY_FACES", "TOO_MANY_NODES"},
      mode = EnumSource.Mode.EXCLUDE)
  void the_sentence_is_in_the_language_of_the_request(InvalidModelFileException.Fault fault) {
    String chinese = problem(fault, "zh").error();
    assertThat(chinese.replaceAll("GLB|glTF 2\\.0|glTF|Draco|KHR_\\w+|ACME_voxels", ""))
        .startsWith("无法转换该模型：")
        .doesNotContainPattern("[A-Za-z{]");
    assertThat(problem(fault, "en").error())
        .startsWith("This model cannot be converted: ")
        .doesNotContainPattern("[\\p{IsHan}{]");
    assertThat(problem(fault, "en").details()).hasToString("{reason=" + fault + "}");
  }

  @ParameterizedTest
  @EnumSource(names = {"TOO_LARGE", "TOO_MANY_FACES", "TOO_MANY_NODES"})
  void limits_are_numbers_in_the_sentence(InvalidModelFileException.Fault fault) {
    for (String language : new String[] {"zh", "en"}) {
      String text = Messages.accepting(language).get("model-fault." + fault, 128);
      assertThat(text).contains("128").doesNotContain("{");
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_page_and_the_api_document_know_every_remark(ModelRemark remark) throws Exception {
    assertThat(Files.readString(Path.of("src/main/webapp/assets/js/texts.js")))
        .contains("'model.remark." + remark + "'");
    assertThat(Files.readString(Path.of("src/main/resources/META-INF/openapi.yaml")))
        .containsPattern("enum: \\[(?=TEXTURES)[A-Z_, ]*\\b" + remark + "\\b");
    assertThat(Files.readString(Path.of("src/main/resources/db/migration/V29__model_remarks.sql")))
        .contains("'" + remark + "'");
  }
}
