package io.maquette.task.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.http.Problem;
import io.maquette.picture.ReencodedPicture;
import io.maquette.storage.SpooledContent;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of multipart requests: their parts, and the refusals that name a part. */
class PictureUploadReaderTest {

  private static final String BOUNDARY = "----parts-4711";
  private static final MediaType TYPE =
      MediaType.valueOf("multipart/form-data; boundary=" + BOUNDARY);
  private static final byte[] BYTES = {1, 2, '\r', '\n', '-', '-', 0, (byte) 255};

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private PictureUploadReaderTest part(String disposition, byte[] content) {
    body.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private PictureUpload read() throws IOException {
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return read(TYPE, new ByteArrayInputStream(body.toByteArray()));
  }

  private static PictureUpload read(MediaType type, InputStream body) throws IOException {
    return new PictureUploadReader()
        .readFrom(
            PictureUpload.class, PictureUpload.class, null, type, new MultivaluedHashMap<>(), body);
  }

  private void assertRefused(int status, String field) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> {
              assertThat(e.getResponse().getStatus()).isEqualTo(status);
              assertThat(((Problem) e.getResponse().getEntity()).error()).contains(field);
            });
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void the_picture_is_read_unchanged_and_the_prompt_trimmed() throws Exception {
    PictureUpload upload =
        part("name=\"picture\"; filename=\"name=\\\"x\\\".png\"", BYTES)
            .part("name=\"prompt\"", text(" 一只猫 "))
            .read();
    assertThat(upload.picture().bytes()).isEqualTo(BYTES);
    assertThat(upload.prompt()).isEqualTo("一只猫");
  }

  @Test
  void large_picture_comes_as_it_was_sent_and_leaves_no_file() throws Exception {
    byte[] large = new byte[300_000];
    new SplittableRandom(1).nextBytes(large);
    try (SpooledContent picture = part("name=\"picture\"", large).read().picture()) {
      assertThat(picture.length()).isEqualTo(large.length);
      assertThat(picture.bytes()).isEqualTo(large);
    }
    Awaitility.await() // other tests may have temporary files for a moment
        .until(() -> temporaryFiles() == 0);
  }

