package io.maquette.access;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.maquette.platform.Setting;
import io.maquette.platform.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.Optional;

/** The keys of the outside issuer, from wherever the settings say they are. */
final class IssuerKeys {

  private static final int TIMEOUT_MILLIS = 5000;
  private static final int MAX_BYTES = 256 << 10;

  private IssuerKeys() {}

  /**
   * The keys; those at an address are fetched when they are needed, kept for some minutes, and
   * looked for again when a token names one that is not there.
   *
   * @return empty where there is no issuer
   * @throws IllegalStateException if they cannot be read
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
      return location.isPresent() ? Optional.of(at(location.get())) : Optional.empty();
    } catch (IOException | ParseException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalStateException(
          "The key in mp.jwt.verify.publickey or at mp.jwt.verify.publickey.location cannot be"
              + " read: "
              + e.getMessage(),
          e);
    }
  }

  private static JWKSource<SecurityContext> at(URI location) throws IOException {
    return JWKSourceBuilder.create(
            location.toURL(),
            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES))
        .refreshAheadCache(false) // which would be done by a thread that outlives us
        .build();
  }

  /** One key as PEM or JWK, or a set of them. */
  private static JWKSet parse(String text) throws ParseException, GeneralSecurityException {
    if (!text.strip().startsWith("{")) {
      return new JWKSet(fromPem(text));
    }
    return text.contains("\"keys\"") ? JWKSet.parse(text) : new JWKSet(JWK.parse(text));
  }

  private static JWK fromPem(String text) throws GeneralSecurityException {
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
}
