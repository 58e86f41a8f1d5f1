package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.maquette.it.Browser.Manner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every row of the screen table, in both languages and in a real browser: texts, buttons, pictures,
 * and what axe has to say. {@code -Dscreenshots=docs/images/screens} keeps what was to be seen.
 */
@Tag("all")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScreensIT {

  private static final Path SCREENSHOTS =
      Path.of(System.getProperty("screenshots", "target/screenshots"));

  /** Whom the pages are shown to. */
  enum Language {
    CHINESE,
    ENGLISH;

    Manner manner() {
      return this == CHINESE ? Manner.CHINESE : Manner.ENGLISH;
    }
  }

  private Studio studio;
  private Browser browser;
  private Page page;
  private Language language;

  @BeforeAll
  void open() throws IOException {
    browser = new Browser();
    studio = Studio.open();
  }

  @AfterAll
  void close() {
    if (studio != null) {
      studio.close();
      browser.close();
    }
  }

  /** The texts as the product's description has them. */
  private String in(String chinese, String english) {
    return language == Language.CHINESE ? chinese : english;
  }

  private void assertButton(String text, boolean enabled) {
    Locator button = Visitor.part(page, "main-action");
    assertThat(button).hasText(text);
    if (enabled) {
      assertThat(button).isEnabled();
    } else {
      assertThat(button).isDisabled();
    }
  }

  private void assertSays(String id, String text) {
    assertThat(Visitor.part(page, id)).hasText(text);
    assertThat(Visitor.part(page, id)).isVisible();
  }

  private void assertSaysNothing(String id) {
    assertThat(Visitor.part(page, id)).isHidden();
  }

  private void assertPictures(int there, int missing) {
    assertThat(page.locator("#pictures img.shown")).hasCount(there);
    assertThat(page.locator("#pictures .skeleton:visible")).hasCount(missing);
  }

  private void assertBar(int percent) {
    assertThat(page.getByRole(AriaRole.PROGRESSBAR))
        .hasAttribute("aria-valuenow", Integer.toString(percent));
  }

  /** Looks at the screen as it is now. */
  private void look(String name) {
    Visitor.assertAccessible(page);
    Visitor.assertFits(page);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(
                SCREENSHOTS.resolve(
                    name + "-" + language.manner().language().substring(0, 2) + ".png")));
  }

  @ParameterizedTest
  @EnumSource
  void every_status_has_its_screen(Language spoken) throws Exception {
    language = spoken;
    studio.holdPictures();
    String before = studio.api.create("the one before");
    studio.api.awaitStatus(before, "IMAGE_GENERATING");
    String id = studio.api.create(Studio.SUBJECT);
    try (Visitor visitor = browser.visitor(studio.base(), language.manner())) {
      page = visitor.workspace(id);

      assertSays("hint", in("任务队列中，等待处理", "In the queue, waiting to be processed"));
      assertButton(in("生成3D模型", "Generate 3D model"), false);
      assertPictures(0, 4);
      look("image-pending");

      studio.letThrough(4);
      studio.api.awaitStatus(before, "IMAGE_COMPLETED");
      for (int there = 0; there < 4; there++) {
        assertSays("caption", in("AI正在创作 %d/4", "The AI is creating %d/4").formatted(there));
        assertSays("hint", in("正在生成 %d/4 张图片", "Generating picture %d/4").formatted(there));
        assertButton(in("生成3D模型", "Generate 3D model"), false);
        assertPictures(there, 4 - there);
        if (there == 2) {
          look("image-generating");
        }
        studio.letThrough(1);
      }

      assertSays("hint", in("选择一张图片生成3D模型", "Choose a picture to generate the 3D model"));
      assertSaysNothing("caption");
      assertButton(in("生成3D模型", "Generate 3D model"), false);
      assertPictures(4, 0);
      page.locator("#pictures [data-index='1']").click();
      assertButton(in("生成3D模型", "Generate 3D model"), true);
      look("image-completed");

      studio.models.hold("PENDING", 0);
      studio.api.select(before, 0);
      studio.api.await(before, Duration.ofSeconds(30), ApiClient::hasJob);
      Visitor.part(page, "main-action").click();
      assertSays("hint", in("准备生成模型...", "Preparing to generate the model..."));
      assertButton(in("生成3D模型", "Generate 3D model"), false);
      look("model-pending");

      studio.api.cancel(before);
      assertSays("hint", in("等待处理 0%", "Waiting to be processed 0%"));
      assertButton(in("生成3D模型", "Generate 3D model"), false);
      assertBar(0);
      look("model-waiting");

      studio.models.hold("IN_PROGRESS", 37);
      assertSays("hint", in("生成中 %d%%", "Generating %d%%").formatted(37));
      assertButton(in("生成3D模型", "Generate 3D model"), false);
      assertBar(37);
      look("model-generating");

      studio.models.goOn();
      assertSays("hint", "100%");
      assertButton(in("下载模型", "Download model"), true);
      assertThat(page.locator("maquette-viewer[data-state=ready] canvas")).isVisible();
      look("model-completed");

      studio.models.endNext("FAILED", "the mesh could not be made");
      page.locator("#pictures [data-index='3']").click();
      Visitor.part(page, "regenerate").click();
      page.locator("dialog[open] button.primary, dialog[open] button:last-of-type").first().click();
      assertThat(Visitor.part(page, "caption"))
          .hasText(Pattern.compile("^" + in("模型生成失败：", "Model generation failed:") + ".+"));
      assertButton(in("重新生成3D模型", "Generate 3D model again"), true);
      assertPictures(4, 0);
      look("model-failed");
    } finally {
      studio.release();
    }
  }

  @ParameterizedTest
  @EnumSource
  void failed_and_cancelled_tasks_have_their_screens(Language spoken) throws Exception {
    language = spoken;
    studio.pictures.failNext("451");
    String failed = studio.api.create(Studio.SUBJECT);
    try (Visitor visitor = browser.visitor(studio.base(), language.manner())) {
      page = visitor.workspace(failed);
      assertThat(Visitor.part(page, "caption"))
          .hasText(Pattern.compile("^" + in("图片生成失败：", "Picture generation failed:") + ".+"));
      assertSaysNothing("hint");
      assertButton(in("重新生成图片", "Generate pictures again"), true);
      look("image-failed");

      studio.holdPictures();
      Visitor.part(page, "main-action").click();
      assertSays("hint", in("正在生成 %d/4 张图片", "Generating picture %d/4").formatted(0));
      Visitor.part(page, "cancel").click();
      page.locator("dialog[open]")
          .getByRole(
              AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(in("取消任务", "Cancel task")))
          .click();
      assertSays("caption", in("已取消", "Cancelled"));
      assertButton(in("新任务", "New task"), true);
      look("cancelled");
      Visitor.part(page, "main-action").click();
      assertThat(page.locator("#prompt-input")).hasValue(Studio.SUBJECT);
    } finally {
      studio.release();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_other_pages_have_their_screens(Language spoken) throws Exception {
    language = spoken;
    String id = studio.completed(in("一只戴草帽的小猫，圆滚滚的", "a round kitten in a straw hat"));
    try (Visitor visitor = browser.visitor(studio.base(), language.manner())) {
      page = visitor.open("");
      assertThat(page.locator("h1"))
          .hasText(in("把一句话，捏成手里的模型", "Say it. Then hold it in your hand."));
      assertThat(page.locator("maquette-gallery .card").first()).isVisible();
      look("home");
      page = visitor.open("history.html");
      assertThat(page.locator("[data-task-id='" + id + "'] .status-chip"))
          .hasText(in("模型已完成", "3D model ready"));
      look("history");
    }
    try (Visitor visitor =
        browser.visitor(studio.base(), language.manner().onPhone().inTheDark())) {
      page = visitor.workspace(id);
      assertThat(page.locator("maquette-viewer[data-state=ready] canvas")).isVisible();
      look("phone");
    }
  }

  @Test
  void the_language_switch_applies_to_everything() throws Exception {
    String id = studio.withPictures(Studio.SUBJECT);
    try (Visitor visitor = browser.visitor(studio.base(), Manner.CHINESE)) {
      page = visitor.workspace(id);
      assertSays("hint", "选择一张图片生成3D模型");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("English")).click();
      assertSays("hint", "Choose a picture to generate the 3D model");
      assertThat(page.locator("html")).hasAttribute("lang", "en");
      page.reload();
      assertSays("hint", "Choose a picture to generate the 3D model");
    }
  }
}
