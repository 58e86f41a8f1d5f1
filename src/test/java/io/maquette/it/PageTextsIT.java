package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.maquette.it.Browser.Manner;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Texts that pages show: hostile ones, reasons of failures, and empty places, in a real browser.
 */
class PageTextsIT extends StudioPages {

  private static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=alert(1)><script>alert(2)</script>",
          "\"'><b>bold</b> &amp; ${alert(3)} {{4}}",
          "abc \u202Etxet siht sesrever\u202C \u2066isolated\u2069",
          "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘");

  @Test
  void hostile_text_is_shown_as_text() throws Exception {
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
  void hostile_reasons_are_shown_as_text() throws Exception {
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
  void a_very_long_word_is_wrapped() throws Exception {
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
  void empty_pages_say_how_to_begin() throws Exception {
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
  void an_unknown_task_and_an_empty_history_are_explained() throws Exception {
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      visitor.expectTroubles(); // a browser logs every 404
      Page page = visitor.workspace("00000000-0000-4000-8000-000000000000");
      assertThat(page.locator("h1")).hasText("Task not found");
      Visitor.assertAccessible(page);
    }
  }
}
