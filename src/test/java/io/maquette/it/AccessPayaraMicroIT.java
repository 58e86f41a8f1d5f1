package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.maquette.it.Browser.Manner;
import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Beside who may do what: the pages, in a real browser. */
class AccessPayaraMicroIT extends AccessContract {

  @Override
  Server start(Path folder, Path war, Map<String, String> environment) throws Exception {
    return PayaraMicro.start(folder, war, environment);
  }

  private static void signIn(Page page, String email, String password) {
    assertThat(page.locator("#email")).isFocused();
    page.keyboard().type(email);
    page.keyboard().press("Tab");
    page.keyboard().type(password);
    page.keyboard().press("Enter");
  }

  @Test
  void signing_in_leads_there_and_back_by_keyboard_alone() throws Exception {
    String email = "walks@maquette.example";
    String password = newPassword(email);
    try (Browser browser = new Browser();
        Visitor visitor = browser.visitor(base(), Manner.ENGLISH)) {
      visitor.expectTroubles(); // browsers log every 401
      Page page = visitor.open("history.html?q=cat");
      page.waitForURL(Pattern.compile("sign-in\\.html\\?next="));
      signIn(page, email, "not the password");
      assertThat(page.locator("#error")).hasText("The email or password is incorrect.");
      assertThat(page.locator("#password")).isFocused();
      page.keyboard().type(password);
      page.keyboard().press("Enter");
      page.waitForURL(base().resolve("/history.html?q=cat").toString());
      assertThat(page.locator(".account")).containsText(email);
      assertThat(page.locator("html")).not().hasAttribute("data-push", "offline");

      page.locator(".account button").press("Enter");
      page.waitForURL(Pattern.compile("sign-in\\.html"));
      assertThat(page.locator(".account")).isHidden();
    }
  }

  @Test
  void signing_in_never_redirects_to_another_host() throws Exception {
    String password = newPassword("led@maquette.example");
    try (Browser browser = new Browser()) {
      for (String next :
          List.of("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1")) {
        try (Visitor visitor = browser.visitor(base(), Manner.ENGLISH)) {
          visitor.expectTroubles();
          Page page = visitor.open("sign-in.html?next=" + Visitor.encoded(next));
          signIn(page, "led@maquette.example", password);
          page.waitForURL(url -> !url.contains("sign-in.html"));
          assertThat(page.url()).startsWith(base().toString());
        }
      }
    }
  }

  @Test
  void a_user_creates_uses_and_revokes_an_api_key_and_changes_the_password() throws Exception {
    String email = "keys@maquette.example";
    String password = newPassword(email);
    try (Browser browser = new Browser();
        Visitor visitor = browser.visitor(base(), Manner.ENGLISH)) {
      visitor.expectTroubles();
      Page page = visitor.open("settings.html");
      page.waitForURL(Pattern.compile("sign-in\\.html"));
      signIn(page, email, password);
      page.waitForURL(base().resolve("/settings.html").toString());
      assertThat(page.locator("#no-keys")).isVisible();
      assertThat(page.locator("#scope-admin")).isHidden();
      page.locator("#key-name").fill("<b>the shop</b>");
      page.locator("#key-form button").click();
      assertThat(page.locator("#new-token")).hasText(Pattern.compile("mqt_[\\w-]{43}"));
      String token = page.locator("#new-token").textContent();
      assertThat(page.locator("#keys li")).containsText("<b>the shop</b>");
      Person program = Person.withToken(base(), token);
      assertThat(program.get("/api/tasks").status()).isEqualTo(200);

      page.locator("#keys button").click();
      Locator sure = page.locator("dialog .danger");
      sure.click();
      assertThat(page.locator("#keys .ended")).isVisible();
      assertThat(program.get("/api/tasks").status()).isEqualTo(401);

      page.locator("#present").fill(password);
      page.locator("#next").fill("a much longer one");
      page.locator("#password-form button").click();
      assertThat(page.locator(".toast")).hasText("Password changed");
      assertThat(Person.signIn(base(), email, "a much longer one").status()).isEqualTo(200);
    }
  }

  @Test
  void a_user_creates_a_webhook_sees_its_deliveries_and_deletes_it() throws Exception {
    String email = "hooks@maquette.example";
    String password = newPassword(email);
    try (Browser browser = new Browser();
        Visitor visitor = browser.visitor(base(), Manner.ENGLISH)) {
      visitor.expectTroubles();
      Page page = visitor.open("settings.html");
      page.waitForURL(Pattern.compile("sign-in\\.html"));
      signIn(page, email, password);
      page.waitForURL(base().resolve("/settings.html").toString());
      assertThat(page.locator("#no-hooks")).isVisible();
      page.locator("#hook-url").fill("http://inside.example/");
      page.locator("#hook-form button").click();
      assertThat(page.locator("#hook-error")).containsText("https");
      page.locator("#hook-url").fill("https://nobody.invalid/?<b>");
      page.locator("#hook-form button").click();
      assertThat(page.locator("#hook-error")).isVisible();
      page.locator("#hook-url").fill("https://nobody.invalid/hooks");
      page.locator("#hook-form [value=status_changed]").uncheck();
      page.locator("#hook-form [value=deleted]").uncheck();
      page.locator("#hook-form button").click();
      assertThat(page.locator("#hook-error")).isVisible();
      page.locator("#hook-form [value=status_changed]").check();
      page.locator("#hook-form button").click();
      assertThat(page.locator("#new-secret")).hasText(Pattern.compile("whsec_[\\w+/]{43}="));
      assertThat(page.locator("#hooks > li")).containsText("https://nobody.invalid/hooks");
      String first = page.locator("#new-secret").textContent();
      page.locator("#hooks button", new Page.LocatorOptions().setHasText("Replace secret")).click();
      assertThat(page.locator("#new-secret")).not().hasText(first);
      Visitor.assertAccessible(page);

      page.evaluate(
          "() => fetch('api/tasks', {method: 'POST', headers: {'Content-Type':"
              + " 'application/json', 'X-Requested-With': 'test'}, body: '{\"prompt\":\"told\"}'})");
      Locator log =
          page.locator("#hooks button", new Page.LocatorOptions().setHasText("Deliveries"));
      Locator resend = page.locator("#hooks [data-event] button").first();
      await()
          .pollInSameThread()
          .until(
              () -> {
                log.click();
                return resend.count() > 0;
              });
      resend.click();
      assertThat(page.locator("#hooks [data-event]").first()).containsText("Status changes");

      page.locator("#hooks button", new Page.LocatorOptions().setHasText("Delete")).click();
      page.locator("dialog .danger").click();
      assertThat(page.locator("#no-hooks")).isVisible();
    }
  }

  @Test
  void the_pages_are_accessible() throws Exception {
    String email = "a-rather-long-address-of-somebody@maquette.example";
    String password = newPassword(email);
    try (Browser browser = new Browser()) {
      for (Manner manner : Manner.all()) {
        try (Visitor visitor = browser.visitor(base(), manner)) {
          visitor.expectTroubles();
          Page page = visitor.open("settings.html");
          page.waitForURL(Pattern.compile("sign-in\\.html"));
          Visitor.assertAccessible(page);
          Visitor.assertFits(page);
          signIn(page, email, password);
          page.waitForURL(base().resolve("/settings.html").toString());
          assertThat(page.locator("#sections")).isVisible();
          page.locator("#key-name").fill("一个密钥");
          page.locator("#key-form button").click();
          assertThat(page.locator("#new-token")).isVisible();
          Visitor.assertAccessible(page);
          Visitor.assertFits(page);
        }
      }
    }
  }
}
