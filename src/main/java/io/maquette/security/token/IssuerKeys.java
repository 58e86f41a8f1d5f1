package io.maquette.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.http.BoundedStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Signature keys of the outside issuer, from the settings, a file or an address. */
final class IssuerKeys {

  private static final Logger LOG = Logger.getLogger(IssuerKeys.class.getName());

  private static final int TIMEOUT_MILLIS = 5000;
  private static final int MAX_BYTES = 256 << 10;

  /** Time limit for the whole answer; a read timeout bounds only the wait for the next byte. */
  private static final Duration MAX_TIME = Duration.ofSeconds(5);

  /** Time after which the keys are fetched again. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  /** Time that a request waits while another one fetches the keys. */
  private static final Duration WAIT = Duration.ofSeconds(15);

  /** Time for which the last keys stay valid while the issuer does not answer. */
  private static final Duration OUTAGE = Duration.ofHours(4);

  private IssuerKeys() {}

  /**
   * Creates the source of the keys. Keys at an address are fetched when a token needs them and
   * cached for 5 minutes. A token that names an unknown key triggers another fetch.
   *
   * @return empty if no issuer is configured
   * @throws IllegalStateException if the keys are unreadable
   */
  static Optional<JWKSource<SecurityContext>> of(Settings settings) {
    String text = settings.get(Setting.JWT_KEY);
    Optional<URI> location = settings.get(Setting.JWT_KEY_LOCATION);
    try {
      if (!text.isEmpty()) {
        return Optional.of(new ImmutableJWKSet<>(parse(text)));
      }
      if (location.isPresent() && location.get().getScheme().equals("file")) {
        return Optional.of(new ImmutableJWKSet<>(parse(Files.readString(Path.of(location.get())))));
      }
      return location.map(IssuerKeys::at);
    } catch (IOException | ParseException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalStateException(
          "The key in mp.jwt.verify.publickey or at mp.jwt.verify.publickey.location cannot be"
              + " read: "
              + e.getMessage(),
          e);
    }
  }

  private static JWKSource<SecurityContext> at(URI location) {
    return JWKSourceBuilder.create(new Remote(location))
        .cache(KEPT.toMillis(), WAIT.toMillis())
        .refreshAheadCache(false) // its thread would outlive the application
        .outageTolerant(OUTAGE.toMillis())
        .build();
  }

  /** Source that fetches the keys from an address on each call. */
  private record Remote(URI location) implements JWKSetSource<SecurityContext> {

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
        throws JWKSetUnavailableException {
      try {
        return parse(fetch());
      } catch (IOException | ParseException | GeneralSecurityException | RuntimeException e) {
        throw new JWKSetUnavailableException(location + ": " + reasonOf(e), e);
      }
    }

