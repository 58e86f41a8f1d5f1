package io.maquette.provider.tencent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tencent Cloud's signature method v3, TC3-HMAC-SHA256, for a POST to {@code /}. It signs the
 * headers {@code Content-Type} and {@code Host}, as Tencent's own SDK for Java does ({@code
 * AbstractClient.doRequestWithTC3}).
 */
final class Tc3Signature {

  private static final String ALGORITHM = "TC3-HMAC-SHA256";
  private static final String END = "tc3_request";
  private static final String SIGNED_HEADERS = "content-type;host";

  private Tc3Signature() {}

  /**
   * Returns the value of the header {@code Authorization}.
   *
   * @param secretId name of the key, sent in plain text
   * @param secretKey the key, never sent
   * @param time value of the header {@code X-TC-Timestamp}, in whole seconds
   * @param host as sent, in lower case, with its port if that is sent; its first label is the
   *     service
   * @param contentType as sent
   * @param payload the body as sent
   */
  static String authorization(
      String secretId,
      String secretKey,
      Instant time,
      String host,
      String contentType,
      byte[] payload) {
    String service = host.split("\\.", 2)[0];
    return ALGORITHM
        + " Credential="
        + secretId
        + "/"
        + scope(time, service)
        + ", SignedHeaders="
        + SIGNED_HEADERS
        + ", Signature="
        + signature(secretKey, time, service, host, contentType, payload);
  }

  /** Returns the signature only, in hexadecimal digits. */
  static String signature(
      String secretKey,
      Instant time,
      String service,
      String host,
      String contentType,
      byte[] payload) {
    String request =
        "POST\n/\n\ncontent-type:"
            + contentType
            + "\nhost:"
            + host
            + "\n\n"
            + SIGNED_HEADERS
            + "\n"
            + hash(payload);
    String toSign =
        ALGORITHM
            + "\n"
            + time.getEpochSecond()
            + "\n"
            + scope(time, service)
            + "\n"
            + hash(request.getBytes(StandardCharsets.UTF_8));
    byte[] key = ("TC3" + secretKey).getBytes(StandardCharsets.UTF_8);
    key = hmac(key, dateOf(time));
    key = hmac(key, service);
    key = hmac(key, END);
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static String scope(Instant time, String service) {
    return dateOf(time) + "/" + service + "/" + END;
  }

  private static String dateOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