  private static long temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("maquette-upload"))
          .count();
    }
  }

  @Test
  void an_upload_without_a_prompt_gets_a_default_prompt() throws Exception {
    assertThat(part("name=\"picture\"", BYTES).read().prompt()).isNotBlank();
  }

  @Test
  void a_missing_part_is_refused_by_its_name() {
    part("name=\"prompt\"", text("x")).assertRefused(400, "picture");
  }

  @Test
  void an_unknown_part_is_refused() {
    part("name=\"picture\"", BYTES).part("name=\"status\"", text("x")).assertRefused(400, "status");
  }

  @Test
  void a_repeated_part_is_refused() {
    part("name=\"picture\"", BYTES).part("name=\"picture\"", BYTES).assertRefused(400, "picture");
  }

  @Test
  void an_empty_picture_is_refused_as_an_empty_file() {
    part("name=\"picture\"", new byte[0]).assertRefused(400, "是空文件");
  }

  @Test
  void a_prompt_that_is_not_utf8_is_refused() {
    part("name=\"picture\"", BYTES)
        .part("name=\"prompt\"", new byte[] {(byte) 0xC3, 0x28})
        .assertRefused(400, "prompt");
  }

  @Test
  void a_too_large_picture_is_refused() {
    part("name=\"picture\"", new byte[ReencodedPicture.MAX_BYTES + 1]).assertRefused(413, "32");
  }

  @Test
  void an_endless_body_is_refused_at_the_size_limit() {
    InputStream endless =
        new InputStream() {
          private final byte[] start =
              text(
                  "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"picture\"\r\n\r\n");
          private int at;

          @Override
          public int read() {
            return at < start.length ? start[at++] : 'x';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            for (int i = 0; i < length; i++) {
              into[offset + i] = (byte) read();
            }
            return length;
          }
        };
    assertThatThrownBy(() -> read(TYPE, endless))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(413));
  }

  @ParameterizedTest
  @ValueSource(ints = {600, 20_000, 1 << 20})
  void a_part_header_that_is_too_long_is_refused(int length) {
    part("name=\"picture\"; filename=\"" + "x".repeat(length) + "\"", BYTES)
        .assertRefused(400, "body");
  }

  @Test
  void many_header_lines_of_a_part_are_refused() {
    part("name=\"picture\"" + "\r\nX-More: x".repeat(10_000), BYTES).assertRefused(400, "body");
  }

  @Test
  void a_long_field_name_is_refused() {
    part("name=\"" + "x".repeat(300) + "\"", BYTES).assertRefused(400, "body");
  }

  @Test
  void many_parts_are_refused_at_the_first_one_too_many() {
    for (int i = 0; i < 2000; i++) {
      part("name=\"prompt\"", text("x"));
    }
    assertRefused(400, "prompt");
  }

  @Test
  void a_part_without_a_name_is_refused() {
    part("filename=\"a.png\"", BYTES).assertRefused(400, "body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "; boundary=\"\"", "; boundary=another"})
  void a_boundary_that_is_missing_or_another_is_refused(String parameter) {
    part("name=\"picture\"", BYTES);
    MediaType type = MediaType.valueOf("multipart/form-data" + parameter);
    assertThatThrownBy(() -> read(type, new ByteArrayInputStream(body.toByteArray())))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(400));
  }

  @Test
  void a_boundary_that_is_longer_than_the_buffer_is_refused() {
    MediaType type =
        new MediaType("multipart", "form-data", Map.of("boundary", "x".repeat(20_000)));
    assertThatThrownBy(() -> read(type, new ByteArrayInputStream(body.toByteArray())))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(400));
  }

  /** Cuts the body at every byte: in the boundary, the headers and the content. */
  @Test
  void a_body_that_is_cut_off_anywhere_is_refused() {
    part("name=\"picture\"; filename=\"a.png\"", BYTES);
    byte[] whole = body.toByteArray();
    for (int length = 0; length < whole.length; length++) {
      byte[] some = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(TYPE, new ByteArrayInputStream(some)))
          .as("%d bytes", length)
          .isInstanceOfSatisfying(
              WebApplicationException.class,
              e -> assertThat(e.getResponse().getStatus()).isEqualTo(400));
    }
  }

  @Test
  void a_connection_that_breaks_is_the_clients_problem() {
    part("name=\"picture\"", BYTES);
    InputStream breaking =
        new SequenceInputStream(
            new ByteArrayInputStream(body.toByteArray()),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("Connection reset");
              }

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("Connection reset");
              }
            });
    assertThatThrownBy(() -> read(TYPE, breaking))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(400));
  }

  @Test
  void a_body_that_is_not_multipart_is_refused() {
    for (String body :
        new String[] {"", "x", "--" + BOUNDARY, "--" + BOUNDARY + "\r\nx\r\n\r\ny"}) {
      assertThatThrownBy(() -> read(TYPE, new ByteArrayInputStream(text(body))))
          .as(body)
          .isInstanceOf(WebApplicationException.class);
    }
    assertThatThrownBy(
            () -> read(MediaType.MULTIPART_FORM_DATA_TYPE, new ByteArrayInputStream(text("x"))))
        .isInstanceOf(WebApplicationException.class);
  }

  @Test
  void a_body_with_a_too_large_content_length_is_not_read() {
    MultivaluedHashMap<String, String> headers = new MultivaluedHashMap<>();
    headers.putSingle(HttpHeaders.CONTENT_LENGTH, "34000000");
    assertThatThrownBy(
            () ->
                new PictureUploadReader()
                    .readFrom(PictureUpload.class, PictureUpload.class, null, TYPE, headers, null))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(413));
  }
}
