package io.maquette.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Selector of the issuer's keys that may have signed a token. It selects the keys with the token's
 * {@code kid}, otherwise the keys without any {@code kid}. A key in PEM form never has a {@code
 * kid}, and some issuers omit it from their key set.
 */
final class IssuerKeySelector implements JWSKeySelector<SecurityContext> {

  private static final Logger LOG = Logger.getLogger(IssuerKeySelector.class.getName());

  private final JWSAlgorithm algorithm;
  private final JWKSource<SecurityContext> source;

  IssuerKeySelector(JWSAlgorithm algorithm, JWKSource<SecurityContext> source) {
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
