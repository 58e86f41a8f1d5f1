package io.maquette.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maquette.config.Settings;
import io.maquette.it.server.S3Proxy;
import io.maquette.it.simulator.S3Gate;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Fault;
import io.maquette.it.simulator.Simulator.Received;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contract test of a bucket of a real S3 service that two nodes share, and test of its failures.
 */
@Tag("all")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3StoreIT extends FileStoreContract {

  private static final Duration CALL = Duration.ofSeconds(3);
  private static final Answer BUSY =
      new Answer(
          503,
          Map.of("Content-Type", "application/xml"),
          "<Error><Code>SlowDown</Code><Message>Slow down</Message></Error>"
              .getBytes(StandardCharsets.UTF_8));

  private S3Proxy service;
  private S3Gate gate;
  private S3Store store;
  private S3Store another;

  private static boolean any(Received request) {
    return true;
  }

  @BeforeAll
  void startService() throws IOException {
    service =
        S3Proxy.start(
            Files.createTempDirectory(Files.createDirectories(Path.of("target", "it")), "s3"));
    gate = new S3Gate(service.url());
    store = new S3Store(settings(gate.url(), Map.of()));
    another = new S3Store(settings(service.url(), Map.of()));
  }

  @AfterAll
  void stopService() {
    Stream.<AutoCloseable>of(store, another, gate, service)
        .forEach(
            each -> {
              try {
                each.close();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @BeforeEach
  void emptyBucket() throws IOException {
    service.empty();
  }

  @AfterEach
  void recover() {
    gate.recover();
    gate.received().clear();
    assertThat(gate.complaints()).isEmpty();
  }

  private static Settings settings(URI url, Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put("maquette.store", "s3");
    values.put("maquette.s3.url", url.toString());
    values.put("maquette.s3.bucket", S3Proxy.BUCKET);
    values.put("maquette.s3.access-key", S3Proxy.ACCESS_KEY);
    values.put("maquette.s3.secret-key", S3Proxy.SECRET_KEY);
    values.put("maquette.s3.path-style", "true");
    values.put("maquette.s3.connect-timeout", "PT1S");
    values.put("maquette.s3.read-timeout", "PT1S");
    values.put("maquette.s3.call-timeout", CALL.toString());
    values.putAll(more);
    return Settings.read(name -> Optional.ofNullable(values.get(name)));
  }

  @Override
  FileStore store() {
    return store;
  }

  @Override
  FileStore another() {
    return another;
  }

  @Override
  List<String> content() {
    return service.content();
  }

  @Override
  void overwrite(String key, byte[] content) throws IOException {
    service.overwrite(key, content);
  }

  private StoredFile putLarge() throws IOException {
    return store.put(SCOPE, FileType.GLB, new ByteArrayInputStream(large(20 << 20)));
  }

  /**
   * Asserts that the work fails soon, with a failure of the store, and without the key in the
   * message.
   */
  private static void assertFails(ThrowingCallable work) {
    long began = System.nanoTime();
    assertThatThrownBy(work)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(NoSuchFileException.class)
        .hasMessageStartingWith("the store ")
        .hasStackTraceContaining("S3")
        .satisfies(e -> assertThat(e).asString().doesNotContain(S3Proxy.SECRET_KEY));
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .isLessThan(CALL.multipliedBy(2).plusSeconds(2));
  }

  @Test
  void one_part_of_a_large_upload_is_in_memory() throws IOException {
    AtomicLong readSoFar = new AtomicLong();
    gate.always(
        S3Gate::isPart,
        (exchange, usual) -> {
          long sent =
              gate.received(S3Gate::isPart).stream().mapToLong(part -> part.body().length).sum();
          assertThat(readSoFar.get()).isLessThanOrEqualTo(sent);
          Simulator.instead(usual.answer()).strike(exchange, usual);
        });
    byte[] content = large(30 << 20);
    store.put(
        SCOPE,
        FileType.GLB,
        new FilterInputStream(new ByteArrayInputStream(content)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            readSoFar.addAndGet(Math.max(0, count));
            return count;
          }
        });
    assertThat(gate.received(S3Gate::isPart)).hasSize(4);
    assertThat(readSoFar.get()).isEqualTo(content.length);
  }

  @Test
  void requests_need_no_extension_of_amazon() throws IOException {
    put("small");
    putLarge();
    for (Received request : gate.received()) {
      assertThat(request.headers().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("checksum"))
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("trailer"))
          .noneMatch(name -> name.equalsIgnoreCase("Content-Encoding"));
      assertThat(request.header("X-amz-content-sha256")).doesNotContain("STREAMING");
      if (request.body().length > 0 && request.method().equals("PUT")) {
        assertThat(request.header("Content-MD5")).isNotEmpty();
      }
    }
  }

  @Test
  void a_transient_failure_is_retried() throws IOException {
    gate.next(S3StoreIT::any, Simulator.instead(BUSY));
    gate.next(S3StoreIT::any, Simulator.acceptThenDrop());
    StoredFile file = put("hello");
    gate.next(S3StoreIT::any, Simulator.instead(BUSY));
    assertThat(read(store, file.key(), 0)).asString().isEqualTo("hello");
    gate.next(S3Gate::isPart, Simulator.acceptThenDrop());
    gate.next(S3Gate::isPart, Simulator.instead(BUSY));
    StoredFile large = putLarge();
    assertThat(read(another, large.key(), 0)).isEqualTo(large(20 << 20));
    assertThat(content()).hasSize(2);
  }

  private Stream<Fault> lasting() {
    return Stream.of(
        Simulator.instead(BUSY),
        (exchange, usual) -> {}, // no data is accepted, and the connection is closed
        gate.acceptThenHang(),
        Simulator.instead(new Answer(403, Map.of(), new byte[0])));
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void a_faulty_service_fails_every_call_within_its_timeout(Fault fault) throws IOException {
    StoredFile file = put("hello");
    gate.always(S3StoreIT::any, fault);
    assertFails(() -> put("else"));
    assertFails(() -> store.open(file.key(), 0));
    assertFails(() -> store.open(file.key(), 1));
    assertFails(store::check);
    assertFails(this::putLarge);
    gate.recover();
    assertThat(read(store, file.key(), 0)).asString().isEqualTo("hello");
    store.check();
    put("else");
  }

  @ParameterizedTest
  @MethodSource("lasting")
  void a_refused_part_leaves_nothing_behind(Fault fault) {
    gate.always(request -> S3Gate.isPart(request) && partOf(request) == 2, fault);
    assertFails(this::putLarge);
    assertThat(content()).isEmpty();
  }

  private static int partOf(Received request) {
    return Integer.parseInt(request.uri().getQuery().replaceAll(".*partNumber=([0-9]+).*", "$1"));
  }

  @Test
  void a_failed_copy_to_the_key_leaves_nothing_behind() {
    gate.always(
        request -> request.headers().keySet().stream().anyMatch("X-amz-copy-source"::equals),
        Simulator.instead(BUSY));
    assertFails(this::putLarge);
    assertThat(content()).isEmpty();
  }

  @Test
  void an_interrupted_upload_leaves_no_partial_file() throws IOException {
    byte[] content = large(20 << 20);
    InputStream source =
        new FilterInputStream(new ByteArrayInputStream(content)) {
          private int left = 12 << 20;

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            left -= count;
            if (left < 0 && left + count >= 0) {
              service.kill();
            }
            return count;
          }
        };
    assertFails(() -> another.put(SCOPE, FileType.GLB, source));
    assertFails(another::check);
    service.startAgain();
    another.check();
    assertThat(content()).noneMatch(key -> key.startsWith(SCOPE));
    StoredFile file = another.put(SCOPE, FileType.GLB, new ByteArrayInputStream(content));
    assertThat(read(another, file.key(), 0)).isEqualTo(content);
  }

  @Test
  void content_damaged_on_upload_is_not_stored() {
    Fault damaging =
        (exchange, usual) -> {
          List<Received> received = gate.received();
          Received request = received.get(received.size() - 1);
          byte[] damaged = request.body().clone();
          damaged[damaged.length / 2] ^= 1;
          Simulator.instead(gate.handOn(request, damaged)).strike(exchange, usual);
        };
    gate.always(request -> request.method().equals("PUT"), damaging);
    assertFails(() -> put("hello"));
    assertFails(this::putLarge);
    assertThat(content()).isEmpty();
  }

  @Test
  void content_damaged_on_download_is_not_returned() throws IOException {
    StoredFile file = put("hello");
    StoredFile large = putLarge();
    gate.always(
        S3StoreIT::any,
        (exchange, usual) -> {
          Answer answer = usual.answer();
          byte[] damaged = answer.body().clone();
          damaged[damaged.length / 2] ^= 1;
          Simulator.instead(new Answer(answer.status(), answer.headers(), damaged))
              .strike(exchange, usual);
        });
    for (String key : List.of(file.key(), large.key())) {
      try (InputStream content = store.open(key, 0)) {
        assertFails(content::readAllBytes);
      }
    }
  }

  @Test
  void a_cut_off_or_wrong_range_is_a_failure() throws IOException {
    StoredFile file = put("hello".repeat(100));
    gate.always(
        S3StoreIT::any,
        (exchange, usual) -> {
          Answer answer = usual.answer();
          answer.headers().forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(answer.status(), answer.body().length);
          exchange.getResponseBody().write(answer.body(), 0, 10);
          exchange.getResponseBody().flush();
        });
    for (int offset : new int[] {0, 7}) {
      try (InputStream content = store.open(file.key(), offset)) {
        assertThatThrownBy(content::readAllBytes).isInstanceOf(IOException.class);
      }
    }
    gate.recover();
    gate.always(
        S3StoreIT::any,
        (exchange, usual) ->
            Simulator.instead(new Answer(200, Map.of(), usual.answer().body()))
                .strike(exchange, usual));
    assertFails(() -> store.open(file.key(), 7));
  }

  @Test
  void a_service_that_sends_too_slowly_is_given_up() throws IOException {
    StoredFile file = put("hello".repeat(100));
    gate.always(S3StoreIT::any, gate.slowly(100));
    try (InputStream content = store.open(file.key(), 0)) {
      assertFails(content::readAllBytes);
    }
  }

  @Test
  void a_missing_bucket_is_not_a_missing_file() throws IOException {
    try (S3Store elsewhere =
        new S3Store(settings(service.url(), Map.of("maquette.s3.bucket", "elsewhere")))) {
      String key = SCOPE + "/" + "0".repeat(64) + ".png";
      assertFails(elsewhere::check);
      assertFails(() -> elsewhere.open(key, 0));
    }
    try (S3Store stranger =
        new S3Store(settings(service.url(), Map.of("maquette.s3.secret-key", "guessed")))) {
      assertFails(stranger::check);
    }
  }

  @Test
  void a_presigned_address_serves_the_file_for_a_short_time() throws Exception {
    StoredFile file = put("hello");
    HttpClient http = HttpClient.newHttpClient();
    assertThat(store.directAddress(file.key(), "image/png", "inline")).isEmpty();
    try (S3Store signing =
        new S3Store(
            settings(
                URI.create("http://not.used"),
                Map.of(
                    "maquette.s3.presigned",
                    "PT2S",
                    "maquette.s3.public-url",
                    service.url().toString())))) {
      String name = "attachment; filename=\"model.glb\"; filename*=UTF-8''%E7%8C%AB%20-%20.glb";
      URI address = signing.directAddress(file.key(), "model/gltf-binary", name).orElseThrow();
      assertThat(address.toString()).doesNotContain(S3Proxy.SECRET_KEY);
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.headers().firstValue("Content-Disposition")).hasValue(name);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("model/gltf-binary");
      URI forged = URI.create(address.toString().replace(".png", ".jpg"));
      assertThat(status(http, forged)).isEqualTo(403);
      await().atMost(Duration.ofSeconds(30)).until(() -> status(http, address) == 403);
    }
  }

  private static int status(HttpClient http, URI address) {
    try {
      return http.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://cos.ap-guangzhou.myqcloud.com, false,"
        + " https://pictures-and-models.cos.ap-guangzhou.myqcloud.com/",
    "https://s3.oss-cn-hangzhou.aliyuncs.com, false,"
        + " https://pictures-and-models.s3.oss-cn-hangzhou.aliyuncs.com/",
    "https://s3.eu-central-1.amazonaws.com, false,"
        + " https://pictures-and-models.s3.eu-central-1.amazonaws.com/",
    "http://minio.example:9000, true, http://minio.example:9000/pictures-and-models/",
    "http://gateway.example/s3, true, http://gateway.example/s3/pictures-and-models/",
  })
  void the_bucket_is_in_the_host_or_the_path(URI url, String pathStyle, String expected) {
    try (S3Store signing =
        new S3Store(
            settings(
                url,
                Map.of("maquette.s3.path-style", pathStyle, "maquette.s3.presigned", "PT1M")))) {
      assertThat(signing.directAddress("a/b.png", "image/png", "inline").orElseThrow())
          .asString()
          .startsWith(expected + "a/b.png?");
    }
  }
}
