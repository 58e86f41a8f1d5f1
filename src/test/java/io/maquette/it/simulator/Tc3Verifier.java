package io.maquette.it.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks signatures as Tencent's documentation of the method says the server does: from the request
 * as it came, and whichever headers it says are signed. Shares no code with what signs.
 */
final class Tc3Verifier {

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "TC3-HMAC-SHA256 Credential=([^/]+)/(\\d{4}-\\d{2}-\\d{2})/([a-z0-9]+)/tc3_request,"
              + " SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

  private final String secretId;
  private final String secretKey;

  Tc3Verifier(String secretId, String secretKey) {
    this.secretId = secretId;
    this.secretKey = secretKey;
  }

  /**
   * The documented code for what is wrong with a request's signature; null if it is good.
   *
   * @param now the server's time
   */
  String wrongWith(Simulator.Received request, Instant now) {
    Matcher said = AUTHORIZATION.matcher(String.valueOf(request.header("Authorization")));
    String timestamp = String.valueOf(request.header("X-TC-Timestamp"));
    if (!said.matches() || !timestamp.matches("\\d{10}")) {
      return "AuthFailure.InvalidAuthorization";
    }
    Instant time = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Math.abs(now.getEpochSecond() - time.getEpochSecond()) > 300) {
      return "AuthFailure.SignatureExpire";
    }
    if (!said.group(1).equals(secretId)) {
      return "AuthFailure.SecretIdNotFound";
    }
    List<String> names = List.of(said.group(4).split(";"));
    String date = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(time);
    String service = String.valueOf(request.header("Host")).replaceFirst("\\..*", "");
    if (!names.equals(names.stream().sorted().distinct().toList())
        || !names.containsAll(List.of("content-type", "host"))
        || !said.group(2).equals(date)
        || !said.group(3).equals(service)
        || !signature(request, names, timestamp, date, service).equals(said.group(5))) {
      return "AuthFailure.SignatureFailure";
    }
    return null;
  }

  private String signature(
      Simulator.Received request,
      List<String> names,
      String timestamp,
      String date,
      String service) {
    StringBuilder canonical = new StringBuilder();
    canonical.append(request.method()).append('\n');
    canonical.append(request.uri().getRawPath()).append('\n');
    canonical.append('\n'); // no query
    for (String name : names) {
      String value = String.valueOf(request.header(name)).strip().toLowerCase(Locale.ROOT);
      canonical.append(name).append(':').append(value).append('\n');
    }
    canonical.append('\n').append(String.join(";", names)).append('\n');
    canonical.append(hex(sha256(request.body())));
    String scope = String.join("/", date, service, "tc3_request");
    String toSign =
        String.join(
            "\n",
            "TC3-HMAC-SHA256",
            timestamp,
            scope,
            hex(sha256(canonical.toString().getBytes(StandardCharsets.UTF_8))));
    byte[] secret = ("TC3" + secretKey).getBytes(StandardCharsets.UTF_8);
    return hex(hmac(hmac(hmac(hmac(secret, date), service), "tc3_request"), toSign));
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte one : bytes) {
      text.append(Character.forDigit(one >> 4 & 15, 16)).append(Character.forDigit(one & 15, 16));
    }
    return text.toString();
  }
}
