package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.maquette.it.Browser.Manner;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** Pages in a real browser, with providers that do what a test says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("fault")
abstract class StudioPages {

  static final Logger LOG = Logger.getLogger(StudioPages.class.getName());

  private static Studio shared;
  private static Browser chromium;

  /** The application, which the classes of a process share. */
  Studio studio;

  /** The browser, which the classes of a process share. */
  Browser browser;

  @BeforeAll
  void open() throws IOException {
    if (shared == null) {
      chromium = new Browser();
      shared = Studio.open();
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    studio = shared;
    browser = chromium;
  }

  /**
   * Lets the tasks of a test end, as they would take the pictures that the next one lets through.
   */
  @AfterEach
  void release() {
    studio.release();
    studio.awaitRest();
  }

  Visitor visitor(Manner manner) {
    return browser.visitor(studio.base(), manner);
  }

  static Locator viewer(Page page) {
    return page.locator("maquette-viewer[data-state=ready]");
  }

  static void assertPushed(Page page, String how) {
    assertThat(page.locator("html")).hasAttribute("data-push", how);
  }

  static String snapshot(Page page) {
    return (String) page.locator("maquette-viewer").evaluate("viewer => viewer.snapshot()");
  }

  static void awaitOther(Page page, String before) {
    Awaitility.await().atMost(Visitor.PATIENCE).until(() -> !snapshot(page).equals(before));
  }

  static Locator card(Page history, String id) {
    return history.locator("[data-task-id='" + id + "']");
  }

  static long whenSeen(Page page, Object what) {
    Object millis = page.waitForFunction("what => window.seen[what]", what).jsonValue();
    return ((Number) millis).longValue();
  }

  /**
   * @param bound of the median, which holds on a machine that does much else as well
   */
  static void assertMostAtOnce(String what, List<Long> millis, long bound) {
    Collections.sort(millis);
    long median = millis.get(millis.size() / 2);
    long nearlyAll = millis.get(millis.size() * 99 / 100);
    LOG.info(
        () -> "%s: p50 %d ms, p99 %d ms, of %d".formatted(what, median, nearlyAll, millis.size()));
    assertThat(millis).hasSizeGreaterThan(50);
    assertThat(median).isLessThan(bound);
  }
}
