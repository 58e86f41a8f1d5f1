package io.maquette.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.mesh.GlbSurface;
import io.maquette.picture.OddPictures;
import io.maquette.picture.OddPictures.Odd;
import io.maquette.picture.PictureAssert;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The user's own pictures and changed pictures in the REST API. */
interface PictureApi extends ApiCalls {

  String BOUNDARY = "parts-of-a-request";

  private HttpRequest.Builder withParts(Object... namesAndContents) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      String head =
          """
          --%s\r
          Content-Disposition: form-data; name="%s"; filename="x.gif"\r
          Content-Type: image/gif\r
          \r
          """;
      body.writeBytes(
          head.formatted(BOUNDARY, namesAndContents[i]).getBytes(StandardCharsets.UTF_8));
      Object content = namesAndContents[i + 1];
      body.writeBytes(
          content instanceof byte[] bytes
              ? bytes
              : ((String) content).getBytes(StandardCharsets.UTF_8));
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return to("/api/tasks")
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(BodyPublishers.ofByteArray(body.toByteArray()));
  }

  /** A red toy on a white table, lit from one side, with a shadow and a camera's noise. */
  private byte[] photo() throws IOException {
    BufferedImage photo = new BufferedImage(900, 700, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = photo.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, new Color(0xF4F2EE), 900, 700, new Color(0xDAD7D2)));
    graphics.fillRect(0, 0, 900, 700);
    graphics.setPaint(new GradientPaint(300, 0, new Color(0xE0503A), 620, 0, new Color(0x8A2018)));
    graphics.fillOval(320, 150, 280, 280);
    graphics.fillRoundRect(360, 380, 200, 200, 60, 60);
    graphics.dispose();
    SplittableRandom noise = new SplittableRandom(1);
    for (int y = 0; y < 700; y++) {
      for (int x = 0; x < 900; x++) {
        Color colour = new Color(photo.getRGB(x, y));
        int off = noise.nextInt(7) - 3;
        photo.setRGB(
            x,
            y,
            new Color(
                    Math.max(0, Math.min(255, colour.getRed() + off)),
                    Math.max(0, Math.min(255, colour.getGreen() + off)),
                    Math.max(0, Math.min(255, colour.getBlue() + off)))
                .getRGB());
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(photo, "jpeg", jpeg);
    return jpeg.toByteArray();
  }

  @Test
  default void a_photo_of_a_toy_becomes_a_model() throws Exception {
    byte[] photo = photo();
    HttpResponse<String> created =
        send(withParts("picture", photo, "prompt", "my toy").header("Idempotency-Key", "toy"));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    JsonObject task = data(created);
    assertThat(task.getString("status")).isEqualTo("IMAGE_COMPLETED");
    assertThat(task.getBoolean("ownPicture")).isTrue();
    assertThat(task.getJsonArray("images")).hasSize(1);
    assertThat(task.getJsonArray("allowedActions").toString()).contains("SELECT_IMAGE");
    String id = task.getString("id");
    HttpResponse<String> repeated =
        send(withParts("picture", photo, "prompt", "my toy").header("Idempotency-Key", "toy"));
    assertThat(data(repeated).getString("id")).isEqualTo(id);
    assertProblem(
        send(withParts("picture", photo, "prompt", "other").header("Idempotency-Key", "toy")),
        422,
        "IDEMPOTENCY_CONFLICT");
    HttpResponse<byte[]> picture =
        HTTP.send(
            to(task.getJsonArray("images").getJsonObject(0).getString("url")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(ImageIO.read(new ByteArrayInputStream(picture.body())).getWidth()).isEqualTo(900);
    assertNames(
        "selectedImageIndex", json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":1}"));
    assertThat(json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":0}").statusCode())
        .isEqualTo(200);
    JsonObject made = reach(id, "MODEL_COMPLETED");
    HttpResponse<byte[]> model =
        HTTP.send(
            to(made.getJsonObject("model").getString("modelUrl")).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    GlbSurface surface = GlbSurface.of(model.body());
    surface.assertClosed();
    assertThat(surface.extent(1)).as("the toy is taller than wide").isBetween(0.079, 0.081);
    assertThat(surface.extent(0)).isBetween(0.045, 0.06);
  }

  @Test
  default void an_unusable_picture_is_refused_and_creates_no_task() throws Exception {
    String before = get("/api/tasks").body();
    byte[] photo = photo();
    byte[] broken = Arrays.copyOf(photo, 400);
    assertNames("picture", send(withParts("prompt", "no picture")));
    assertNames("picture", send(withParts("picture", "GIF89a, says its name")));
    assertNames("picture", send(withParts("picture", broken)));
    assertNames("prompt", send(withParts("picture", photo, "prompt", "x".repeat(501))));
    assertNames("status", send(withParts("picture", photo, "status", "MODEL_COMPLETED")));
    assertProblem(send(withParts("picture", new byte[(32 << 20) + 1])), 413, "PAYLOAD_TOO_LARGE");
    HttpResponse<String> heic = send(withParts("picture", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic"));
    assertNames("picture", heic);
    assertThat(heic.body()).contains("HEIC");
    byte[] small = odd("PNG colour 8").file();
    ByteBuffer chunks = ByteBuffer.allocate(small.length + 200_000 * 12);
    chunks.put(small, 0, 33);
    for (int i = 0; i < 200_000; i++) {
      chunks.putInt(0).put("IDAT".getBytes(StandardCharsets.US_ASCII)).putInt(0x35AF061E);
    }
    chunks.put(small, 33, small.length - 33);
    assertNames("picture", send(withParts("picture", chunks.array())));
    assertThat(get("/api/tasks").body()).isEqualTo(before);
  }

  private Odd odd(String name) throws IOException {
    return OddPictures.all().stream()
        .filter(odd -> odd.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  default void odd_pictures_are_stored_upright_and_in_the_right_colours() throws Exception {
    for (String name :
        new String[] {
          "PNG grey with alpha, opaque 8",
          "PNG of orientation 6, Intel",
          "WebP of orientation 6, Intel",
          "JPEG of CMYK",
          "JPEG in DISPLAY_P3",
          "WebP palette of three with transparency"
        }) {
      Odd odd = odd(name);
      HttpResponse<String> created = send(withParts("picture", odd.file()));
      assertThat(created.statusCode()).as("%s: %s", name, created.body()).isEqualTo(201);
      JsonObject image = data(created).getJsonArray("images").getJsonObject(0);
      HttpResponse<byte[]> stored =
          HTTP.send(to(image.getString("url")).build(), HttpResponse.BodyHandlers.ofByteArray());
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(stored.body()));
      assertThat(picture.getWidth()).as(name).isEqualTo(odd.width());
      assertThat(picture.getHeight()).as(name).isEqualTo(odd.height());
      PictureAssert.assertQuarters(picture, odd.quarters(), 4);
    }
  }

  @Test
  default void photo_of_48_megapixels_is_taken() throws Exception {
    BufferedImage photo = new BufferedImage(8064, 6048, BufferedImage.TYPE_BYTE_BINARY);
    photo.createGraphics().fillRect(2000, 2000, 4000, 2000);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(photo, "png", png);
    HttpResponse<String> created = send(withParts("picture", png.toByteArray()));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
  }

  @Test
  default void an_edit_keeps_the_original_picture() throws Exception {
    String id = ready("一只猫").getString("id");
    HttpResponse<String> asked = edit(id, "{\"imageIndex\":1,\"instruction\":\" 背景换成蓝色 \"}");
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
    assertThat(data(asked).getString("status")).isEqualTo("IMAGE_EDITING");
    assertThat(data(asked).getJsonObject("edit").getString("instruction")).isEqualTo("背景换成蓝色");
    JsonObject done = reach(id, "IMAGE_COMPLETED");
    JsonObject version = done.getJsonArray("images").getJsonObject(4);
    assertThat(version.getInt("editOf")).isEqualTo(1);
    assertThat(version.getString("prompt")).isEqualTo("背景换成蓝色");
    assertThat(done.get("edit")).isEqualTo(JsonValue.NULL);
    assertThat(pixel(version, 4, 4)).isEqualTo(0xFF3F77C4);
    assertThat(pixel(done.getJsonArray("images").getJsonObject(1), 4, 4)).isNotEqualTo(0xFF3F77C4);
    assertThat(json("PATCH", "/api/tasks/" + id, "{\"selectedImageIndex\":4}").statusCode())
        .isEqualTo(200);
    JsonObject model = reach(id, "MODEL_COMPLETED").getJsonObject("model");

    edit(id, "{\"imageIndex\":4,\"instruction\":\"smile more\"}");
    JsonObject failed = reach(id, "IMAGE_COMPLETED");
    assertThat(failed.getJsonObject("edit").getString("errorCode")).isEqualTo("PROVIDER_REFUSED");
    assertThat(failed.getJsonObject("edit").getString("errorMessage")).startsWith("图片修改失败：");
    assertThat(failed.getJsonArray("images")).hasSize(5);
    assertThat(failed.getJsonObject("model").getString("modelUrl"))
        .isEqualTo(model.getString("modelUrl"));
    assertThat(get("/api/tasks/" + id + "/events").body()).contains("EDIT_FAILED");
    assertNames("imageIndex", edit(id, "{\"imageIndex\":5,\"instruction\":\"x\"}"));
    assertNames("imageIndex", edit(id, "{\"imageIndex\":12,\"instruction\":\"x\"}"));
    assertNames("imageIndex", edit(id, "{\"instruction\":\"x\"}"));
    assertNames("instruction", edit(id, "{\"imageIndex\":0,\"instruction\":\" \"}"));
    assertNames("status", edit(id, "{\"imageIndex\":0,\"instruction\":\"x\",\"status\":\"x\"}"));
    assertThat(json("POST", "/api/tasks/" + id + "/cancel", "").statusCode()).isEqualTo(409);
  }

  private HttpResponse<String> edit(String id, String body) throws Exception {
    return json("POST", "/api/tasks/" + id + "/edit", body);
  }

  private int pixel(JsonObject image, int x, int y) throws Exception {
    HttpResponse<byte[]> picture =
        HTTP.send(to(image.getString("url")).build(), HttpResponse.BodyHandlers.ofByteArray());
    return ImageIO.read(new ByteArrayInputStream(picture.body())).getRGB(x, y);
  }

  private void assertNames(String field, HttpResponse<String> response) {
    JsonObject problem = assertProblem(response, 400, "VALIDATION_ERROR");
    assertThat(problem.getJsonArray("details"))
        .as(response.body())
        .anyMatch(detail -> detail.asJsonObject().getString("field").equals(field));
  }
}
