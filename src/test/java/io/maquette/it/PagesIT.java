package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.LoadState;
import io.maquette.it.Browser.Manner;
import io.maquette.it.server.Server;
import io.maquette.mesh.OddGlbs;
import io.maquette.picture.OddPictures;
import io.maquette.studio.LocalSamples;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The pages as people use them, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("fault")
class PagesIT {

  private static final Logger LOG = Logger.getLogger(PagesIT.class.getName());

  /** What a page may weigh before it can be used, without the viewer. */
  private static final long FIRST_PAINT_BYTES = 150_000;

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

  private Studio studio;
  private Browser browser;

  @BeforeAll
  void open() throws IOException {
    browser = new Browser();
    studio = Studio.open();
  }

  @AfterAll
  void close() {
    studio.close();
    browser.close();
  }

  @AfterEach
  void release() {
    studio.release();
  }

  private Visitor visitor(Manner manner) {
    return browser.visitor(studio.base(), manner);
  }

  private static Locator viewer(Page page) {
    return page.locator("maquette-viewer[data-state=ready]");
  }

  private static void assertPushed(Page page, String how) {
    assertThat(page.locator("html")).hasAttribute("data-push", how);
  }

  @Test
  void fromASentenceToAModelWithNothingButTheKeyboard() throws Exception {
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      Page page = visitor.open("");
      Locator prompt = Visitor.part(page, "prompt-input");
      tabTo(page, prompt);
      page.keyboard().type("  a kitten 🐱  ");
      assertThat(Visitor.part(page, "prompt-counter")).hasText("10/500");
      page.keyboard().press("Control+Enter");
      page.waitForURL(Pattern.compile("workspace\\.html\\?taskId="));
      assertThat(page.locator("#pictures img.shown")).hasCount(4);

      tabTo(page, page.locator("#pictures [data-index='0']"));
      page.keyboard().press("ArrowRight");
      page.keyboard().press("Space");
      assertThat(page.locator("#pictures [data-index='1']")).hasAttribute("aria-checked", "true");
      tabTo(page, Visitor.part(page, "main-action"));
      page.keyboard().press("Enter");
      assertThat(viewer(page)).isVisible();

      tabTo(page, page.locator(".viewer-view"));
      String before = snapshot(page);
      page.keyboard().press("ArrowRight");
      page.keyboard().press("+");
      awaitOther(page, before);
    }
  }

  /** Goes on by the Tab key until something has the focus. */
  private static void tabTo(Page page, Locator wanted) {
    assertThat(wanted).isVisible();
    for (int i = 0; i < 60; i++) {
      if ((Boolean) wanted.evaluate("element => element === document.activeElement")) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("not to be reached by the keyboard: " + wanted);
  }

  private static String snapshot(Page page) {
    return (String) page.locator("maquette-viewer").evaluate("viewer => viewer.snapshot()");
  }

  private static void awaitOther(Page page, String before) {
    Awaitility.await().atMost(Visitor.PATIENCE).until(() -> !snapshot(page).equals(before));
  }

  @Test
  void theModelIsReallyDrawnAndCanBeLookedAtInOtherWays() throws Exception {
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
      page.locator("#printing summary").click();
      assertThat(page.locator("#printing .verdict")).hasText(Pattern.compile("\\S+"));
      assertThat(page.locator("[data-print=closed] dd")).hasText(Pattern.compile("是|Yes"));
      assertThat(page.locator("[data-format=\"3mf\"]"))
          .hasAttribute("href", Pattern.compile(".*/model\\?format=3mf&v=.*"));
      JsonObject model = studio.api.get(id).getJsonObject("model");
      assertThat(page.locator("[data-fact=faces] dd"))
          .hasText(Pattern.compile("%,d".formatted(model.getJsonNumber("faceCount").longValue())));
    }
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
  void theDownloadIsTheFile() throws Exception {
    String id = studio.completed("to be downloaded");
    try (Visitor visitor = visitor(Manner.CHINESE)) {
      Page page = visitor.workspace(id);
      assertThat(Visitor.part(page, "main-action")).hasText("下载模型");
      Download download = page.waitForDownload(() -> Visitor.part(page, "main-action").click());
      assertThat(download.suggestedFilename()).endsWith(".glb");
      byte[] file =
          studio.api.bytes(studio.api.get(id).getJsonObject("model").getString("modelUrl"));
      assertThat(Files.readAllBytes(download.path())).isEqualTo(file);
    }
  }

  @Test
  void a_model_compressed_with_draco_is_shown_and_the_page_says_what_cannot_be_made()
      throws Exception {
    byte[] picture = LocalSamples.picture("a ring", 0);
    byte[] plain = LocalSamples.model(picture);
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
                      : "This model cannot be converted: it is Draco compression"
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
  void whileNothingCanBePushedThePageAsks() throws Exception {
    studio.holdPictures();
    String id = studio.api.create("asked for");
    try (Visitor visitor = visitor(Manner.CHINESE)) {
      visitor.expectTroubles();
      visitor.context().route("**/stream*", route -> route.abort());
      Page page = visitor.workspace(id);
      assertPushed(page, "polling");
      studio.letThrough(2);
      assertThat(page.locator("#pictures img.shown")).hasCount(2);
      awaitUnchanged(page, "/api/tasks/" + id + "?");
      studio.letThrough(2);
      assertThat(Visitor.part(page, "hint")).hasText("选择一张图片生成3D模型");

      Page history = visitor.open("history.html");
      assertPushed(history, "polling");
      awaitUnchanged(history, "/api/tasks?");
      String another = studio.api.create("asked for, too");
      assertThat(card(history, another)).isVisible();
    }
  }

  /** While nothing happens, the answer is that nothing did. */
  private static void awaitUnchanged(Page page, String path) {
    page.waitForResponse(
        response -> response.url().contains(path) && response.status() == 304, () -> {});
  }

  private static Locator card(Page history, String id) {
    return history.locator("[data-task-id='" + id + "']");
  }

  @Test
  void aPageThatWasCutOffHearsOfEverythingAfterwards() throws Exception {
    studio.holdPictures();
    String id = studio.api.create("cut off");
    try (Visitor visitor = visitor(Manner.CHINESE)) {
      visitor.expectTroubles();
      Page page = visitor.workspace(id);
      assertPushed(page, "live");
      studio.letThrough(1);
      assertThat(page.locator("#pictures img.shown")).hasCount(1);

      visitor.context().setOffline(true);
      assertPushed(page, "offline");
      assertThat(page.locator(".offline-banner")).isVisible();
      studio.letThrough(3);
      studio.api.awaitStatus(id, "IMAGE_COMPLETED");

      visitor.context().setOffline(false);
      assertPushed(page, "live");
      assertThat(page.locator(".offline-banner")).isHidden();
      assertThat(page.locator("#pictures img.shown")).hasCount(4);
      page.locator("maquette-timeline summary").click();
      assertThat(page.locator("maquette-timeline li")).hasCount(studio.api.events(id).size());
    }
  }

  @Test
  void twoTabsShowTheSame() throws Exception {
    String id = studio.withPictures("in two tabs");
    studio.models.hold("IN_PROGRESS", 20);
    try (Visitor visitor = visitor(Manner.CHINESE)) {
      Page one = visitor.workspace(id);
      Page other = visitor.workspace(id);
      one.bringToFront();
      one.locator("#pictures [data-index='2']").click();
      Visitor.part(one, "main-action").click();
      assertThat(Visitor.part(one, "hint")).hasText("生成中 20%");
      assertThat(Visitor.part(other, "hint")).hasText("生成中 20%");
      studio.models.goOn();
      assertThat(viewer(one)).isVisible();
      assertThat(Visitor.part(other, "main-action")).hasText("下载模型");
    }
  }

  @Test
  void whatAnotherNodeDoesIsSeenHere() throws Exception {
    studio.holdPictures();
    try (Server other = studio.start();
        Visitor visitor = visitor(Manner.CHINESE)) {
      ApiClient there = new ApiClient(other.base());
      String id = there.create("made elsewhere");
      Page page = visitor.workspace(id);
      assertPushed(page, "live");
      there.cancel(id);
      assertThat(Visitor.part(page, "caption")).hasText("已取消");
      page.close();
      Page history = visitor.open("history.html");
      assertPushed(history, "live");
      noteWhenCardsAreInFrame(history);
      List<String> more = new ArrayList<>();
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < 60; i++) { // one after the other: how soon, not how many
        String another = there.create("made elsewhere, too");
        more.add(another);
        millis.add(
            whenSeen(history, another)
                - Instant.parse(there.get(another).getString("createdAt")).toEpochMilli());
      }
      for (String another : more) {
        there.delete(another);
      }
      history.waitForFunction(
          "ids => !ids.some(id => document.querySelector(`[data-task-id='${id}']`))", more);
      assertMostAtOnce("From another node's change to the screen", millis, 1000);
    }
  }

  private static long whenSeen(Page page, Object what) {
    Object millis = page.waitForFunction("what => window.seen[what]", what).jsonValue();
    return ((Number) millis).longValue();
  }

  private static void noteWhenCardsAreInFrame(Page history) {
    history.evaluate(
        """
        () => {
          window.seen = {};
          new MutationObserver(() => requestAnimationFrame(() => {
            for (const card of document.querySelectorAll('maquette-task-card')) {
              window.seen[card.dataset.taskId] ??= Date.now();
            }
          })).observe(document.getElementById('tasks'), { childList: true });
        }
        """);
  }

  /**
   * @param bound of the median, which holds on a machine that does much else as well
   */
  private static void assertMostAtOnce(String what, List<Long> millis, long bound) {
    Collections.sort(millis);
    long median = millis.get(millis.size() / 2);
    long nearlyAll = millis.get(millis.size() * 99 / 100);
    LOG.info(
        () -> "%s: p50 %d ms, p99 %d ms, of %d".formatted(what, median, nearlyAll, millis.size()));
    assertThat(millis).hasSizeGreaterThan(50);
    assertThat(median).isLessThan(bound);
  }

  private static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=alert(1)><script>alert(2)</script>",
          "\"'><b>bold</b> &amp; ${alert(3)} {{4}}",
          "abc \u202Etxet siht sesrever\u202C \u2066isolated\u2069",
          "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘");

  @Test
  void hostileTextIsText() throws Exception {
    studio.holdPictures();
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      Page history = visitor.open("history.html");
      for (String prompt : HOSTILE) {
        String id = studio.api.create(prompt);
        Page page = visitor.workspace(id);
        assertThat(Visitor.part(page, "prompt")).hasText(prompt);
        Visitor.assertFits(page);
        page.close();
        assertThat(card(history, id).locator(".card-prompt")).hasText(prompt);
        Visitor.assertFits(history);
      }
    }
  }

  /** What a provider or a proxy says may stand in the reason, and the name of a picture. */
  @Test
  void hostileReasonsAreText() throws Exception {
    String id = studio.withPictures("to be faked");
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      for (String reason : HOSTILE) {
        Page page = visitor.context().newPage();
        visitor.context().route("**/stream*", route -> route.abort());
        visitor.expectTroubles();
        page.route(
            "**/api/tasks/" + id + "?*",
            route -> route.fulfill(changed(route, task -> failInImages(task, reason))));
        page.navigate(studio.base() + "/workspace.html?taskId=" + id);
        assertThat(Visitor.part(page, "caption")).hasText(reason);
        assertThat(page.locator("#pictures [data-index='0']")).hasAttribute("title", reason);
        Visitor.assertFits(page);
        page.close();
      }
    }
  }

  /** Changes a task as if its pictures had failed for such a reason. */
  private static JsonObjectBuilder failInImages(JsonObject task, String reason) {
    JsonArrayBuilder images = Json.createArrayBuilder();
    for (JsonValue image : task.getJsonArray("images")) {
      images.add(Json.createObjectBuilder(image.asJsonObject()).add("prompt", reason));
    }
    return Json.createObjectBuilder(task)
        .add("status", "FAILED")
        .add("failedStage", "IMAGE")
        .add("errorMessage", reason)
        .add("images", images);
  }

  /** The server's answer with a changed task. */
  private static Route.FulfillOptions changed(
      Route route, Function<JsonObject, JsonObjectBuilder> change) {
    APIResponse answer = route.fetch();
    JsonObject body;
    try (JsonReader reader = Json.createReader(new StringReader(answer.text()))) {
      body = reader.readObject();
    }
    JsonObject faked =
        Json.createObjectBuilder(body)
            .add("data", change.apply(body.getJsonObject("data")))
            .build();
    return new Route.FulfillOptions().setResponse(answer).setBody(faked.toString());
  }

  @Test
  void a_lost_picture_of_the_user_leads_to_a_new_task() throws Exception {
    String id = studio.withPictures("to be lost");
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      visitor.expectTroubles();
      visitor.context().route("**/stream*", route -> route.abort());
      Page page = visitor.context().newPage();
      page.route(
          "**/api/tasks/" + id + "?*",
          route ->
              route.fulfill(
                  changed(
                      route,
                      task ->
                          Json.createObjectBuilder(task)
                              .add("status", "FAILED")
                              .add("failedStage", "MODEL")
                              .add("errorCode", "PICTURE_LOST")
                              .add("errorMessage", "the picture is lost")
                              .add("selectedImageIndex", 0)
                              .add("ownPicture", true))));
      page.navigate(studio.base() + "/workspace.html?taskId=" + id);
      assertThat(Visitor.part(page, "caption")).hasText("the picture is lost");
      assertThat(Visitor.part(page, "main-action")).hasText("New task");
      Visitor.part(page, "main-action").click();
      page.waitForURL(Pattern.compile("index\\.html\\?prompt="));
    }
  }

  @Test
  void a_picture_that_cannot_be_shown_says_why() throws Exception {
    String id = studio.withPictures("of which one is missing");
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      visitor.expectTroubles(); // a browser logs every 404
      visitor
          .context()
          .route(
              Pattern.compile("/images/0\\?"),
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setStatus(404)
                          .setContentType("application/json")
                          .setBody("{\"success\":false,\"error\":\"Its file is missing.\"}")));
      Page page = visitor.workspace(id);
      Locator broken = page.locator("#pictures [data-index='0'] .picture-broken");
      assertThat(broken).containsText("The picture cannot be shown");
      assertThat(broken.locator(".picture-reason")).hasText("Its file is missing.");
      assertThat(broken).hasAttribute("title", "Its file is missing.");
      assertThat(page.locator("#pictures img.shown")).hasCount(3);
      Visitor.assertAccessible(page);
      Visitor.assertFits(page);
    }
  }

  @Test
  void aVeryLongWordBreaks() throws Exception {
    studio.holdPictures();
    String prompt = "长".repeat(250) + "x".repeat(250);
    String id = studio.api.create(prompt);
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      for (Page page :
          List.of(
              visitor.workspace(id),
              visitor.open("history.html"),
              visitor.open("index.html?prompt=" + "x".repeat(250)))) {
        assertThat(page.locator("main")).isVisible();
        Visitor.assertFits(page);
      }
    }
  }

  @Test
  void whatTheServerRefusesIsExplainedAtTheField() throws Exception {
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      visitor.expectTroubles(); // a browser logs every 400
      Page page = visitor.open("");
      Visitor.part(page, "prompt-input").fill("x".repeat(501));
      assertThat(Visitor.part(page, "prompt-counter")).containsText("501/500");
      page.keyboard().press("Control+Enter");
      assertThat(Visitor.part(page, "prompt-error")).containsText("1 to 500 characters");
      assertThat(Visitor.part(page, "prompt-input")).hasAttribute("aria-invalid", "true");
      page.locator(".examples button").first().click();
      assertThat(Visitor.part(page, "prompt-error")).isHidden();
      Visitor.part(page, "picture-input")
          .setInputFiles(new FilePayload("moves.gif", "image/gif", "GIF89a moves".getBytes(UTF_8)));
      assertThat(Visitor.part(page, "prompt-error"))
          .hasText(
              "The picture has the format GIF, which is not supported: save it as JPEG or PNG");
      assertThat(Visitor.part(page, "picture-button")).hasAttribute("aria-invalid", "true");
      assertThat(Visitor.part(page, "picture-button")).isFocused();
      assertThat(Visitor.part(page, "prompt-input")).hasAttribute("aria-invalid", "false");
      Visitor.assertAccessible(page);

      Visitor.part(page, "picture-input")
          .setInputFiles(new FilePayload("empty.png", "image/png", new byte[0]));
      assertThat(Visitor.part(page, "prompt-error"))
          .hasText(
              "The picture is an empty file: choose another one, or copy or download it again");
      page.waitForRequest(
          sent -> sent.method().equals("POST") && sent.url().contains("api/tasks"),
          () -> {
            page.route("**/api/tasks?*", route -> {}); // no answer yet
            Visitor.part(page, "picture-input")
                .setInputFiles(new FilePayload("next.gif", "image/gif", new byte[] {'G'}));
          });
      assertThat(Visitor.part(page, "prompt-error")).isHidden();
      assertThat(Visitor.part(page, "picture-button")).hasAttribute("aria-invalid", "false");
    }
  }

  /** A photo that is large and lies on its side: red at the right once it is upright. */
  private static byte[] largePhoto() throws IOException {
    BufferedImage photo = new BufferedImage(3000, 2000, BufferedImage.TYPE_INT_RGB);
    SplittableRandom noise = new SplittableRandom(1);
    for (int y = 0; y < photo.getHeight(); y++) {
      for (int x = 0; x < photo.getWidth(); x++) {
        int grain = noise.nextInt(0x40) * 0x010101;
        photo.setRGB(x, y, (y < 1000 ? 0xC00000 : 0x0000C0) ^ grain);
      }
    }
    return OddPictures.oriented(photo, 6);
  }

  @Test
  void picture_that_is_large_or_of_another_format_is_prepared_by_the_browser() throws Exception {
    BufferedImage drawing = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    drawing.createGraphics().fillRect(100, 100, 200, 100);
    ByteArrayOutputStream gif = new ByteArrayOutputStream();
    ImageIO.write(drawing, "gif", gif);
    byte[] photo = largePhoto();
    assertThat(photo.length).isGreaterThan(3 << 20);
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      Page page = visitor.open("");
      Request request =
          page.waitForRequest(
              sent -> sent.method().equals("POST") && sent.url().contains("api/tasks"),
              () ->
                  Visitor.part(page, "picture-input")
                      .setInputFiles(new FilePayload("photo.jpg", "image/jpeg", photo)));
      assertThat(Integer.parseInt(request.headerValue("content-length")))
          .isLessThan(photo.length / 2);
      page.waitForURL(Pattern.compile("workspace\\.html\\?taskId="));
      Locator shown = page.locator("#pictures img.shown");
      assertThat(shown).hasCount(1);
      assertThat(shown.evaluate("image => image.naturalWidth + ' x ' + image.naturalHeight"))
          .isEqualTo("1365 x 2048");
      Page other = visitor.open("");
      Visitor.part(other, "picture-input")
          .setInputFiles(new FilePayload("drawing.gif", "image/gif", gif.toByteArray()));
      other.waitForURL(Pattern.compile("workspace\\.html\\?taskId="));
      assertThat(other.locator("#pictures img.shown")).hasCount(1);
    }
  }

  /** A browser shows what there is of such a photo and says nothing. */
  @Test
  void large_photo_that_is_cut_off_is_refused_and_not_made_smaller() throws Exception {
    byte[] photo = largePhoto();
    byte[] cutOff = Arrays.copyOf(photo, photo.length - 2_000);
    assertThat(cutOff.length).isGreaterThan(3 << 20);
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      visitor.expectTroubles(); // a browser logs every 400
      Page page = visitor.open("");
      Visitor.part(page, "picture-input")
          .setInputFiles(new FilePayload("photo.jpg", "image/jpeg", cutOff));
      assertThat(Visitor.part(page, "prompt-error"))
          .hasText("The picture is incomplete: copy or download the file again");
    }
  }

  @Test
  void aTaskBeginsWithAPictureOfOnesOwn() throws Exception {
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      Page page = visitor.open("");
      Visitor.assertFits(page);
      Visitor.part(page, "prompt-input").fill("my own kitten");
      byte[] kitten = LocalSamples.picture(Studio.SUBJECT, 1);
      FileChooser chooser = page.waitForFileChooser(() -> page.getByText("Upload a picture").tap());
      chooser.setFiles(new FilePayload("kitten.png", "image/png", kitten));
      page.waitForURL(Pattern.compile("workspace\\.html\\?taskId="));
      assertThat(Visitor.part(page, "prompt")).hasText("my own kitten");
      assertThat(page.locator("#pictures img.shown")).hasCount(1);
      assertThat(page.locator("#pictures .skeleton:visible")).hasCount(0);
      assertThat(page.locator("#pictures img.shown")).hasCSS("object-fit", "contain");
      assertThat(page.locator("#pictures [data-index='0']")).hasAttribute("aria-checked", "true");
      page.locator("maquette-timeline summary").click();
      assertThat(page.locator("maquette-timeline li").first())
          .containsText("Task created from an uploaded picture");
      Visitor.assertFits(page);
      Visitor.assertAccessible(page);
      Visitor.part(page, "main-action").tap();
      assertThat(viewer(page)).isVisible();
      assertThat(Visitor.part(page, "note")).isHidden(); // there is no other picture to choose
    }
  }

  @Test
  void aPictureIsChangedAndTheNewVersionIsBesideTheOld() throws Exception {
    String id = studio.withPictures("to be changed");
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      Page page = visitor.workspace(id);
      Locator edit = Visitor.part(page, "edit");
      assertThat(edit).isHidden();
      page.locator("#pictures [data-index='2']").click();
      assertThat(Visitor.part(page, "edit-label")).hasText("Edit picture 3");
      ask(page, "make it blue, on a white background");
      assertThat(page.locator("#pictures img.shown")).hasCount(5);
      assertThat(page.locator("#pictures [data-index='4']")).hasAttribute("aria-checked", "true");
      assertThat(page.locator("#pictures [data-index='4']")).containsText("Picture 3, new version");
      assertThat(page.locator("#edit-versions img")).hasCount(2);
      assertThat(page.locator("#edit-versions")).containsText("make it blue");
      Visitor.assertFits(page);
      Visitor.assertAccessible(page);

      ask(page, "a bigger smile");
      assertThat(Visitor.part(page, "edit-error")).containsText("Picture edit failed");
      assertThat(Visitor.part(page, "edit-instruction")).hasValue("a bigger smile");
      assertThat(page.locator("#pictures img.shown")).hasCount(5);
      Visitor.part(page, "main-action").click();
      assertThat(viewer(page)).isVisible();

      ask(page, "of wood");
      assertThat(page.locator("#pictures img.shown")).hasCount(6);
      assertThat(page.locator(".task-view")).hasAttribute("data-status", "IMAGE_COMPLETED");
      assertThat(viewer(page)).isVisible();
      assertThat(Visitor.part(page, "kept-model")).isVisible();
      page.setViewportSize(360, 740);
      Visitor.assertFits(page);
    }
  }

  private static void ask(Page page, String instruction) {
    Visitor.part(page, "edit-instruction").fill(instruction);
    Visitor.part(page, "edit-send").click();
  }

  @Test
  void theHistoryFindsFiltersReachesBackAndForgets() throws Exception {
    List<String> ids = new ArrayList<>();
    studio.holdPictures();
    for (int i = 0; i < 30; i++) {
      ids.add(studio.api.create("one of many " + i));
    }
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      Page page = visitor.open("history.html?q=one+of+many");
      Locator cards = page.locator("maquette-task-card");
      assertThat(cards.first()).isVisible();
      Awaitility.await()
          .until(
              () -> {
                page.mouse().wheel(0, 3000);
                return cards.count() == 30;
              });
      Visitor.assertAccessible(page);

      Visitor.part(page, "search").fill("many 17");
      assertThat(cards).hasCount(1);
      Locator card = card(page, ids.get(17));
      card.locator("[data-act=cancel]").click();
      page.locator("dialog[open] button[value=yes]").click();
      assertThat(card).hasAttribute("data-status", "CANCELLED");

      card.locator("[data-act=delete]").click();
      assertThat(cards).hasCount(0);
      page.locator(".toast .button").click(); // undo
      assertThat(cards).hasCount(1);
      studio.api.get(ids.get(17));

      card.locator("[data-act=delete]").click();
      assertThat(cards).hasCount(0);
      Visitor.part(page, "search").fill("");
      page.navigate(studio.base() + "/index.html"); // a page that is left deletes at once
      Awaitility.await()
          .until(() -> !studio.api.list("q=many%2017").toString().contains(ids.get(17)));

      Page cancelled = visitor.open("history.html");
      cancelled.locator("[data-filter=cancelled]").click();
      assertThat(cancelled.locator("maquette-task-card[data-status=IMAGE_PENDING]")).hasCount(0);
    } finally {
      for (String id : ids) {
        if (!id.equals(ids.get(17))) {
          studio.api.delete(id);
        }
      }
    }
  }

  /** The other manners are those of {@link ScreensIT}. */
  @Test
  void everyPageCanBeUsedByEverybody() throws Exception {
    String id = studio.completed("for everybody");
    for (Manner manner : List.of(Manner.ENGLISH.onPhone(), Manner.CHINESE.onWall().inTheDark())) {
      try (Visitor visitor = visitor(manner)) {
        for (String path : List.of("index.html", "history.html", "workspace.html?taskId=" + id)) {
          Page page = visitor.open(path);
          assertThat(page.locator("h1")).isVisible();
          assertThat(page.locator("img.card-picture, .card, maquette-viewer").first()).isVisible();
          Visitor.assertAccessible(page);
          Visitor.assertFits(page);
          page.close();
        }
      }
    }
  }

  @Test
  void pagesAreLight() throws Exception {
    studio.holdPictures();
    String id = studio.api.create("light");
    try (Visitor visitor = visitor(Manner.CHINESE)) {
      for (String path : List.of("index.html", "history.html", "workspace.html?taskId=" + id)) {
        List<Long> sizes = Collections.synchronizedList(new ArrayList<>());
        Page page = visitor.context().newPage();
        page.onResponse(response -> sizes.add(weight(response)));
        page.navigate(studio.base() + "/" + path);
        assertThat(page.locator("h1")).isVisible();
        long sum = sizes.stream().mapToLong(Long::longValue).sum();
        LOG.info(() -> path + " weighs " + sum + " bytes in " + sizes.size() + " files");
        assertThat(sum).as(path).isBetween(1L, FIRST_PAINT_BYTES);
      }
    }
  }

  /** As it is in the WAR, not compressed; pictures of tasks and the viewer come later. */
  private static long weight(Response response) {
    String url = response.url();
    return url.contains("/stream")
            || url.contains("/images/")
            || url.contains("/preview")
            || url.contains("/webjars/three")
            || url.contains("/model?")
            || response.status() == 304
        ? 0
        : response.body().length;
  }

  @Test
  void aChangeIsSeenAtOnce() throws Exception {
    String id = studio.withPictures("how long it takes");
    studio.models.hold("IN_PROGRESS", 0);
    studio.api.select(id, 0);
    try (Visitor visitor = visitor(Manner.CHINESE)) {
      Page page = visitor.workspace(id);
      assertPushed(page, "live");
      assertThat(Visitor.part(page, "hint")).hasText("生成中 0%");
      page.evaluate(
          """
          () => {
            window.seen = {};
            new MutationObserver(() => {
              const percent = document.getElementById('progress').getAttribute('aria-valuenow');
              requestAnimationFrame(() => { window.seen[percent] ??= Date.now(); });
            }).observe(document.getElementById('progress'),
              { attributes: true, attributeFilter: ['aria-valuenow'] });
          }
          """);
      int last = 99;
      for (int percent = 1; percent <= last; percent++) {
        studio.models.hold("IN_PROGRESS", percent);
        whenSeen(page, percent);
      }
      assertThat(Visitor.part(page, "hint")).hasText("生成中 " + last + "%");
      List<Long> millis = new ArrayList<>();
      for (var event : studio.api.events(id)) {
        JsonObject row = event.asJsonObject();
        Object seen =
            page.evaluate(
                "percent => window.seen[percent]",
                row.isNull("progress") ? "-" : row.get("progress").toString());
        if (row.getString("type").equals("MODEL_PROGRESSED") && seen != null) {
          millis.add(
              ((Number) seen).longValue() - Instant.parse(row.getString("at")).toEpochMilli());
        }
      }
      assertMostAtOnce("From the change to the screen", millis, 500);
    }
  }

  @Test
  void recentModelsTurnWhenTheyAreLookedAt() throws Exception {
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
  void whoWantsNoMotionGetsNone() throws Exception {
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

  @Test
  void aPictureIsChosenByTouchAndTheLinkIsCopied() throws Exception {
    String id = studio.withPictures("to be touched");
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      visitor.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
      Page page = visitor.workspace(id);
      page.locator("#pictures [data-index='3']").tap();
      assertThat(page.locator("#pictures [data-index='3']")).hasAttribute("aria-checked", "true");
      Visitor.part(page, "copy-link").tap();
      assertThat(page.locator(".toast").first()).hasText("Link copied");
      assertThat(page.evaluate("() => navigator.clipboard.readText()")).isEqualTo(page.url());
      Visitor.part(page, "main-action").tap();
      assertThat(viewer(page)).isVisible();
      assertThat(studio.api.get(id).getInt("selectedImageIndex")).isEqualTo(3);
    }
  }

  @Test
  void theTimelineTellsWhatHappenedHowLongItTookAndWhichTryItWas() throws Exception {
    String id = studio.completed("to be told of");
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      visitor
          .context()
          .route(
              "**/events?*", // no second try happens by itself here
              route -> {
                APIResponse answer = route.fetch();
                route.fulfill(
                    new Route.FulfillOptions()
                        .setResponse(answer)
                        .setBody(answer.text().replaceFirst("\"attempt\":\\d+", "\"attempt\":2")));
              });
      Page page = visitor.workspace(id);
      page.locator("maquette-timeline summary").click();
      Locator rows = page.locator("maquette-timeline li");
      assertThat(rows.first()).containsText("Task created");
      assertThat(rows.first()).containsText("attempt 2");
      for (String status :
          List.of("IMAGE_GENERATING", "IMAGE_COMPLETED", "MODEL_PENDING", "MODEL_GENERATING")) {
        assertThat(page.locator("li[data-type=" + status + "]"))
            .containsText(Pattern.compile("took \\d+(\\.\\d)? s"));
      }
      assertThat(page.locator("li[data-type=IMAGE_STORED]")).hasCount(4);
      assertThat(rows.last()).containsText("3D model ready");
      Visitor.assertAccessible(page);
    }
  }

  @Test
  void whatFailedIsTriedAgainFromTheHistoryByKeyboard() throws Exception {
    studio.pictures.failNext("451");
    String id = studio.api.create("to be tried again");
    studio.api.awaitStatus(id, "FAILED");
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      Page page = visitor.open("history.html?filter=failed");
      tabTo(page, card(page, id).locator("[data-act=retry]"));
      page.keyboard().press("Enter");
      assertThat(card(page, id)).hasCount(0); // it has not failed any more
      tabTo(page, page.locator("[data-filter=all]"));
      page.keyboard().press("Enter");
      assertThat(card(page, id)).hasAttribute("data-status", "IMAGE_COMPLETED");
      tabTo(page, card(page, id).locator("[data-act=delete]"));
      page.keyboard().press("Enter");
      assertThat(card(page, id)).hasCount(0);
      tabTo(page, page.locator(".toast .button"));
      page.keyboard().press("Enter");
      assertThat(card(page, id).locator(".card-link")).isFocused();
    }
  }

  @Test
  void whereThereIsNothingYetThePagesSayHowToBegin() throws Exception {
    try (Visitor visitor = visitor(Manner.CHINESE.onPhone())) {
      visitor
          .context()
          .route(
              "**/api/tasks?*",
              route ->
                  route.fulfill(
                      new Route.FulfillOptions()
                          .setContentType("application/json")
                          .setBody(
                              "{\"success\":true,\"data\":[],\"count\":0,\"nextCursor\":null}")));
      Page page = visitor.open("history.html");
      assertThat(page.locator("#empty h2")).hasText("还没有任务");
      Visitor.assertAccessible(page);
      Visitor.assertFits(page);
      page = visitor.open("workspace.html");
      assertThat(page.locator("h1")).hasText("还没有任务");
      Visitor.assertAccessible(page);
      Visitor.assertFits(page);
      page = visitor.open("");
      assertThat(page.locator("maquette-gallery")).hasText("还没有模型，来创作第一个吧。");
      page.locator(".examples button").nth(1).tap();
      assertThat(Visitor.part(page, "prompt-input")).hasValue("红色的复古小汽车，玩具质感");
    }
  }

  @Test
  void anUnknownTaskAndAnEmptyPlaceAreExplained() throws Exception {
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      visitor.expectTroubles(); // a browser logs every 404
      Page page = visitor.workspace("00000000-0000-4000-8000-000000000000");
      assertThat(page.locator("h1")).hasText("Task not found");
      Visitor.assertAccessible(page);
    }
  }

  @Test
  void aDeletedTaskIsToldToWhoLooksAtIt() throws Exception {
    String id = studio.withPictures("about to go");
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      Page page = visitor.workspace(id);
      assertPushed(page, "live");
      studio.api.delete(id);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(page.locator("h1").textContent()).isEqualTo("Task deleted"));
    }
  }
}
