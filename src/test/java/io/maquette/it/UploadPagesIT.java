package io.maquette.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.FilePayload;
import io.maquette.it.Browser.Manner;
import io.maquette.picture.OddPictures;
import io.maquette.studio.LocalSamples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Tasks that begin with the user's own picture, in a real browser. */
class UploadPagesIT extends StudioPages {

  @Test
  void a_refusal_is_explained_at_its_field() throws Exception {
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
      Visitor.part(page, "picture-input")
          .setInputFiles(new FilePayload("moves.gif", "image/gif", "GIF89a moves".getBytes(UTF_8)));
      assertThat(Visitor.part(page, "prompt-error"))
          .hasText(
              "The picture has the format GIF, which is not supported: save it as JPEG or PNG");
      assertThat(Visitor.part(page, "picture-button")).hasAttribute("aria-invalid", "true");
      assertThat(Visitor.part(page, "picture-button")).isFocused();
      assertThat(Visitor.part(page, "prompt-input")).hasAttribute("aria-invalid", "false");
      Visitor.assertAccessible(page);

      Visitor.part(page, "picture-input")
          .setInputFiles(new FilePayload("empty.png", "image/png", new byte[0]));
      assertThat(Visitor.part(page, "prompt-error"))
          .hasText(
              "The picture is an empty file: choose another one, or copy or download it again");
      page.waitForRequest(
          sent -> sent.method().equals("POST") && sent.url().contains("api/tasks"),
          () -> {
            page.route("**/api/tasks?*", route -> {}); // no answer yet
            Visitor.part(page, "picture-input")
                .setInputFiles(new FilePayload("next.gif", "image/gif", new byte[] {'G'}));
          });
      assertThat(Visitor.part(page, "prompt-error")).isHidden();
      assertThat(Visitor.part(page, "picture-button")).hasAttribute("aria-invalid", "false");
    }
  }

  /** A photo that is large and lies on its side: red at the right once it is upright. */
  private static byte[] largePhoto() throws IOException {
    BufferedImage photo = new BufferedImage(3000, 2000, BufferedImage.TYPE_INT_RGB);
    SplittableRandom noise = new SplittableRandom(1);
    for (int y = 0; y < photo.getHeight(); y++) {
      for (int x = 0; x < photo.getWidth(); x++) {
        int grain = noise.nextInt(0x40) * 0x010101;
        photo.setRGB(x, y, (y < 1000 ? 0xC00000 : 0x0000C0) ^ grain);
      }
    }
    return OddPictures.oriented(photo, 6);
  }

  @Test
  void picture_that_is_large_or_of_another_format_is_prepared_by_the_browser() throws Exception {
    BufferedImage drawing = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    drawing.createGraphics().fillRect(100, 100, 200, 100);
    ByteArrayOutputStream gif = new ByteArrayOutputStream();
    ImageIO.write(drawing, "gif", gif);
    byte[] photo = largePhoto();
    assertThat(photo.length).isGreaterThan(3 << 20);
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      Page page = visitor.open("");
      Request request =
          page.waitForRequest(
              sent -> sent.method().equals("POST") && sent.url().contains("api/tasks"),
              () ->
                  Visitor.part(page, "picture-input")
                      .setInputFiles(new FilePayload("photo.jpg", "image/jpeg", photo)));
      assertThat(Integer.parseInt(request.headerValue("content-length")))
          .isLessThan(photo.length / 2);
      page.waitForURL(Pattern.compile("workspace\\.html\\?taskId="));
      Locator shown = page.locator("#pictures img.shown");
      assertThat(shown).hasCount(1);
      Visitor.part(page, "enlarge").click();
      page.waitForFunction(
          "() => { const image = document.querySelector('dialog.enlarged img');"
              + " return image?.naturalWidth === 1365 && image.naturalHeight === 2048; }");
      Page other = visitor.open("");
      Visitor.part(other, "picture-input")
          .setInputFiles(new FilePayload("drawing.gif", "image/gif", gif.toByteArray()));
      other.waitForURL(Pattern.compile("workspace\\.html\\?taskId="));
      assertThat(other.locator("#pictures img.shown")).hasCount(1);
    }
  }

  /** A browser shows what there is of such a photo and says nothing. */
  @Test
  void large_photo_that_is_cut_off_is_refused_and_not_made_smaller() throws Exception {
    byte[] photo = largePhoto();
    byte[] cutOff = Arrays.copyOf(photo, photo.length - 2_000);
    assertThat(cutOff.length).isGreaterThan(3 << 20);
    try (Visitor visitor = visitor(Manner.ENGLISH)) {
      visitor.expectTroubles(); // a browser logs every 400
      Page page = visitor.open("");
      Visitor.part(page, "picture-input")
          .setInputFiles(new FilePayload("photo.jpg", "image/jpeg", cutOff));
      assertThat(Visitor.part(page, "prompt-error"))
          .hasText("The picture is incomplete: copy or download the file again");
    }
  }

  @Test
  void a_task_begins_with_an_uploaded_picture() throws Exception {
    try (Visitor visitor = visitor(Manner.ENGLISH.onPhone())) {
      Page page = visitor.open("");
      Visitor.assertFits(page);
      Visitor.part(page, "prompt-input").fill("my own kitten");
      byte[] kitten = LocalSamples.picture(Studio.SUBJECT, 1);
      FileChooser chooser = page.waitForFileChooser(() -> page.getByText("Upload a picture").tap());
      chooser.setFiles(new FilePayload("kitten.png", "image/png", kitten));
      page.waitForURL(Pattern.compile("workspace\\.html\\?taskId="));
      assertThat(Visitor.part(page, "prompt")).hasText("my own kitten");
      assertThat(page.locator("#pictures img.shown")).hasCount(1);
      assertThat(page.locator("#pictures .skeleton:visible")).hasCount(0);
      assertThat(page.locator("#pictures img.shown")).hasCSS("object-fit", "contain");
      assertThat(page.locator("#pictures [data-index='0']")).hasAttribute("aria-checked", "true");
      page.locator("maquette-timeline summary").click();
      assertThat(page.locator("maquette-timeline li").first())
          .containsText("Task created from an uploaded picture");
      Visitor.assertFits(page);
      Visitor.assertAccessible(page);
      Visitor.part(page, "main-action").tap();
      assertThat(viewer(page)).isVisible();
      assertThat(Visitor.part(page, "note")).isHidden(); // there is no other picture to choose
    }
  }
}
