package io.maquette.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Issuer of tokens with any claims; its key endpoint answers as the test specifies. */
final class SigningIssuer implements AutoCloseable {

  static final String NAME = "https://issuer.example";

  /** Answer of the key endpoint. */
  interface Answer {
    void write(OutputStream body) throws IOException;
  }

  private static final RSAKey FIRST = newKey("1");

  private final HttpServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  final AtomicInteger fetches = new AtomicInteger();
  private volatile int status = 200;
  private volatile Answer answer;
  private RSAKey key;

  private SigningIssuer(RSAKey key, HttpServer server) {
    this.key = key;
    this.server = server;
    answers(keySet(key));
  }

  static SigningIssuer open() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      SigningIssuer issuer = new SigningIssuer(FIRST, server);
      server.createContext(
          "/keys",
          exchange -> {
            issuer.fetches.incrementAndGet();
            exchange.sendResponseHeaders(issuer.status, 0);
            try (exchange) {
              issuer.answer.write(exchange.getResponseBody());
            }
          });
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String keySet(RSAKey... keys) {
    return keySet(
        Arrays.stream(keys).map(each -> each.toPublicJWK().toJSONString()).toArray(String[]::new));
  }

  static String keySet(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  String keysAt() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
  }

  RSAKey key() {
    return key;
  }

  /** Replaces the signing key. */
  void rotate(String id) {
    key = newKey(id);
  }

  void answers(String text) {
    answers(200, body -> body.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  void answers(int newStatus, Answer newAnswer) {
    status = newStatus;
    answer = newAnswer;
  }

  /** Waits until the issuer closes, at most for the given time. */
  boolean closesWithin(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Creates claims that are valid for five minutes. */
  static Map<String, Object> claims() {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", NAME);
    claims.put("sub", "ada");
    claims.put("aud", "maquette");
    claims.put("iat", now);
    claims.put("exp", now + 300);
    return claims;
  }

  /** Creates valid claims and then sets one of them; null removes it. */
  static Map<String, Object> claims(String name, Object value) {
    Map<String, Object> claims = claims();
    if (value == null) {
      claims.remove(name);
    } else {
      claims.put(name, value);
    }
    return claims;
  }

  String token(Map<String, Object> claims) {
    return token(new Payload(claims));
  }

  String token(Payload claims) {
    return token(
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID(key.getKeyID())
            .type(JOSEObjectType.JWT)
            .build(),
        claims);
  }

  String token(JWSHeader header, Map<String, Object> claims) {
    return token(header, new Payload(claims));
  }

  private String token(JWSHeader header, Payload claims) {
    try {
      JWSObject token = new JWSObject(header, claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
