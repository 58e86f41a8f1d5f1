package io.maquette.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;

/**
 * Password hashing with PBKDF2, HMAC-SHA-512 and 210,000 rounds. The parameters follow OWASP's
 * Password Storage Cheat Sheet. Each hash contains its parameters, so that older hashes remain
 * valid.
 */
@ApplicationScoped
public class Passwords {

  /** Minimum length of a password, in characters. */
  public static final int MIN_LENGTH = 12;

  /** Maximum length in characters; it bounds the time of hashing. */
  public static final int MAX_LENGTH = 200;

  private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
  private static final int ROUNDS = 210_000;

  static final Map<String, String> PARAMETERS =
      Map.of(
          "Pbkdf2PasswordHash.Algorithm",
          ALGORITHM,
          "Pbkdf2PasswordHash.Iterations",
          Integer.toString(ROUNDS),
          "Pbkdf2PasswordHash.SaltSizeBytes",
          "16",
          "Pbkdf2PasswordHash.KeySizeBytes",
          "32");

  private Pbkdf2PasswordHash hash;
  private String nobodys;

  /** Required by CDI. */
  protected Passwords() {}

  @Inject
  Passwords(Pbkdf2PasswordHash hash) {
    this.hash = hash;
    hash.initialize(PARAMETERS);
    nobodys = hash.generate(Secrets.password().toCharArray());
  }

  /** Returns the hash to store. */
  public String hash(String password) {
    return hash.generate(password.toCharArray());
  }

  /**
   * Returns whether a password matches a hash. Without a hash it takes the same time.
   *
   * @param kept null if the account does not exist or has no password
   */
  boolean isRight(String password, String kept) {
    boolean right = hash.verify(password.toCharArray(), kept == null ? nobodys : kept);
    return right && kept != null;
  }

  /** Returns whether a hash has weaker parameters than the present ones. */
  boolean isOutdated(String kept) {
    return !kept.startsWith(ALGORITHM + ":" + ROUNDS + ":");
  }
}
