package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.maquette.mesh.GlbSurface;
import io.maquette.studio.LocalSamples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Khronos's own validator, in a browser, has nothing to say against the models the built-in studio
 * makes, and each is closed, with its inside in: of all styles and forms. {@code -Dmodels=200}
 * looks at so many.
 */
@Tag("all")
class ValidModelsIT {

  private static final int MODELS = Integer.getInteger("models", 12);
  private static final String VALIDATE =
      """
      async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const report = await exports.validateBytes(bytes, { maxIssues: 20, writeTimestamp: false });
        return { errors: report.issues.numErrors, warnings: report.issues.numWarnings,
          faces: report.info?.totalTriangleCount ?? 0,
          said: JSON.stringify(report.issues.messages.filter(({ severity }) => severity < 2)) };
      }
      """;

  @Test
  void the_validator_finds_no_errors_or_warnings() throws Exception {
    try (Browser browser = new Browser()) {
      Page page = browser.blank();
      page.evaluate("(script) => { window.exports = {}; (0, eval)(script); }", validator());
      List<String> found = new ArrayList<>();
      List<String> sentences = LocalSamples.sentences(MODELS);
      for (int model = 0; model < MODELS; model++) {
        String words = sentences.get(model);
        // every style, and every form of each
        byte[] glb = LocalSamples.model(LocalSamples.picture(words, model % 4), model / 4);
        GlbSurface surface = GlbSurface.of(glb);
        surface.assertClosed();
        assertThat(surface.volume()).as(words).isPositive();
        Map<?, ?> report =
            (Map<?, ?>) page.evaluate(VALIDATE, Base64.getEncoder().encodeToString(glb));
        assertThat(report.get("faces")).as(words).isEqualTo(surface.faceCount());
        if (!report.get("errors").equals(0) || !report.get("warnings").equals(0)) {
          found.add(words + ": " + report.get("said"));
        }
      }
      assertThat(found).isEmpty();
      byte[] whole = LocalSamples.model(LocalSamples.picture("a boat", 0));
      byte[] cut = Arrays.copyOf(whole, whole.length - 1000);
      Map<?, ?> report =
          (Map<?, ?>) page.evaluate(VALIDATE, Base64.getEncoder().encodeToString(cut));
      assertThat((Integer) report.get("errors")).as("one that is cut off").isPositive();
    }
  }

  private static String validator() throws IOException {
    try (InputStream script =
        ValidModelsIT.class.getResourceAsStream("/gltf-validator/gltf_validator.dart.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
