package io.maquette.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.config.Settings;
import io.maquette.it.simulator.ForwardProxy;
import io.maquette.it.simulator.Simulator;
import io.maquette.provider.LogBook;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that every attempt ends with an answer that can be recorded. */
@Tag("fault")
class WebhookHttpClientTest {

  private static final class Receiver extends Simulator {
    @Override
    protected Simulator.Answer answer(Received request) {
      return new Simulator.Answer(204, Map.of(), new byte[0]);
    }
  }

  private final ProxySelector before = ProxySelector.getDefault();
  private final Receiver receiver = new Receiver();

  @AfterEach
  void close() {
    ProxySelector.setDefault(before);
    receiver.close();
  }

  private static Deliveries.OutgoingMessage message(String url, String body) {
    return new Deliveries.OutgoingMessage(1, 1, UUID.randomUUID(), url, "7", body, List.of());
  }

  private static DeliveryResponse send(String url, String allowed) {
    return send(message(url, "{}"), allowed);
  }

  private static DeliveryResponse send(Deliveries.OutgoingMessage message, String allowed) {
    return send(message, allowed, SystemDefaultDnsResolver.INSTANCE);
  }

  /** Sends a message while every host name resolves to the given address. */
  private static DeliveryResponse sendTo(String address, String allowed) {
    return send(
        message("https://shop.invalid/hooks", "{}"),
        allowed,
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            return new InetAddress[] {InetAddress.getByName(address)};
          }
        });
  }

  private static DeliveryResponse send(
      Deliveries.OutgoingMessage message, String allowed, DnsResolver names) {
    WebhookHttpClient receivers =
        new WebhookHttpClient(
            Settings.read(
                name ->
                    name.equals("maquette.webhook.allowed-hosts")
                        ? Optional.of(allowed)
                        : Optional.empty()),
            names);
    try {
      return receivers.send(message, Instant.EPOCH);
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
    DeliveryResponse answer = send(url, "shop.internal");
    assertThat(answer.isAcceptance()).isFalse();
    assertThat(answer.code()).isNull();
    assertThat(answer.text()).isNotBlank();
  }

  @Test
  void an_error_while_sending_is_an_attempt_without_an_answer() {
    DeliveryResponse answer = send(message(receiver.url().toString(), null), receiver.host());
    assertThat(answer.code()).isNull();
    assertThat(answer.text()).contains("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "127.0.0.1", "198.18.0.7", "fd00::1"})
  void the_owner_does_not_learn_where_a_private_host_is(String address) {
    try (LogBook log = new LogBook()) {
      DeliveryResponse answer = sendTo(address, "x.invalid");
      assertThat(answer.code()).isNull();
      assertThat(answer.text()).isEqualTo("the host is not at a public address");
      assertThat(log.text()).contains("shop.invalid resolves to");
    }
  }

  @Test
  void the_owner_does_not_learn_what_an_exception_says() {
    assertThat(send("https://shop.invalid/hooks", "x.invalid").text())
        .isEqualTo("UnknownHostException");
    assertThat(send(message(receiver.url().toString(), null), receiver.host()).text())
        .matches("[A-Za-z]+Exception");
  }

  @Test
  void a_private_host_does_not_even_reach_the_proxy() {
    try (ForwardProxy proxy = new ForwardProxy()) {
      ProxySelector.setDefault(proxy.selector());
      for (String address : List.of("10.1.2.3", "127.0.0.1", "198.18.0.7")) {
        assertThat(sendTo(address, "x.invalid").text())
            .as(address)
            .isEqualTo("the host is not at a public address");
      }
      assertThat(proxy.requests()).isEmpty();
      proxy.refuse("403 Forbidden");
      sendTo("203.0.113.1", "x.invalid");
      sendTo("10.1.2.3", "shop.invalid");
      assertThat(proxy.requests()).hasSize(2);
    }
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
          .satisfies(answer -> assertThat(answer.text()).contains("the HTTP proxy"));
    }
  }
}
