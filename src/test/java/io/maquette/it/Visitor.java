package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Somebody in a browser, and what must not happen to anybody: an error on the console (a breach of
 * the content policy is one), an exception nobody caught, a request to another host, a dialog.
 */
final class Visitor implements AutoCloseable {

  /** Long enough for a machine that does much else; nothing waits longer than it has to. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final BrowserContext context;
  private final URI base;
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private volatile boolean troublesExpected;

  Visitor(BrowserContext context, URI base) {
    this.context = context;
    this.base = base;
    context.setDefaultTimeout((double) PATIENCE.toMillis());
    context.onRequest(
        request -> {
          URI address = URI.create(request.url().replaceAll("[|^`{}]", "_"));
          if (List.of("http", "https", "ws").contains(address.getScheme())
              && !base.getAuthority().equals(address.getAuthority())) {
            troubles.add("request to " + address);
          }
        });
    context.onConsoleMessage(this::heard);
    context.onWebError(error -> troubles.add("not caught: " + error.error()));
    context.onDialog(
        dialog -> {
          troubles.add("a dialog: " + dialog.message());
          dialog.dismiss();
        });
    PlaywrightAssertions.setDefaultAssertionTimeout((double) PATIENCE.toMillis());
  }

  private void heard(ConsoleMessage message) {
    if (message.type().equals("error") && !troublesExpected) {
      troubles.add(message.text() + " " + message.location());
    }
  }

  /** From now on requests fail because the test wants it, which browsers log. */
  void expectTroubles() {
    troublesExpected = true;
  }

  BrowserContext context() {
    return context;
  }

  Page open(String path) {
    Page page = context.newPage();
    page.navigate(base.resolve("/" + path).toString());
    return page;
  }

  /** As it stands in a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Page workspace(String id) {
    return open("workspace.html?taskId=" + id);
  }

  /** No finding of axe that is serious or worse. */
  static void assertAccessible(Page page) {
    settle(page);
    for (Rule violation : new AxeBuilder(page).analyze().getViolations()) {
      assertThat(violation.getImpact())
          .as("%s: %s %s", page.url(), violation.getId(), violation.getNodes())
          .isNotIn("serious", "critical");
    }
  }

  /** Waits until pictures are there and what changes its looks has; skeletons go on for ever. */
  static void settle(Page page) {
    page.waitForFunction(
        "() => [...document.images].every((image) => image.complete || !image.checkVisibility()"
            + " || image.getBoundingClientRect().top > window.innerHeight)");
    page.evaluate(
        "() => Promise.allSettled(document.getAnimations()"
            + ".filter((animation) => animation.effect.getTiming().iterations !== Infinity)"
            + ".map((animation) => animation.finished))");
  }

  /** Nothing sticks out to the side. */
  static void assertFits(Page page) {
    assertThat(
            (Integer)
                page.evaluate(
                    "() => document.documentElement.scrollWidth"
                        + " - document.documentElement.clientWidth"))
        .as("%s sticks out", page.url())
        .isLessThanOrEqualTo(0);
  }

  static Locator part(Page page, String id) {
    return page.locator("#" + id);
  }

  @Override
  public void close() {
    context.close();
    assertThat(troubles).isEmpty();
  }
}
