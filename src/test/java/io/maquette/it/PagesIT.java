package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.maquette.it.Browser.Manner;
import io.maquette.it.server.Server;
import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as people use them, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {

  private static final Logger LOG = Logger.getLogger(PagesIT.class.getName());

  /** What a page may weigh before it can be used, without the viewer. */
  private static final long FIRST_PAINT_BYTES = 150_000;

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
    Awaitility.await().until(() -> !snapshot(page).equals(before));
  }

  @Test
  void theModelIsReallyDrawnAndCanBeLookedAtInOtherWays() throws Exception {
    String id = studio.completed("to be looked at");
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      Page page = visitor.workspace(id);
      assertThat(viewer(page)).isVisible();
      tool(page, "turn").click(); // stands still
      assertThat(tool(page, "turn")).hasAttribute("aria-pressed", "false");
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

      for (String fact : List.of("format", "size", "faces", "vertices", "dimensions")) {
        assertThat(page.locator("[data-fact=" + fact + "] dd")).hasText(Pattern.compile("\\S+"));
      }
      JsonObject model = studio.api.get(id).getJsonObject("model");
      assertThat(page.locator("[data-fact=faces] dd"))
          .hasText(Pattern.compile("%,d".formatted(model.getJsonNumber("faceCount").longValue())));
    }
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
      studio.letThrough(2);
      assertThat(Visitor.part(page, "hint")).hasText("选择一张图片生成3D模型");
    }
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
      Page history = visitor.open("history.html");
      assertPushed(history, "live");
      String second = there.create("made elsewhere, too");
      Locator card = history.locator("[data-task-id='" + second + "']");
      assertThat(card).isVisible();
      there.delete(second);
      assertThat(card).hasCount(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=x onerror=alert(1)><script>alert(2)</script>",
        "\"'><b>bold</b> &amp; ${alert(3)} {{4}}",
        "abc \u202Etxet siht sesrever\u202C \u2066isolated\u2069",
        "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘"
      })
  void hostileTextIsText(String prompt) throws Exception {
    String id = studio.withPictures(prompt);
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      Page page = visitor.workspace(id);
      assertThat(Visitor.part(page, "prompt")).hasText(prompt);
      Visitor.assertFits(page);
      Page history = visitor.open("history.html");
      Locator card = history.locator("[data-task-id='" + id + "'] .card-prompt");
      assertThat(card).hasText(prompt);
      Visitor.assertFits(history);
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
    }
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
      Locator card = page.locator("[data-task-id='" + ids.get(17) + "']");
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyPageCanBeUsedByEverybody(boolean dark) throws Exception {
    String id = studio.completed("for everybody");
    for (Manner manner : List.of(Manner.CHINESE, Manner.ENGLISH.onPhone())) {
      try (Visitor visitor = visitor(dark ? manner.inTheDark() : manner)) {
        for (String path : List.of("index.html", "history.html", "workspace.html?taskId=" + id)) {
          Page page = visitor.open(path);
          assertThat(page.locator("h1")).isVisible();
          assertThat(page.locator("img.card-picture, .card, maquette-viewer").first()).isVisible();
          Visitor.assertAccessible(page);
          Visitor.assertFits(page);
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
        assertThat(Visitor.part(page, "hint")).hasText("生成中 " + percent + "%");
      }
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
      Collections.sort(millis);
      long median = millis.get(millis.size() / 2);
      long worst = millis.get(millis.size() * 99 / 100);
      LOG.info(
          () ->
              "From the change to the screen: p50 "
                  + median
                  + " ms, p99 "
                  + worst
                  + " ms, of "
                  + millis.size());
      assertThat(millis).hasSizeGreaterThan(80);
      assertThat(median).isLessThan(500);
    }
  }

  @Test
  void recentModelsTurnWhenTheyAreLookedAt() throws Exception {
    studio.completed("to be turned");
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      Page page = visitor.open("");
      Locator card = page.locator("maquette-gallery .card").first();
      assertThat(card).isVisible();
      card.hover();
      assertThat(card.locator("canvas")).isVisible();
    }
  }

  @Test
  void anUnknownTaskAndAnEmptyPlaceAreExplained() throws Exception {
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      visitor.expectTroubles(); // a browser logs every 404
      Page page = visitor.workspace("00000000-0000-4000-8000-000000000000");
      assertThat(page.locator("h1")).hasText("There is no such task");
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
              () -> assertThat(page.locator("h1").textContent()).isEqualTo("The task was deleted"));
    }
  }
}
