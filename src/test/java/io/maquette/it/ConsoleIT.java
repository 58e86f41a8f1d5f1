package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import io.maquette.it.Browser.Manner;
import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The console as operators use it, in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {

  private static final Pattern FIRST_OPERATOR =
      Pattern.compile("signs in as (\\S+) with the password ([A-Za-z0-9]{20})");
  private static final Logger LOG = Logger.getLogger(ConsoleIT.class.getName());
  private static final String SECRET = "a-key-nobody-is-shown";
  private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'#{7*7}${7*7}";

  private static final List<String> PAGES =
      List.of(
          "",
          "tasks.xhtml",
          "task.xhtml?id=none",
          "late.xhtml",
          "files.xhtml",
          "providers.xhtml",
          "provider.xhtml?name=local",
          "webhooks.xhtml",
          "webhook.xhtml?id=none",
          "settings.xhtml",
          "batch.xhtml",
          "run.xhtml?id=1",
          "users.xhtml",
          "times.xhtml",
          "audit.xhtml");

  @TempDir static Path folder;

  private Browser browser;
  private Server server;
  private String email;
  private String password;
  private String cookie;

  @BeforeAll
  void open() throws Exception {
    browser = new Browser();
    server =
        PayaraMicro.start(
            folder,
            Path.of(System.getProperty("maquette.war")),
            Map.of(
                "MAQUETTE_HOME",
                folder.resolve("home").toString(),
                "MAQUETTE_AUTH",
                "accounts",
                "MAQUETTE_LOCAL_FACES",
                "20000",
                "MAQUETTE_QUEUE_LIMIT",
                "10000000",
                "MAQUETTE_MESHY_API_KEY",
                SECRET));
    Matcher first = FIRST_OPERATOR.matcher(server.log());
    assertThat(first.find()).isTrue();
    email = first.group(1);
    password = first.group(2);
    cookie = Person.cookieOf(Person.signIn(server.base(), email, password));
  }

  @AfterAll
  void close() {
    if (server != null) {
      server.kill();
      browser.close();
    }
  }

  private Visitor operator(Manner manner) {
    return withCookie(manner, cookie);
  }

  private Visitor withCookie(Manner manner, String session) {
    Visitor visitor = browser.visitor(server.base(), manner);
    visitor
        .context()
        .addCookies(
            List.of(new Cookie("maquette-session", session).setUrl(server.base().toString())));
    return visitor;
  }

  /** Opens an action, fills its fields and does it. */
  private static void act(Page page, String action, Map<String, String> fields, String reason) {
    page.locator("[popovertarget=" + action + "-panel]").first().click();
    Locator form = page.locator("form[id='" + action + "']");
    assertThat(form).isVisible();
    fields.forEach(
        (name, value) -> {
          Locator field = form.locator("[name='" + action + ":" + name + "']");
          if (field.evaluate("it => it.localName").equals("select")) {
            field.selectOption(value);
          } else {
            field.fill(value);
          }
        });
    form.locator("[name='" + action + ":reason']").fill(reason);
    page.locator("#content").evaluate("it => it.dataset.before = 'it'");
    form.locator("[name='" + action + ":do']").click();
    assertThat(page.locator("#content[data-before]")).hasCount(0); // another has come instead
  }

  private static Locator message(Page page, String kind) {
    return page.locator("#messages ." + kind);
  }

  @Test
  void users_without_the_operator_role_are_refused() throws Exception {
    try (Visitor visitor = browser.visitor(server.base(), Manner.ENGLISH)) {
      visitor.expectTroubles(); // browsers log a 401 and a 403
      Page page = visitor.open("console/audit.xhtml?action=disable");
      page.waitForURL(Pattern.compile("sign-in\\.html\\?next="));
      page.locator("#email").fill(email);
      page.locator("#password").fill(password);
      page.keyboard().press("Enter");
      page.waitForURL(server.base().resolve("/console/audit.xhtml?action=disable").toString());
      assertThat(page.locator("#action")).hasValue("disable");

      page.navigate(server.base().resolve("/console/users.xhtml").toString());
      act(page, "create", Map.of("email", "maker@maquette.example"), "turned away");
      String secret = page.locator(".secret code").textContent();
      String user = Person.cookieOf(Person.signIn(server.base(), "maker@maquette.example", secret));
      try (Visitor maker = withCookie(Manner.ENGLISH, user)) {
        maker.expectTroubles();
        for (String path : PAGES) {
          assertThat(maker.context().request().get("/console/" + path).status()).isEqualTo(403);
        }
      }

      page.locator(".account button").click(); // signs out
      page.waitForURL(Pattern.compile("sign-in\\.html"));
      page.goBack();
      page.waitForURL(Pattern.compile("sign-in\\.html\\?next="));
    }
  }

  @Test
  void users_are_created_limited_disabled_and_their_keys_revoked_with_a_reason() throws Exception {
    try (Visitor visitor = operator(Manner.ENGLISH)) {
      Page page = visitor.open("console/users.xhtml?q=kept");
      act(page, "create", Map.of("email", "kept@maquette.example"), "");
      assertThat(message(page, "refused")).containsText("reason must have 1 to 500 characters");
      assertThat(page.locator("#users")).not().containsText("kept@maquette.example");
      act(page, "create", Map.of("email", "nobody"), "why not");
      assertThat(message(page, "refused")).containsText("email must be an email address");
      act(page, "create", Map.of("email", "kept@maquette.example"), HOSTILE);
      assertThat(message(page, "done")).isVisible();
      String secret = page.locator(".secret code").textContent();
      assertThat(page.locator("#users")).containsText("kept@maquette.example");
      assertThat(page.locator("#users tbody tr"))
          .hasCount(1); // the filter is still that of the address

      Person kept = Person.signedIn(server.base(), "kept@maquette.example", secret);
      String token =
          kept.call("POST", "/api/keys", "{\"name\":\"" + "<b>shop</b>" + "\",\"scope\":\"read\"}")
              .data()
              .getString("token");
      page.locator("#users a").click();
      assertThat(page.locator("h1")).hasText("kept@maquette.example");
      act(page, "limits", Map.of("waiting", "3", "daily", "x"), "fewer");
      assertThat(message(page, "refused")).containsText("daily must be a whole number");
      act(page, "limits", Map.of("waiting", "3", "daily", "7"), "fewer");
      assertThat(page.locator("dl.facts")).containsText("7");
      assertThat(page.locator("#keys")).containsText("<b>shop</b>");
      act(page, "revoke", Map.of(), "lost");
      assertThat(page.locator("[popovertarget=revoke-panel]")).hasCount(0);
      assertThat(Person.withToken(server.base(), token).get("/api/tasks").status()).isEqualTo(401);
      act(page, "role", Map.of("role", "OPERATOR"), "helps");
      assertThat(page.locator("dl.facts")).containsText("Operator");
      act(page, "role", Map.of("role", "USER"), "helped");
      assertThat(page.locator("dl.facts")).not().containsText("Operator");
      act(page, "disable", Map.of(), "gone");
      assertThat(page.locator("dl.facts")).containsText("Disabled");
      assertThat(kept.get("/api/tasks").status()).isEqualTo(401);
      act(page, "enable", Map.of(), "back");
      assertThat(page.locator("dl.facts")).containsText("Active");
      act(page, "password", Map.of(), "forgot it");
      assertThat(page.locator(".secret code")).not().hasText(secret);

      page.locator("a[href*='audit.xhtml?subject']").click();
      assertThat(page.locator("#entries tbody tr")).hasCount(7);
      assertThat(page.locator("#entries")).containsText(HOSTILE);
      assertThat(page.locator("#entries img")).hasCount(0);
      page.locator("#entries a[href*='action=']").first().click();
      String bookmark = page.url();
      Page again = visitor.open(bookmark.substring(bookmark.indexOf("/console") + 1));
      assertThat(again.locator("#entries tbody tr"))
          .hasCount(page.locator("#entries tbody tr").count());
    }
  }

  @Test
  void the_last_operator_cannot_be_disabled() throws Exception {
    try (Visitor visitor = operator(Manner.CHINESE)) {
      Page page = visitor.open("console/users.xhtml?q=" + email);
      page.locator("#users a").click();
      act(page, "disable", Map.of(), "试试");
      assertThat(message(page, "refused")).isVisible();
      assertThat(page.locator("dl.facts [data-state=good]")).isVisible();
    }
  }

  /** Comes last, as what it imports would be drawn before the tasks of the others. */
  @Test
  @Tag("all")
  @Order(Integer.MAX_VALUE)
  void batch_jobs_are_started_watched_stopped_and_resumed() throws Exception {
    String prompts =
        IntStream.range(0, 30_000)
            .mapToObj(number -> "\"" + HOSTILE.replace("\"", "\"\"") + " " + number + "\"\n")
            .collect(Collectors.joining("", "prompt\n", ""));
    try (Visitor visitor = operator(Manner.ENGLISH)) {
      Page page = visitor.open("console/batch.xhtml");
      act(page, "import", Map.of("owner", "nobody@maquette.example"), "nobody");
      assertThat(message(page, "refused"))
          .containsText("must be the email address or ID of a user");
      act(page, "import", Map.of("owner", email), "no file");
      assertThat(message(page, "refused")).isVisible();
      page.locator("[popovertarget=import-panel]").first().click();
      page.locator("input[type=file]")
          .setInputFiles(
              new FilePayload("prompts.csv", "text/csv", prompts.getBytes(StandardCharsets.UTF_8)));
      page.locator("[name='import:owner']").fill(email);
      page.locator("[name='import:reason']").fill("30,000 of them");
      page.locator("[name='import:do']").click();
      page.waitForURL(Pattern.compile("run\\.xhtml\\?id=\\d+"));
      assertThat(page.locator("dl[data-status=RUNNING]")).isVisible();
      act(page, "stop", Map.of(), "for a look");
      assertThat(page.locator("dl[data-status=STOPPED]")).isVisible(); // by itself
      page.reload();
      act(page, "again", Map.of(), "seen enough");
      assertThat(page.locator("dl[data-status=RUNNING]")).isVisible();
      Locator read = page.locator("dl.facts div:nth-child(2) dd");
      String before = read.textContent();
      assertThat(read).not().hasText(before); // by itself
      act(page, "stop", Map.of(), "enough for a test");
      assertThat(page.locator("dl[data-status=STOPPED]")).isVisible();

      Download report = page.waitForDownload(() -> page.locator("a[download]").click());
      assertThat(Files.readString(report.path())).startsWith("number,subject,outcome,detail");

      page.navigate(server.base().resolve("/console/batch.xhtml?job=redrive").toString());
      page.locator("[popovertarget=redrive-panel]").first().click();
      page.locator("[name='redrive:from']").fill("yesterday");
      page.locator("[name='redrive:preview']").click();
      assertThat(message(page, "refused")).containsText("from must be a time");
      page.locator("[popovertarget=redrive-panel]").first().click();
      page.locator("[name='redrive:from']").fill("");
      page.locator("[name='redrive:stage']").selectOption("MODEL");
      page.locator("[name='redrive:preview']").click();
      assertThat(page.locator("#previewed")).containsText("0 tasks");
      for (String job : List.of("redrive", "verify-assets", "dwell-report")) {
        page.navigate(server.base().resolve("/console/batch.xhtml?job=" + job).toString());
        act(page, job, Map.of(), "test " + HOSTILE);
        page.waitForURL(Pattern.compile("run\\.xhtml\\?id=\\d+"));
        assertThat(page.locator("dl[data-status=COMPLETED]")).isVisible();
      }
      page.navigate(server.base().resolve("/console/times.xhtml").toString());
      assertThat(page.locator("figure").first()).containsText("Queued for pictures");
      assertThat(page.locator("figure rect.p95").first()).isVisible();
      picture(page, "times.xhtml-filled", Manner.ENGLISH);
      Visitor.assertAccessible(page);

      page.navigate(server.base().resolve("/console/batch.xhtml?job=retention").toString());
      act(page, "retention", Map.of("days", "0"), "all of them");
      assertThat(message(page, "refused")).containsText("days must be a whole number from 1");
      assertThat(page.locator("#runs")).containsText("No entries");
      page.navigate(server.base().resolve("/console/audit.xhtml?action=batch-stop").toString());
      assertThat(page.locator("#entries tbody tr")).hasCount(2);
    }
  }

  private Person maker() {
    return Person.withCookie(server.base(), cookie);
  }

  private String task(String prompt) throws Exception {
    return maker()
        .call(
            "POST",
            "/api/tasks",
            Json.createObjectBuilder().add("prompt", prompt).build().toString())
        .data()
        .getString("id");
  }

  private void await(String task, String status) {
    Awaitility.await()
        .atMost(Visitor.PATIENCE)
        .until(() -> maker().get("/api/tasks/" + task).data().getString("status").equals(status));
  }

  @Test
  void operators_find_any_task_read_its_history_and_act() throws Exception {
    String task = task(HOSTILE + " lighthouse");
    await(task, "IMAGE_COMPLETED");
    maker().call("PATCH", "/api/tasks/" + task, "{\"selectedImageIndex\":1}");
    await(task, "MODEL_COMPLETED");
    try (Visitor visitor = operator(Manner.ENGLISH)) {
      Page page = visitor.open("console/tasks.xhtml");
      page.locator("#q").fill("LIGHTHOUSE");
      page.locator("#status").selectOption("MODEL_COMPLETED");
      page.locator(".filters .primary").click();
      page.waitForURL(Pattern.compile("q=LIGHTHOUSE.*status=MODEL_COMPLETED"));
      assertThat(page.locator("#tasks tbody tr")).hasCount(1);
      assertThat(page.locator("#count")).hasText("1 task");
      String bookmark = page.url();
      Page again = visitor.open(bookmark.substring(bookmark.indexOf("/console") + 1));
      assertThat(again.locator("#tasks tbody a").first()).hasText(HOSTILE + " lighthouse");
      assertThat(again.locator("#status")).hasValue("MODEL_COMPLETED");
      assertThat(again.locator("main img")).hasCount(0);
      again.locator("#tasks tbody a").first().click();
      assertThat(again.locator("h1")).hasText(HOSTILE + " lighthouse");
      assertThat(again.locator("#stays tbody tr")).hasCount(6);
      assertThat(again.locator("#calls tbody tr")).hasCount(5);
      assertThat(again.locator(".story-pictures img")).hasCount(4);
      assertThat(again.locator("maquette-viewer[data-state=ready]")).isVisible();
      picture(again, "story", Manner.ENGLISH);
      Page byId = visitor.open("console/tasks.xhtml?q=" + task);
      assertThat(byId.locator("#tasks tbody tr")).hasCount(1);
      Download export = again.waitForDownload(() -> again.locator("a[download]").click());
      assertThat(Files.readString(export.path())).contains(task);
      assertThat(again.locator("[popovertarget=model-panel]")).hasCount(0); // not where it is
      Page wrong = visitor.open("console/tasks.xhtml?status=NOT_ONE&q=x");
      assertThat(message(wrong, "refused")).containsText("status must be one of");
    }
  }

  @Test
  void operators_pause_providers_and_move_or_cancel_many_tasks() throws Exception {
    String chosen = task("to be moved");
    await(chosen, "IMAGE_COMPLETED");
    try (Visitor visitor = operator(Manner.ENGLISH)) {
      Page page = visitor.open("console/providers.xhtml");
      page.locator("#providers a").first().click();
      act(page, "pause", Map.of(), "they clean up");
      assertThat(page.locator("dl.facts")).containsText("Paused");
      act(page, "limit", Map.of("requestsPerSecond", "0"), "gently");
      assertThat(message(page, "refused")).isVisible();
      act(page, "limit", Map.of("requestsPerSecond", "20"), "gently");
      assertThat(message(page, "done")).isVisible();
      act(page, "probe", Map.of(), "are they there");
      assertThat(message(page, "done")).isVisible();
      maker().call("PATCH", "/api/tasks/" + chosen, "{\"selectedImageIndex\":2}");
      page.navigate(server.base().resolve("/console/tasks.xhtml?q=to+be+moved").toString());
      act(page, "bulk", Map.of("action", "CHANGE_PROVIDER", "maker", "local"), "it has room");
      assertThat(page.locator("#result")).containsText("Applied to 1 task.");
      await(chosen, "MODEL_GENERATING");
      String one = task("bulk one");
      String two = task("bulk two");
      page.navigate(
          server.base().resolve("/console/tasks.xhtml?q=bulk&status=IMAGE_PENDING").toString());
      assertThat(page.locator("#tasks tbody tr")).hasCount(2);
      page.locator("[popovertarget=bulk-panel]").first().click();
      page.locator("[name='bulk:preview']").click();
      assertThat(page.locator("#previewed")).containsText("2 tasks");
      assertThat(page.locator("#previewed li")).hasCount(2);
      assertThat(page.locator("#tasks tbody tr")).hasCount(2);
      act(page, "bulk", Map.of("action", "CANCEL"), "");
      assertThat(message(page, "refused")).containsText("reason must have 1 to 500 characters");
      act(page, "bulk", Map.of("action", "CANCEL"), "nobody needs them");
      assertThat(page.locator("#result")).containsText("Applied to 2 tasks.");
      await(one, "CANCELLED");
      await(two, "CANCELLED");

      page.navigate(server.base().resolve("/console/task.xhtml?id=" + one).toString());
      act(page, "delete", Map.of(), "nor its row");
      page.waitForURL(Pattern.compile("tasks\\.xhtml"));
      assertThat(maker().get("/api/tasks/" + one).status()).isEqualTo(404);
      page.navigate(server.base().resolve("/console/audit.xhtml?action=CANCEL").toString());
      assertThat(page.locator("#entries tbody tr")).hasCount(2);

      page.navigate(server.base().resolve("/console/providers.xhtml").toString());
      page.locator("#providers a").first().click();
      act(page, "resume", Map.of(), "clean");
      assertThat(page.locator("dl.facts")).containsText("In use");
      await(chosen, "MODEL_COMPLETED");
      act(page, "limit", Map.of(), "as it was");
      assertThat(message(page, "done")).isVisible();
    }
  }

  @Test
  void the_overview_updates_and_shows_no_secrets() throws Exception {
    try (Visitor visitor = operator(Manner.ENGLISH)) {
      Page page = visitor.open("console/");
      Locator at = page.locator("#figures > p");
      String before = at.textContent();
      assertThat(at).not().hasText(before); // by itself
      assertThat(page.locator("#nodes")).containsText("Online");
      page.navigate(server.base().resolve("/console/settings.xhtml").toString());
      assertThat(page.locator("#settings")).containsText("maquette.auth");
      assertThat(page.locator("#settings")).not().containsText(SECRET);
      assertThat(page.locator("#settings")).containsText("••••••");
    }
  }

  /** By name only, with as many tasks as are asked for; docs/operations.md has the command. */
  @Test
  @EnabledIfSystemProperty(named = "console.tasks", matches = "[0-9]+")
  void every_page_loads_within_half_a_second() throws Exception {
    importTasks(Integer.getInteger("console.tasks"));
    List<String> paths = new ArrayList<>(PAGES);
    paths.addAll(
        List.of(
            "tasks.xhtml?status=IMAGE_PENDING&stage=IMAGE",
            "tasks.xhtml?user=" + email,
            "tasks.xhtml?q=number+77",
            "tasks.xhtml?q=in+no+prompt",
            "tasks.xhtml?q=93922150-1534-422b-a0d7-051ef0fd3d75"));
    Map<String, Duration> slow = new TreeMap<>();
    for (String path : paths) {
      Duration best = Duration.ofDays(1);
      for (int i = 0; i < 8; i++) {
        long began = System.nanoTime();
        assertThat(maker().get("/console/" + path).status()).isEqualTo(200);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        best = took.compareTo(best) < 0 ? took : best;
      }
      LOG.info("/console/" + path + ": " + best.toMillis() + " ms");
      if (best.toMillis() >= 500) {
        slow.put(path, best);
      }
    }
    assertThat(slow).isEmpty();
  }

  /** Tasks that nobody works on, by an import. */
  private void importTasks(int number) throws Exception {
    maker().call("POST", "/api/admin/providers/local/pause", "{\"reason\":\"many\"}");
    OperatorClient operator =
        new OperatorClient(server.base(), OperatorClient.keyOf(server.base(), server.log()));
    String prompts =
        IntStream.range(0, number)
            .mapToObj(i -> "task number " + i + "\n")
            .collect(Collectors.joining("", "prompt\n", ""));
    long run = operator.start("import?owner=" + email + "&reason=many", "text/csv", prompts);
    Awaitility.await()
        .atMost(Duration.ofMinutes(20))
        .pollInterval(Duration.ofSeconds(1))
        .failFast(() -> operator.run(run).getString("status").equals("FAILED"))
        .until(() -> operator.run(run).getString("status").equals("COMPLETED"));
  }

  @Test
  void the_pages_are_accessible() throws IOException {
    List<Manner> manners = Manner.all();
    for (int i = 0; i < manners.size(); i++) {
      Manner manner = manners.get(i);
      try (Visitor visitor = operator(manner)) {
        for (String path : inTurn(i, manners.size())) {
          Page page = visitor.open("console/" + path);
          assertThat(page.locator("nav [aria-current]")).isVisible();
          assertThat(page.locator("html"))
              .hasAttribute("lang", manner.language().startsWith("zh") ? "zh" : "en");
          picture(page, path, manner);
          Visitor.assertAccessible(page);
          Visitor.assertFits(page);
          page.close();
        }
      }
    }
  }

  @Test
  void the_chosen_language_applies_in_the_console() {
    try (Visitor visitor = operator(Manner.ENGLISH)) {
      Page page = visitor.open("console/users.xhtml?q=x");
      assertThat(page.locator("h1")).hasText("Users and keys");
      page.locator(".languages [lang=zh]").click();
      assertThat(page.locator("h1")).hasText("用户与密钥");
      assertThat(page.url()).endsWith("users.xhtml?q=x");
    }
  }

  /** Returns all pages with {@code -Pall}; otherwise each page is looked at in one manner. */
  private static List<String> inTurn(int manner, int manners) {
    return Boolean.getBoolean("it.all")
        ? PAGES
        : IntStream.range(0, PAGES.size())
            .filter(page -> page % manners == manner)
            .mapToObj(PAGES::get)
            .toList();
  }

  /** Kept where {@code -Dit.pictures} says, to be looked at. */
  private static void picture(Page page, String path, Manner manner) {
    String where = System.getProperty("it.pictures");
    if (where != null) {
      String name =
          (path.isEmpty() ? "index" : path.replaceAll("\\W.*", ""))
              + "-"
              + manner.language().substring(0, 2)
              + "-"
              + manner.width();
      page.screenshot(
          new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(where, name + ".png")));
    }
  }
}
