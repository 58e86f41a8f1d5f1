package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.maquette.it.Browser.Manner;
import io.maquette.it.server.Server;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes by another node that pages show by themselves, in a real browser. */
@Tag("all")
class LivePagesOfNodesIT extends StudioPages {

  @Test
  void changes_by_another_node_are_shown() throws Exception {
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
}
