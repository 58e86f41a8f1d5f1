package io.maquette.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.GeneratedSection;
import io.maquette.persistence.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  static Settings with(Map<String, String> values) {
    return Settings.read(name -> Optional.ofNullable(values.get(name)));
  }

  @Test
  void the_defaults_are_complete() {
    Settings settings = with(Map.of());
    assertThat(settings.get(Setting.DB_URL)).startsWith("jdbc:h2:file:").contains("WRITE_DELAY=0");
    assertThat(settings.get(Setting.IMAGE_CONCURRENCY)).isEqualTo(3);
    assertThat(settings.get(Setting.MODEL_POLL_INTERVAL)).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.get(Setting.MODEL_DEADLINE)).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.get(Setting.QUEUE_LIMIT)).isEqualTo(10_000);
    assertThat(settings.get(Setting.RETRY_IMAGE_DELAY)).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.get(Setting.RETRY_MODEL_DELAY)).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.get(Setting.RETRY_THROTTLED_DELAY)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void the_home_folder_has_the_database_and_the_files() {
    Settings settings = with(Map.of("maquette.home", "/srv/maquette"));
    assertThat(settings.get(Setting.DB_URL)).startsWith("jdbc:h2:file:/srv/maquette/database/");
    assertThat(settings.get(Setting.STORE_DIR)).isEqualTo(Path.of("/srv/maquette/files"));
  }

  private static void withUserHome(String userHome, Runnable action) {
    String before = System.getProperty("user.home");
    try {
      if (userHome == null) {
        System.clearProperty("user.home");
      } else {
        System.setProperty("user.home", userHome);
      }
      action.run();
    } finally {
      System.setProperty("user.home", before);
    }
  }

  /**
   * Values of {@code user.home} for a user without a passwd entry, and other values that are no
   * home folder.
   */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"?", "", " ", "home/user", "."})
  void a_process_without_a_home_folder_must_be_given_one(String userHome) {
    Map<String, String> database = Map.of("maquette.db.url", "jdbc:postgresql://db/maquette");
    Map<String, String> s3 =
        Map.of(
            "maquette.db.url", "jdbc:postgresql://db/maquette",
            "maquette.store", "s3",
            "maquette.s3.url", "https://files.example",
            "maquette.s3.bucket", "pictures",
            "maquette.s3.access-key", "key",
            "maquette.s3.secret-key", "secret");
    withUserHome(
        userHome,
        () -> {
          for (Map<String, String> values : List.of(Map.<String, String>of(), database)) {
            assertThatThrownBy(() -> with(values))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("maquette.home")
                .hasMessageContaining("MAQUETTE_HOME");
          }
          assertThat(with(Map.of("maquette.home", "/data")).get(Setting.STORE_DIR))
              .isEqualTo(Path.of("/data/files"));
          assertThat(with(s3).get(Setting.STORE)).as("needs no folder").isEqualTo("s3");
        });
  }

  @Test
  void a_home_folder_that_cannot_be_written_is_refused_by_its_name(@TempDir Path folder)
      throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    for (Path home : List.of(file, file.resolve("below"), Path.of("/proc/maquette"))) {
      assertThatThrownBy(
              () -> EmbeddedDatabase.checkFolder(with(Map.of("maquette.home", home.toString()))))
          .isInstanceOf(InvalidSettingsException.class)
          .hasMessageContaining("maquette.home=" + home)
          .hasMessageContaining("MAQUETTE_HOME");
    }
    EmbeddedDatabase.checkFolder(with(Map.of("maquette.home", folder.resolve("new").toString())));
    EmbeddedDatabase.checkFolder(
        with(Map.of("maquette.home", "/proc/x", "maquette.db.url", "jdbc:postgresql://db/x")));
  }

  @ParameterizedTest
  @CsvSource({
    "maquette.image.concurrency, 0",
    "maquette.image.concurrency, three",
    "maquette.model.concurrency, -1",
    "maquette.model.poll-interval, 5s",
    "maquette.model.poll-interval, PT0S",
    "maquette.worker.tick, PT-1S",
    "maquette.retry.max, 1.5",
    "maquette.store, tape",
    "maquette.auth, none",
    "maquette.auth.dev-remote, yes",
    "maquette.operator.email, nobody",
    "maquette.session.idle, PT1S",
    "mp.jwt.verify.publickey.location, ftp://issuer.example/keys",
    "mp.jwt.verify.publickey.algorithm, HS256",
    "maquette.db.url, jdbc:oracle:thin:@x",
    "maquette.provider.image, Local!",
    "maquette.node.name, a b",
    "maquette.queue.limit, 99999999999",
    "maquette.s3.url, ftp://files.example",
    "maquette.s3.url, https://files.example:99999",
    "maquette.s3.url, https://files.example:0",
    "maquette.s3.public-url, https://files.example:65536",
    "maquette.openai.url, https://api.example:99999/v1",
    "maquette.hunyuan.url, http://localhost:0",
    "mp.jwt.verify.publickey.location, https://issuer.example:99999/keys",
    "mp.jwt.verify.publickey.location, https:///keys",
    "maquette.download.allowed-hosts, files.example:99999",
    "maquette.webhook.allowed-hosts, files.example:0",
    "maquette.download.allowed-hosts, *.com",
    "maquette.download.allowed-hosts, *",
    "maquette.download.fake-ip, 198.18.0.0",
    "maquette.download.fake-ip, 198.18.0.0/33",
    "maquette.download.fake-ip, 198.16.0.0/12",
    "maquette.download.fake-ip, 10.0.0.0/8",
    "maquette.download.fake-ip, 0.0.0.0/0",
    "maquette.download.fake-ip, ::/0",
    "maquette.download.fake-ip, files.example/16",
    "maquette.s3.url, https://key:secret@files.example",
    "maquette.s3.bucket, Pictures",
    "maquette.s3.path-style, yes",
    "maquette.s3.presigned, P1D",
    "maquette.s3.call-timeout, PT0S",
  })
  void an_invalid_value_is_refused_by_the_name_of_its_setting(String name, String value) {
    assertThatThrownBy(() -> with(Map.of(name, value)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(name + "=" + value + " is invalid: it must be ");
  }

  @Test
  void hosts_and_ranges_are_read_as_they_are_documented() {
    Settings settings =
        with(
            Map.of(
                "maquette.download.allowed-hosts",
                "Files.example, minio:9000, [::1]:9000, *.store.example.net",
                "maquette.download.fake-ip",
                "198.18.0.1/16, fc00::/18"));
    assertThat(settings.get(Setting.DOWNLOAD_ALLOWED_HOSTS))
        .containsExactly("files.example", "minio:9000", "[::1]:9000", "*.store.example.net");
    assertThat(settings.get(Setting.DOWNLOAD_FAKE_IP))
        .extracting(AddressRange::toString)
        .containsExactly("198.18.0.1/16", "fc00::/18");
  }

  @Test
  void every_invalid_setting_has_its_own_line() {
    assertThatThrownBy(() -> with(Map.of("maquette.store", "tape", "maquette.retry.max", "many")))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(2));
  }

  @Test
  void a_lease_shorter_than_the_picture_deadline_is_refused() {
    assertThatThrownBy(() -> with(Map.of("maquette.worker.lease", "PT1M")))
        .hasMessageContaining("maquette.worker.lease")
        .hasMessageContaining("maquette.image.deadline");
  }

  @Test
  void missing_settings_of_the_s3_store_are_named() {
    assertThatThrownBy(() -> with(Map.of("maquette.store", "s3")))
        .satisfies(
            e ->
                assertThat(e.getMessage().lines())
                    .containsExactly(
                        "maquette.s3.url must be set if maquette.store=s3",
                        "maquette.s3.bucket must be set if maquette.store=s3",
                        "maquette.s3.access-key must be set if maquette.store=s3",
                        "maquette.s3.secret-key must be set if maquette.store=s3"));
    Map<String, String> whole =
        Map.of(
            "maquette.store", "s3",
            "maquette.s3.url", "https://files.example",
            "maquette.s3.bucket", "pictures",
            "maquette.s3.access-key", "name",
            "maquette.s3.secret-key", "key");
    assertThat(with(whole).get(S3Setting.PUBLIC_URL)).hasValue(URI.create("https://files.example"));
    assertThat(with(whole).get(S3Setting.PRESIGNED)).isEmpty();
  }

  @Test
  void an_issuer_key_without_the_issuer_name_is_refused() {
    for (String key : List.of("mp.jwt.verify.publickey", "mp.jwt.verify.publickey.location")) {
      assertThatThrownBy(() -> with(Map.of(key, "https://issuer.example/keys")))
          .hasMessageContaining("mp.jwt.verify.issuer must be set");
    }
  }

  @Test
  void the_page_lists_every_setting() throws IOException {
    String rows =
        Settings.ALL.stream()
            .map(
                setting ->
                    "| `%s` | %s | %s | %s |"
                        .formatted(
                            setting.name(),
                            setting.meaning() + (setting.isSecret() ? " (secret)" : ""),
                            setting.defaultText().isEmpty() ? "none" : setting.defaultText(),
                            setting.bounds().isEmpty() ? "any text" : setting.bounds()))
            .collect(Collectors.joining("\n"));
    GeneratedSection.check(
        Path.of("docs/settings.md"),
        "settings",
        "| name | meaning | default | allowed values |\n| --- | --- | --- | --- |\n" + rows);
  }
}
