package io.maquette.it;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Somebody outside who vouches for people: issues tokens and shows the keys to check them by. */
final class TokenIssuer implements AutoCloseable {

  static final String NAME = "https://issuer.example";
  static final String AUDIENCE = "maquette";

  private final RSAKey key;
  private final HttpServer server;

  private TokenIssuer(RSAKey key, HttpServer server) {
    this.key = key;
    this.server = server;
  }

  /** With a key nobody else has; all of them are called the same. */
  static TokenIssuer open() {
    try {
      RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
      byte[] keys = new JWKSet(key).toString().getBytes(StandardCharsets.UTF_8);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/keys",
          exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
          });
      server.start();
      return new TokenIssuer(key, server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  URI keys() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
  }

  /** A token for somebody, good for five minutes. */
  String token(String subject, String... groups) {
    return signed(claims(subject).claim("groups", List.of(groups)).build());
  }

  /** The same with a claim of any value, signed two seconds ahead of this machine's clock. */
  String tokenWith(String subject, String claim, Object value) {
    return signed(
        claims(subject)
            .notBeforeTime(Date.from(Instant.now().plusSeconds(2)))
            .claim(claim, value)
            .build());
  }

  private static JWTClaimsSet.Builder claims(String subject) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(NAME)
        .audience(AUDIENCE)
        .subject(subject)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
  }

  private String signed(JWTClaimsSet claims) {
    return signed(claims, JWSAlgorithm.RS256, signer());
  }

  private JWSSigner signer() {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(algorithm).keyID("1").type(JOSEObjectType.JWT).build(), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tokens that must not be taken, by what is wrong with them. */
  Map<String, String> badTokens(String subject) throws JOSEException {
    Instant now = Instant.now();
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("another issuer", signed(claims(subject).issuer("https://evil.example").build()));
    bad.put("for somebody else", signed(claims(subject).audience("another").build()));
    bad.put(
        "too old", signed(claims(subject).expirationTime(Date.from(now.minusSeconds(90))).build()));
    bad.put("without an end", signed(claims(subject).expirationTime(null).build()));
    bad.put("of nobody", signed(claims(null).build()));
    bad.put("of an empty name", signed(claims("").build()));
    bad.put("of a blank name", signed(claims(" ").build()));
    bad.put("without the time it was issued", signed(claims(subject).issueTime(null).build()));
    bad.put(
        "not yet good",
        signed(claims(subject).notBeforeTime(Date.from(now.plusSeconds(90))).build()));
    bad.put("not signed", new PlainJWT(claims(subject).build()).serialize());
    bad.put(
        "signed with what everybody knows",
        signed(
            claims(subject).build(),
            JWSAlgorithm.HS256,
            new MACSigner(key.toRSAPublicKey().getEncoded())));
    bad.put("signed in another way", signed(claims(subject).build(), JWSAlgorithm.RS512, signer()));
    String good = token(subject);
    bad.put("with a broken signature", good.substring(0, good.length() - 4) + "AAAA");
    return bad;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
