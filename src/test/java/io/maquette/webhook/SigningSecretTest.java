package io.maquette.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SigningSecretTest {

  /** Verifies the example of the Standard Webhooks libraries. */
  @Test
  void a_signature_follows_the_specification() {
    SigningSecret secret = new SigningSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assertThat(
            secret.sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void a_secret_is_random_and_never_printed() {
    SigningSecret secret = SigningSecret.random();
    assertThat(secret.text()).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(secret).hasToString("Secret[…]");
    assertThat(secret).isNotEqualTo(SigningSecret.random());
  }
}
