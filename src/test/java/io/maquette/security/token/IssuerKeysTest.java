package io.maquette.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.maquette.config.Settings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests of the issuer's keys, which the Nimbus library reads with its own JSON parser. */
class IssuerKeysTest {

  private static final String SET =
      "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"sXch3-0k\",\"e\":\"AQAB\",\"x5c\":[[]]}]}";

  private static Settings settings(String keys) {
    return Settings.read(
        name ->
            switch (name) {
              case "mp.jwt.verify.publickey" -> Optional.of(keys);
              case "mp.jwt.verify.issuer" -> Optional.of("https://issuer.example");
              default -> Optional.empty();
            });
  }

  private static void assertRefused(String keys) {
    assertThatIllegalStateException()
        .isThrownBy(() -> IssuerKeys.of(settings(keys)))
        .withMessageContaining("mp.jwt.verify.publickey");
  }

  @Test
  void a_key_set_that_is_cut_off_anywhere_is_refused() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int length = 1; length < SET.length(); length++) {
            assertRefused(SET.substring(0, length));
          }
        });
  }

  @Test
  void a_key_set_that_is_nested_without_end_is_refused() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String nested : new String[] {"[", "{\"a\":"}) {
            assertRefused("{\"keys\":" + nested.repeat(50_000));
            assertRefused("{\"x\":" + nested.repeat(50_000));
          }
          assertRefused("{\"keys\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}");
        });
  }

  @Test
  void without_keys_there_is_no_issuer() {
    assertThat(IssuerKeys.of(Settings.read(name -> Optional.empty()))).isEmpty();
  }
}