    private static String reasonOf(Exception e) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private String fetch() throws IOException {
      HttpURLConnection connection = (HttpURLConnection) location.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestProperty("Accept", "application/json, */*;q=0.1");
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        connection.disconnect();
        throw new IOException("HTTP status " + status);
      }
      try (InputStream body =
          new BoundedStream(
              connection.getInputStream(), "the answer", MAX_BYTES, MAX_TIME, IOException::new)) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        connection.disconnect(); // otherwise the rest would be read, to reuse the connection
        throw e;
      }
    }

    @Override
    public void close() {
      // nothing to close
    }
  }

  /** Parses one key as PEM or JWK, or a key set. */
  static JWKSet parse(String text) throws ParseException, GeneralSecurityException {
    String content = text.strip();
    if (content.startsWith("\uFEFF")) {
      content = content.substring(1).strip();
    }
    if (content.startsWith("{")) {
      return fromJson(JSONObjectUtils.parse(content, MAX_BYTES));
    }
    if (content.startsWith("<")) {
      throw new ParseException("it is a page (HTML or XML), not keys", 0);
    }
    return new JWKSet(fromPem(content));
  }

  /**
   * Parses a key set. Keys of an unknown kind are skipped: issuers add such keys, and the other
   * keys remain valid.
   */
  private static JWKSet fromJson(Map<String, Object> json) throws ParseException {
    if (json.get("jwks_uri") instanceof String address) {
      throw new ParseException(
          "it is the issuer's configuration, not its keys; these are at " + address, 0);
    }
    if (json.containsKey("kty")) {
      return new JWKSet(JWK.parse(json));
    }
    List<JWK> keys = new ArrayList<>();
    for (Object each : json.get("keys") instanceof List<?> several ? several : List.of()) {
      try {
        keys.add(JWK.parse(objectOf(each)));
      } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
        LOG.log(Level.FINE, "A key of the issuer is not usable and ignored", e);
      }
    }
    if (keys.isEmpty()) {
      throw new ParseException("it has no key of a supported type", 0);
    }
    return new JWKSet(keys);
  }

  @SuppressWarnings("unchecked") // names in a JSON object are texts
  private static Map<String, Object> objectOf(Object value) throws ParseException {
    if (value instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw new ParseException("not an object", 0);
  }

  private static JWK fromPem(String text) throws GeneralSecurityException, ParseException {
    if (text.contains("BEGIN CERTIFICATE")) {
      return ofCertificate(text);
    }
    byte[] der =
        Base64.getDecoder().decode(text.replaceAll("-----(BEGIN|END) PUBLIC KEY-----|\\s", ""));
    X509EncodedKeySpec spec = new X509EncodedKeySpec(der);
    try {
      return new RSAKey.Builder((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec))
          .build();
    } catch (GeneralSecurityException e) {
      ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
      return new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key).build();
    }
  }

  private static JWK ofCertificate(String text) throws ParseException {
    try {
      JWK key = JWK.parseFromPEMEncodedX509Cert(text);
      // the certificate's serial number is not the kid that tokens name
      return key instanceof RSAKey rsa
          ? new RSAKey.Builder(rsa.toRSAPublicKey()).build()
          : new ECKey.Builder(key.toECKey().getCurve(), key.toECKey().toECPublicKey()).build();
    } catch (JOSEException e) {
      throw new ParseException("the certificate cannot be read: " + e.getMessage(), 0);
    }
  }

  /**
   * Selector of the issuer's keys that may have signed a token. It selects the keys with the
   * token's {@code kid}, otherwise the keys without any {@code kid}. A key in PEM form never has a
   * {@code kid}, and some issuers omit it from their key set.
   */
  static final class Selector implements JWSKeySelector<SecurityContext> {

    private static final Logger LOG = Logger.getLogger(Selector.class.getName());

    private final JWSAlgorithm algorithm;
    private final JWKSource<SecurityContext> source;

    Selector(JWSAlgorithm algorithm, JWKSource<SecurityContext> source) {
      this.algorithm = algorithm;
      this.source = source;
    }

    @Override
    public List<Key> selectJWSKeys(JWSHeader header, SecurityContext context)
        throws KeySourceException {
      if (!algorithm.equals(header.getAlgorithm())) {
        return List.of();
      }
      String id = header.getKeyID();
      if (id == null) {
        return keys(source.get(new JWKSelector(fitting().build()), context));
      }
      List<JWK> fitting = source.get(new JWKSelector(fitting().build()), context);
      List<JWK> candidates = fitting.stream().filter(key -> id.equals(key.getKeyID())).toList();
      if (candidates.isEmpty()) {
        candidates = fitting.stream().filter(key -> key.getKeyID() == null).toList();
      }
      return keys(
          candidates.isEmpty()
              // forces a refresh of the key set: the issuer may have a new key
              ? source.get(new JWKSelector(fitting().keyID(id).build()), context)
              : candidates);
    }

    private JWKMatcher.Builder fitting() {
      return new JWKMatcher.Builder()
          .keyType(KeyType.forAlgorithm(algorithm))
          .keyUses(KeyUse.SIGNATURE, null)
          .algorithms(algorithm, null);
    }

    private static List<Key> keys(List<JWK> found) {
      List<Key> keys = new ArrayList<>();
      for (JWK key : found) {
        try {
          keys.add(((AsymmetricJWK) key).toPublicKey());
        } catch (JOSEException e) {
          LOG.log(Level.FINE, "A key has a type that this Java does not support", e);
        }
      }
      return keys;
    }
  }
}
