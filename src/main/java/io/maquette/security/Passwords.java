package io.maquette.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;

/**
 * What is kept of passwords: PBKDF2 with HMAC-SHA-512 and 210,000 rounds, as OWASP has it (Password
 * Storage Cheat Sheet). A hash says what it was made with, so that older ones can still be read.
 */
@ApplicationScoped
public class Passwords {

  /** Shorter ones are not taken. */
  public static final int MIN_LENGTH = 12;

  /** Longer ones are not taken either: hashing must not cost what the sender likes. */
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

  /** For CDI. */
  protected Passwords() {}

  @Inject
  Passwords(Pbkdf2PasswordHash hash) {
    this.hash = hash;
    hash.initialize(PARAMETERS);
    nobodys = hash.generate(Secrets.password().toCharArray());
  }

  /** What is to be kept of a password. */
  public String hash(String password) {
    return hash.generate(password.toCharArray());
  }

  /**
   * Whether it is the one that was hashed. Takes as long where there is nothing to compare it with.
   *
   * @param kept null where there is none
   */
  boolean isRight(String password, String kept) {
    boolean right = hash.verify(password.toCharArray(), kept == null ? nobodys : kept);
    return right && kept != null;
  }

  /** Whether a hash was made with less than is asked for today. */
  boolean isOutdated(String kept) {
    return !kept.startsWith(ALGORITHM + ":" + ROUNDS + ":");
  }
}
