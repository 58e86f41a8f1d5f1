package io.maquette.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.simulator.ForwardProxy;
import io.maquette.it.simulator.Simulator;
import io.maquette.platform.Settings;
import java.net.ProxySelector;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every attempt to send a message ends with an answer that can be recorded. */
@Tag("fault")
class ReceiversTest {

  private static final class Receiver extends Simulator {
    @Override
    protected Answer answer(Received request) {
      return new Answer(204, Map.of(), new byte[0]);
    }
  }

  private final ProxySelector before = ProxySelector.getDefault();
  private final Receiver receiver = new Receiver();

  @AfterEach
  void close() {
    ProxySelector.setDefault(before);
    receiver.close();
  }

  private static Deliveries.Parcel parcel(String url, String body) {
    return new Deliveries.Parcel(1, 1, UUID.randomUUID(), url, "7", body, List.of());
  }

  private static Answer send(String url, String allowed) {
    return send(parcel(url, "{}"), allowed);
  }

  private static Answer send(Deliveries.Parcel parcel, String allowed) {
    Receivers receivers =
        new Receivers(
            Settings.read(
                name ->
                    name.equals("maquette.webhook.allowed-hosts")
                        ? Optional.of(allowed)
                        : Optional.empty()));
    try {
      return receivers.send(parcel, Instant.EPOCH);
    } finally {
      receivers.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example:99999/",
        "https://shop.example:0/",
        "https://:443/",
        "https:///hooks",
        "https://a b.example/",
        "https://[fe80::1%25eth0]/",
        "https://münchen.example/",
        "http://shop.example/",
        "not an address",
        ""
      })
  void an_address_stored_before_it_was_checked_is_an_attempt_without_an_answer(String url) {
    Answer answer = send(url, "shop.internal");
    assertThat(answer.isAcceptance()).isFalse();
    assertThat(answer.code()).isNull();
    assertThat(answer.words()).isNotBlank();
  }

  @Test
  void whatever_breaks_while_sending_is_an_attempt_without_an_answer() {
    Answer answer = send(parcel(receiver.url().toString(), null), receiver.host());
    assertThat(answer.code()).isNull();
    assertThat(answer.words()).contains("Exception");
  }

  @Test
  void a_receiver_is_reached_through_the_proxy() {
    try (ForwardProxy proxy = new ForwardProxy()) {
      proxy.know("shop.invalid", receiver.url().getPort());
      ProxySelector.setDefault(proxy.selector());
      assertThat(send("http://shop.invalid/hooks", "shop.invalid").isAcceptance()).isTrue();
      assertThat(receiver.received()).hasSize(1);
      assertThat(send("https://10.0.0.1/", "x.invalid").isAcceptance()).isFalse();
      assertThat(proxy.requests()).containsExactly("POST http://shop.invalid/hooks HTTP/1.1");
      proxy.refuse("403 Forbidden");
      assertThat(send("https://shop.invalid/hooks", "x.invalid"))
          .satisfies(answer -> assertThat(answer.code()).isNull())
          .satisfies(answer -> assertThat(answer.words()).contains("the HTTP proxy"));
    }
  }
}
