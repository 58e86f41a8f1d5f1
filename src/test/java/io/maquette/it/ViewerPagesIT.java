package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.LoadState;
import io.maquette.it.Browser.Manner;
import io.maquette.mesh.OddGlbs;
import io.maquette.studio.LocalSamples;
import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The viewer of models, in a real browser. */
class ViewerPagesIT extends StudioPages {

  private static final Path MODELS = Path.of("src/test/resources/models");

  /** A ring in all the ways it can be compressed; x, y and z in metres. */
  private static final List<String> COMPRESSED =
      List.of(
          "plain",
          "draco-edgebreaker",
          "meshopt-quantize",
          "meshopt-filter",
          "meshopt-khr",
          "quantized",
          "ktx2-uastc",
          "ktx2-etc1s");

  private static final List<Double> RING = List.of(0.11, 0.02598, 0.10462);

  /** Beginnings of the names of files that only the viewer's own code makes right. */
  private static final List<String> ODD =
      List.of(
          "no scene",
          "turned upright",
          "a node that is not visible",
          "a skin",
          "image in a data URI",
          "buffer in a data URI",
          "WebP",
          "sparse, indices 5121",
          "strips");

  private static final List<Double> BOX = List.of(0.02, 0.03, 0.01);

  /** One renderer draws all of them: a viewer of its own for each would take ten seconds. */
  private static final String PREPARE_DRAWING =
      """
      async () => {
        const at = (path) => new URL(path, document.baseURI).href;
        const { libraries } = await import(at('assets/js/model/libraries.js'));
        const { loadModel, distanceFor, makeCamera } = await import(at('assets/js/model/stage.js'));
        const loaded = await libraries();
        const { three } = loaded;
        const renderer = new three.WebGLRenderer({ alpha: true });
        renderer.setSize(200, 200);
        window.draw = async (index) => {
          const { model, size, height, radius } = await loadModel(loaded, at(`odd/${index}`));
          const scene = new three.Scene();
          scene.add(new three.AmbientLight(0xffffff, 1), model);
          const camera = makeCamera(loaded);
          camera.position.set(0.5, 0.5, 1).setLength(distanceFor(camera, radius)).y += height / 2;
          camera.lookAt(0, height / 2, 0);
          renderer.render(scene, camera);
          return [...size.toArray(), renderer.domElement.toDataURL('image/png')];
        };
      }
      """;

