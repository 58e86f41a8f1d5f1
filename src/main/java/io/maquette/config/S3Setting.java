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
      url(
          "maquette.s3.url",
          "URL of the S3-compatible service, without the bucket. Required if `maquette.store=s3`",
          "");

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
          "Existing bucket for pictures and models. Required if `maquette.store=s3`",
          "",
          "3 to 63 lower-case letters, digits, hyphens and dots",
          text -> Setting.matching("([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?", text));

  public static final Setting<String> ACCESS_KEY =
      new Setting<>(
          "maquette.s3.access-key",
          "Access key ID of the bucket. Required if `maquette.store=s3`",
          "",
          "",
          Function.identity());

  public static final Setting<String> SECRET_KEY =
      Setting.key(
          "maquette.s3.secret-key",
          "Secret access key of the bucket. Required if `maquette.store=s3`");

  public static final Setting<Boolean> PATH_STYLE =
      new Setting<>(
          "maquette.s3.path-style",
          "Whether the URL path contains the bucket instead of the host name. MinIO needs `true`;"
              + " Tencent COS and Aliyun OSS need `false`",
          "false",
          "true or false",
          S3Setting::truth);

  public static final Setting<Duration> CONNECT_TIMEOUT =
      Setting.duration(
          "maquette.s3.connect-timeout",
          "Time limit for a connection to the service",
          "PT5S",
          "PT0.1S",
          "PT1M");

  public static final Setting<Duration> READ_TIMEOUT =
      Setting.duration(
          "maquette.s3.read-timeout",
          "Time limit for silence of the service during a request",
          "PT15S",
          "PT0.1S",
          "PT5M");

  public static final Setting<Duration> CALL_TIMEOUT =
      Setting.duration(
          "maquette.s3.call-timeout",
          "Time limit for one request with all its retries. A request transfers at most 8 MiB of"
              + " a file",
          "PT1M",
          "PT0.5S",
          "PT10M");

  public static final Setting<Optional<Duration>> PRESIGNED =
      new Setting<>(
          "maquette.s3.presigned",
          "Validity of presigned addresses, to which downloads of models are redirected; `off` ="
              + " the application sends the files itself",
          "off",
          "`off`, or a duration from " + SHORTEST + " to " + LONGEST,
          text ->
              text.equals("off")
                  ? Optional.empty()
                  : Optional.of(Setting.between(text, SHORTEST, LONGEST)));

  public static final Setting<Optional<URI>> PUBLIC_URL =
      url(
          "maquette.s3.public-url",
          "URL of the service for downloads by clients, if it differs from `maquette.s3.url`",
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
