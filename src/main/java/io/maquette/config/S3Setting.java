package io.maquette.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Settings of the S3 store. */
public final class S3Setting {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  public static final Setting<Optional<URI>> URL =
      url("maquette.s3.url", "Address of the S3-compatible service, without the bucket", "");

  public static final Setting<String> REGION =
      new Setting<>(
          "maquette.s3.region",
          "Region of the bucket, as the service names it",
          "us-east-1",
          "lower-case letters, digits, hyphens",
          Setting::region);

  public static final Setting<String> BUCKET =
      new Setting<>(
          "maquette.s3.bucket",
          "Bucket of pictures and models; it must be there",
          "",
          "3 to 63 lower-case letters, digits, hyphens and dots",
          text -> Setting.matching("([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?", text));

  public static final Setting<String> ACCESS_KEY =
      new Setting<>(
          "maquette.s3.access-key", "Name of the key to the bucket", "", "", Function.identity());

  public static final Setting<String> SECRET_KEY =
      Setting.key("maquette.s3.secret-key", "Key to the bucket");

  public static final Setting<Boolean> PATH_STYLE =
      new Setting<>(
          "maquette.s3.path-style",
          "Whether the bucket is named in the path rather than in the host's name: MinIO wants it"
              + " so, Tencent COS and Aliyun OSS refuse it",
          "false",
          "true, false",
          S3Setting::truth);

  public static final Setting<Duration> CONNECT_TIMEOUT =
      Setting.duration(
          "maquette.s3.connect-timeout",
          "How long a connection to the service may take",
          "PT5S",
          "PT0.1S",
          "PT1M");

  public static final Setting<Duration> READ_TIMEOUT =
      Setting.duration(
          "maquette.s3.read-timeout",
          "How long the service may be silent",
          "PT15S",
          "PT0.1S",
          "PT5M");

  public static final Setting<Duration> CALL_TIMEOUT =
      Setting.duration(
          "maquette.s3.call-timeout",
          "How long a call may take, all its tries together, and so 8 MiB of a file either way",
          "PT1M",
          "PT0.5S",
          "PT10M");

  public static final Setting<Optional<Duration>> PRESIGNED =
      new Setting<>(
          "maquette.s3.presigned",
          "How long the address is good that who downloads a model is sent to, so that the service"
              + " sends it and not we; `off` = we send it",
          "off",
          "`off`, or an ISO-8601 duration, " + SHORTEST + " to " + LONGEST,
          text ->
              text.equals("off")
                  ? Optional.empty()
                  : Optional.of(Setting.between(text, SHORTEST, LONGEST)));

  public static final Setting<Optional<URI>> PUBLIC_URL =
      url(
          "maquette.s3.public-url",
          "Address of the service for those who download, where it is not `maquette.s3.url`",
          "`maquette.s3.url`");

  /** All settings of this class, in the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(
          URL,
          REGION,
          BUCKET,
          ACCESS_KEY,
          SECRET_KEY,
          PATH_STYLE,
          CONNECT_TIMEOUT,
          READ_TIMEOUT,
          CALL_TIMEOUT,
          PRESIGNED,
          PUBLIC_URL);

  /** The settings that the S3 store requires. */
  static final List<Setting<?>> NEEDED = List.of(URL, BUCKET, ACCESS_KEY, SECRET_KEY);

  private S3Setting() {}

  private static Setting<Optional<URI>> url(String name, String meaning, String defaultText) {
    return new Setting<>(
        name,
        meaning,
        defaultText,
        "an http or https address without user, query and fragment",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(Setting.address(text)));
  }

  private static boolean truth(String text) {
    return Setting.matching("true|false", text).equals("true");
  }
}