  @Test
  void a_print_file_is_made_shown_and_downloaded() throws Exception {
    String id = studio.completed("to be printed");
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      Page page = visitor.workspace(id);
      Locator kit = Visitor.part(page, "print-kit");
      kit.locator("summary").click();
      assertThat(kit.locator(".print-form .verdict")).hasText(Pattern.compile("\\S+"));
      kit.locator("#print-height").fill("0");
      kit.locator("[type=submit]").click();
      assertThat(kit.locator("#print-error")).containsText("Enter a height from 1");
      assertThat(kit.locator("#print-height")).isFocused();

      kit.locator("#print-height").fill("50");
      kit.locator("[type=submit]").click();
      assertThat(kit.locator(".print-result .verdict")).hasText(Pattern.compile("\\S+"));
      assertThat(kit.locator("#print-error")).isHidden();
      assertThat(page.locator("[data-fact=dimensions] dd")).containsText("50");
      Visitor.assertFits(page);
      Visitor.assertAccessible(page);
      Download file = page.waitForDownload(kit.locator("[data-format=stl]")::click);
      assertThat(Files.size(file.path())).isGreaterThan(84);

      kit.getByText("Back to the original").click();
      assertThat(kit.getByText("Show the print file")).isVisible();
    }
  }

  @Test
  void the_model_is_rendered_and_can_be_viewed_in_other_ways() throws Exception {
    String id = studio.completed("to be looked at");
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone().inMotion())) { // few pixels are fast
      Page page = visitor.workspace(id);
      assertThat(viewer(page)).isVisible();
      awaitOther(page, snapshot(page)); // it turns by itself
      tool(page, "turn").click();
      assertStandsStill(page);
      tool(page, "grid").click(); // nothing but the model
      assertThat(opaquePixels(page)).as("pixels of the model").isGreaterThan(5_000);
      for (String way : List.of("wire", "grid", "zoomIn", "zoomOut")) {
        String before = snapshot(page);
        tool(page, way).click();
        awaitOther(page, before);
      }
      String before = snapshot(page);
      page.locator("[data-material=clay]").click();
      awaitOther(page, before);
      tool(page, "reset").click();
      assertStandsStill(page);
      String asFirstSeen = snapshot(page);
      dragAside(page);
      awaitOther(page, asFirstSeen);
      String dragged = snapshot(page);
      page.mouse().wheel(0, 400);
      awaitOther(page, dragged);
      tool(page, "reset").click();
      Awaitility.await().atMost(Visitor.PATIENCE).until(() -> snapshot(page).equals(asFirstSeen));

      tool(page, "full").click();
      page.waitForFunction("() => document.fullscreenElement?.localName === 'maquette-viewer'");
      awaitOther(page, asFirstSeen);
      tool(page, "full").click();
      page.waitForFunction("() => document.fullscreenElement === null");

      for (String fact : List.of("format", "size", "faces", "vertices", "dimensions")) {
        assertThat(page.locator("[data-fact=" + fact + "] dd")).hasText(Pattern.compile("\\S+"));
      }
      page.locator("#printing > details > summary").click();
      assertThat(page.locator("#printing .verdict")).hasText(Pattern.compile("\\S+"));
      assertThat(page.locator("[data-print=closed] dd")).hasText(Pattern.compile("是|Yes"));
      assertThat(page.locator("[data-format=\"3mf\"]"))
          .hasAttribute("href", Pattern.compile(".*/model\\?format=3mf&v=.*"));
      assertShowsFilaments(page);
      JsonObject model = studio.api.get(id).getJsonObject("model");
      assertThat(page.locator("[data-fact=faces] dd"))
          .hasText(Pattern.compile("%,d".formatted(model.getJsonNumber("faceCount").longValue())));
    }
  }

  /** The preview has the chosen filaments, and the download the same. */
  private static void assertShowsFilaments(Page page) {
    tool(page, "reset").click();
    page.locator("[data-material=original]").click();
    page.locator("maquette-filaments summary").click();
    Locator download = page.locator("[data-format=\"3mf-filaments\"]");
    assertThat(download).hasAttribute("href", Pattern.compile(".*format=3mf&.*colors=4$"));
    Locator preview = page.locator("[data-filament=preview]");
    for (String way : List.of("shown", "hidden")) {
      String before = snapshot(page);
      preview.click();
      assertThat(preview).hasAttribute("aria-pressed", String.valueOf(way.equals("shown")));
      assertThat(page.locator("#viewer")).hasAttribute("data-state", "ready");
      awaitOther(page, before);
    }
    page.locator("[data-filament=add]").click();
    page.locator("#filament-count").selectOption("1");
    assertThat(download).hasAttribute("href", Pattern.compile(".*colors=1&palette=d9662b$"));
    page.locator("[data-filament=remove]").click();
    assertThat(download).hasAttribute("href", Pattern.compile(".*colors=1$"));
  }

  private static void assertStandsStill(Page page) {
    assertThat(tool(page, "turn")).hasAttribute("aria-pressed", "false");
    page.evaluate(
        "() => new Promise((done) => { let n = 5;"
            + " (function next() { n-- > 0 ? requestAnimationFrame(next) : done(); })(); })");
    assertThat(snapshot(page)).isEqualTo(snapshot(page));
  }

  private static void dragAside(Page page) {
    BoundingBox view = page.locator(".viewer-view").boundingBox();
    page.mouse().move(view.x + view.width / 2, view.y + view.height / 2);
    page.mouse().down();
    page.mouse().move(view.x + view.width / 3, view.y + view.height / 2);
    page.mouse().up();
  }

  /** How much of what the viewer shows is not empty. */
  private static int opaquePixels(Page page) throws IOException {
    String address = snapshot(page);
    byte[] file = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    int opaque = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        opaque += image.getRGB(x, y) >>> 24 > 128 ? 1 : 0;
      }
    }
    return opaque;
  }

  private static Locator tool(Page page, String name) {
    return page.locator("[data-tool=" + name + "]");
  }

  @Test
  void a_model_compressed_with_draco_is_shown_and_the_page_says_what_cannot_be_made()
      throws Exception {
    byte[] picture = LocalSamples.picture("a ring", 0);
    byte[] plain = LocalSamples.smallModel(picture);
    studio.models.sculpt(Files.readAllBytes(MODELS.resolve("draco-edgebreaker.glb")), picture);
    try {
      String id = studio.completed("a ring");
      assertThat(studio.api.get(id).getJsonObject("model").getString("remark"))
          .isEqualTo("NOT_CONVERTIBLE_DRACO");
      try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
        Page page = visitor.workspace(id);
        assertThat(viewer(page)).isVisible();
        tool(page, "grid").click();
        assertThat(opaquePixels(page)).as("pixels of the model").isGreaterThan(5_000);
        assertThat(page.locator("#model-remark")).containsText("Draco compression");
        assertThat(page.locator("#printing .formats")).isHidden();
        Visitor.assertFits(page);
        Visitor.assertAccessible(page);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target/screenshots/draco-phone.png")));
        Download download = page.waitForDownload(() -> Visitor.part(page, "main-action").click());
        assertThat(download.suggestedFilename()).isEqualTo("a ring.glb");
        for (String language : List.of("zh", "en")) {
          APIResponse refused =
              page.request().get("/api/tasks/" + id + "/model?format=stl&lang=" + language);
          assertThat(refused.status()).isEqualTo(422);
          assertThat(refused.text().replaceAll("[\\s\\S]*\"error\":\"|\",[\\s\\S]*", ""))
              .isEqualTo(
                  language.equals("zh")
                      ? "无法转换该模型：模型使用了 Draco 压缩（KHR_draco_mesh_compression）。"
                      : "This model cannot be converted: the model uses Draco compression"
                          + " (KHR_draco_mesh_compression).");
        }
      }
    } finally {
      studio.models.sculpt(plain, picture);
    }
  }

  @Test
  void odd_and_compressed_files_are_shown_as_the_other_formats_have_them() throws Exception {
    List<String> names = new ArrayList<>();
    List<byte[]> files = new ArrayList<>();
    for (String name : COMPRESSED) {
      names.add(name);
      files.add(Files.readAllBytes(MODELS.resolve(name + ".glb")));
    }
    for (OddGlbs.Case odd : OddGlbs.all()) {
      if (ODD.stream().anyMatch(odd.name()::startsWith)) {
        names.add(odd.name());
        files.add(odd.glb());
      }
    }
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      visitor
          .context()
          .route(
              "**/odd/*",
              route -> {
                String path = URI.create(route.request().url()).getPath();
                int index = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
                route.fulfill(new Route.FulfillOptions().setBodyBytes(files.get(index)));
              });
      Page page = visitor.open("");
      page.evaluate(PREPARE_DRAWING);
      for (int i = 0; i < files.size(); i++) {
        boolean isRing = i < COMPRESSED.size();
        assertDrawn(page, i, names.get(i), isRing ? RING : BOX, isRing ? 0.0005 : 0.00002);
      }
    }
  }

  private static void assertDrawn(
      Page page, int index, String name, List<Double> size, double tolerance) throws IOException {
    List<?> drawn = (List<?>) page.evaluate("index => window.draw(index)", index);
    for (int axis = 0; axis < 3; axis++) {
      assertThat(((Number) drawn.get(axis)).doubleValue())
          .as("%s, axis %d", name, axis)
          .isCloseTo(size.get(axis), within(tolerance));
    }
    String address = (String) drawn.get(3);
    byte[] file = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
    int opaque = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        opaque += image.getRGB(x, y) >>> 24 > 250 ? 1 : 0;
      }
    }
    assertThat(opaque).as("%s: pixels of the model", name).isGreaterThan(2_000);
  }

  @Test
  void recent_models_turn_while_the_pointer_is_on_them() throws Exception {
    studio.completed("to be turned");
    try (Visitor visitor = visitor(Manner.ENGLISH.inMotion())) {
      Page page = visitor.open("");
      Locator card = page.locator("maquette-gallery .card").first();
      assertThat(card).isVisible();
      card.hover();
      assertThat(card.locator("canvas")).isVisible();
      page.locator("h1").hover();
      assertThat(card.locator("canvas")).hasCount(0);
    }
  }

  @Test
  @Tag("all")
  void reduced_motion_is_respected() throws Exception {
    String id = studio.completed("to stand still");
    studio.holdPictures();
    String waiting = studio.api.create("to wait without a flicker");
    try (Visitor still = visitor(Manner.ENGLISH);
        Visitor moving = visitor(Manner.ENGLISH.inMotion())) {
      Page page = still.workspace(id);
      assertThat(viewer(page)).isVisible();
      assertStandsStill(page);
      assertThat(runningForEver(still.workspace(waiting))).isZero();
      assertThat(runningForEver(moving.workspace(waiting))).isPositive();
      Page home = still.open("");
      Locator card = home.locator("maquette-gallery .card").first();
      card.hover();
      home.waitForLoadState(LoadState.NETWORKIDLE);
      assertThat(card.locator("canvas")).hasCount(0);
    }
  }

  private static int runningForEver(Page page) {
    assertThat(page.locator("#pictures .skeleton").first()).isVisible();
    return (Integer)
        page.evaluate(
            "() => document.getAnimations().filter((animation) =>"
                + " animation.effect.getTiming().iterations === Infinity).length");
  }
}
