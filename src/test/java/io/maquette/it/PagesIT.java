package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import io.maquette.it.Browser.Manner;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The pages as users use them, from a sentence to a model, in a real browser. */
class PagesIT extends StudioPages {

  /** What a page may weigh before it can be used, without the viewer. */
  private static final long FIRST_PAINT_BYTES = 160_000;

  @Test
  void a_sentence_becomes_a_model_by_keyboard_alone() throws Exception {
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

  @Test
  void pictures_are_enlarged_and_downloaded_one_by_one() throws Exception {
    String id = studio.withPictures("enlarged pictures");
    for (Manner manner : List.of(Manner.ENGLISH, Manner.CHINESE.onPhone())) {
      try (Visitor visitor = visitor(manner)) {
        Page page = visitor.workspace(id);
        assertThat(page.locator("#pictures img.shown")).hasCount(4);
        page.locator("#pictures [data-index='1']").click();
        Visitor.part(page, "enlarge").click();
        Locator dialog = page.locator("dialog.enlarged");
        assertThat(dialog.locator("img")).hasAttribute("src", Pattern.compile("/images/1\\?"));
        assertThat(dialog.locator("img")).not().hasAttribute("src", Pattern.compile("size="));
        page.waitForFunction(
            "() => document.querySelector('dialog.enlarged img')?.naturalWidth > 640");
        Visitor.assertFits(page);
        Visitor.assertAccessible(page);
        page.keyboard().press("ArrowRight");
        assertThat(dialog.locator("img")).hasAttribute("src", Pattern.compile("/images/2\\?"));
        Download download = page.waitForDownload(() -> dialog.locator("[download]").click());
        assertThat(download.suggestedFilename()).contains("-3.");
        page.keyboard().press("Escape");
        assertThat(dialog).hasCount(0);
        assertThat(Visitor.part(page, "enlarge")).isFocused();
      }
    }
  }

  @Test
  void options_of_the_provider_are_offered_sent_and_shown() throws Exception {
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      Page page = visitor.open("");
      page.locator("maquette-options summary").click();
      assertThat(page.locator("[data-option]")).hasCount(5);
      option(page, "count").selectOption("2");
      option(page, "aspect").selectOption("3:4");
      option(page, "negativePrompt").fill("a hat");
      option(page, "seed").fill("7");
      Visitor.assertFits(page);
      Visitor.assertAccessible(page);
      Visitor.part(page, "prompt-input").fill("a cat with options");
      assertThat(page.locator(".prompt-form [type=submit]")).hasText("Generate 2 pictures");
      page.locator(".prompt-form [type=submit]").click();
      page.waitForURL(Pattern.compile("workspace\\.html\\?taskId="));
      assertThat(page.locator("#pictures img.shown")).hasCount(2);
      assertThat(page.locator(".task-view")).hasAttribute("data-status", "IMAGE_COMPLETED");
      assertThat(Visitor.part(page, "used-options"))
          .hasText("Options: Pictures: 2 · Aspect ratio: 3:4 · Must not appear: a hat · Seed: 7");
      assertThat(studio.pictures.received(studio.pictures::isSubmission))
          .filteredOn(sent -> sent.json().containsKey("seed"))
          .hasSize(2)
          .allSatisfy(
              sent -> {
                assertThat(sent.json().getInt("seed")).isEqualTo(7);
                assertThat(sent.json().getString("image_size")).isEqualTo("960x1280");
                assertThat(sent.json().getString("negative_prompt")).isEqualTo("a hat");
              });

      page.locator("#pictures [data-index='1']").click();
      page.locator("#options summary").click();
      assertThat(page.locator("[data-option]")).hasCount(4);
      option(page, "faces").fill("99");
      Visitor.part(page, "main-action").click();
      assertThat(option(page, "faces")).isFocused(); // the provider accepts 100 or more
      option(page, "faces").fill("5000");
      option(page, "texture").selectOption("false");
      Visitor.assertFits(page);
      Visitor.assertAccessible(page);
      Visitor.part(page, "main-action").click();
      assertThat(viewer(page)).isVisible();
      assertThat(Visitor.part(page, "used-options"))
          .containsText("Seed: 7 · Faces: 5,000 · Texture: No");
      assertThat(option(page, "faces")).hasValue("");
      assertThat(studio.models.received(sent -> sent.method().equals("POST")))
          .filteredOn(sent -> sent.json().containsKey("target_polycount"))
          .singleElement()
          .satisfies(
              sent -> {
                assertThat(sent.json().getInt("target_polycount")).isEqualTo(5000);
                assertThat(sent.json().getBoolean("should_texture")).isFalse();
              });
    }
  }

  private static Locator option(Page page, String name) {
    return page.locator("[data-option='" + name + "']");
  }

  @Test
  void the_download_is_the_stored_file() throws Exception {
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
  void an_edited_picture_is_shown_with_the_original() throws Exception {
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
      assertThat(Visitor.part(page, "edit-label")).hasText("Edit the new version of picture 3");
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
  void the_history_searches_filters_pages_and_deletes() throws Exception {
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
  void every_page_is_accessible() throws Exception {
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
  void pages_stay_within_their_size() throws Exception {
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
  void a_picture_is_chosen_by_touch_and_the_link_is_copied() throws Exception {
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
  void the_timeline_shows_events_durations_and_attempts() throws Exception {
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
      for (String status : List.of("IMAGE_GENERATING", "MODEL_GENERATING")) {
        assertThat(page.locator("li[data-type=" + status + "]"))
            .containsText(Pattern.compile("took \\d+(\\.\\d)? s"));
      }
      assertThat(page.locator("li[data-type=IMAGE_COMPLETED]"))
          .not()
          .containsText("took"); // it waits for the user
      assertThat(page.locator("maquette-timeline")).not().containsText("0.0 s");
      assertThat(page.locator("li[data-type=IMAGE_STORED]")).hasCount(4);
      assertThat(rows.last()).containsText("3D model ready");
      Visitor.assertAccessible(page);
    }
  }

  @Test
  void a_failed_task_is_retried_from_the_history_by_keyboard() throws Exception {
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
}
