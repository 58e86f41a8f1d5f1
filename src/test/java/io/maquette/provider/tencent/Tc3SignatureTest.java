package io.maquette.provider.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tencentcloudapi.common.AbstractClient;
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Tc3SignatureTest {

  /** Uses the example in Tencent's documentation of the method. */
  @Test
  void the_documented_example_has_the_documented_signature() {
    String payload =
        "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \"Name\":"
            + " \"instance-name\"}]}";
    assertThat(
            Tc3Signature.signature(
                "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
                Instant.ofEpochSecond(1_551_113_065),
                "cvm",
                "cvm.tencentcloudapi.com",
                "application/json; charset=utf-8",
                payload.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168");
  }

  @Test
  void a_second_known_example_has_the_known_signature() {
    assertThat(
            Tc3Signature.signature(
                "test-secret-key",
                Instant.ofEpochSecond(1_640_995_200),
                "cvm",
                "cvm.tencentcloudapi.com",
                "application/json",
                "{\"Action\":\"DescribeInstances\",\"Version\":\"2017-03-12\"}"
                    .getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("96473b50fe407833672a5d6d067238d88bb44c8abcc39ef83baa3132afbfadd3");
  }

  @Test
  void any_input_has_the_header_of_tencents_own_sdk() throws Exception {
    Random random = new Random(20261124);
    // the SDK's signer takes the time from a header that only its internal callers can set
    Method signer =
        AbstractClient.class.getDeclaredMethod("getAuthorization", HashMap.class, byte[].class);
    signer.setAccessible(true);
    for (int round = 0; round < 500; round++) {
      String secretId = "AKID" + visible(random, 32);
      String secretKey = visible(random, 1 + random.nextInt(64));
      String host = label(random) + "." + label(random) + ".com" + port(random);
      String contentType =
          random.nextBoolean() ? "application/json" : "application/json; charset=utf-8";
      Instant time = Instant.ofEpochSecond(1_500_000_000L + random.nextInt(1_000_000_000), 999);
      byte[] payload = new byte[random.nextInt(5_000)];
      random.nextBytes(payload);

      HttpProfile http = new HttpProfile();
      http.setEndpoint(host);
      ClientProfile profile = new ClientProfile();
      profile.setHttpProfile(http);
      CommonClient sdk =
          new CommonClient(
              "ai3d", "2025-05-13", new Credential(secretId, secretKey), "ap-guangzhou", profile);
      Map<String, String> headers =
          Map.of(
              "Content-Type", contentType, "X-TC-Timestamp", Long.toString(time.getEpochSecond()));
      assertThat(Tc3Signature.authorization(secretId, secretKey, time, host, contentType, payload))
          .isEqualTo(signer.invoke(sdk, new HashMap<>(headers), payload));
    }
  }

  private static String visible(Random random, int length) {
    return random
        .ints(length, '!', '~' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String label(Random random) {
    return random
        .ints(1 + random.nextInt(20), 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String port(Random random) {
    return random.nextBoolean() ? "" : ":" + (1 + random.nextInt(65_535));
  }

  @Test
  void the_signed_host_is_the_one_that_is_sent() {
    assertThat(host("https://ai3d.tencentcloudapi.com/")).isEqualTo("ai3d.tencentcloudapi.com");
    assertThat(host("https://AI3D.tencentcloudapi.com:443/")).isEqualTo("ai3d.tencentcloudapi.com");
    assertThat(host("http://127.0.0.1:8080/")).isEqualTo("127.0.0.1:8080");
    assertThat(host("http://localhost:80/")).isEqualTo("localhost");
    assertThat(host("https://localhost:80/")).isEqualTo("localhost:80");
  }

  private static String host(String uri) {
    return Tc3Signing.hostOf(Tc3Signing.withoutDefaultPort(URI.create(uri)));
  }
}
