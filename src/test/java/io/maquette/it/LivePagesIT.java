package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.maquette.it.Browser.Manner;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Changes that pages show by themselves, in a real browser. */
class LivePagesIT extends StudioPages {

  @Test
  void without_event_streams_the_page_polls() throws Exception {
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

  @Test
  void a_page_that_lost_its_connection_shows_all_changes_afterwards() throws Exception {
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
  void two_tabs_show_the_same() throws Exception {
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
  void a_change_is_shown_at_once() throws Exception {
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
  void a_deletion_is_shown_on_the_page_of_the_task() throws Exception {
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
