package io.maquette.storage;

import io.maquette.config.S3Setting;
import io.maquette.config.Settings;
import io.maquette.http.OutboundProxy;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Factory of S3 clients for any S3-compatible service. It avoids features of Amazon only: checksums
 * in trailers, and chunked signatures, which Tencent COS and Aliyun OSS refuse. It ignores the
 * library's own files and environment variables, and sets a time limit on every call.
 */
final class S3Clients {

  private static final int TRIES = 3;

  /**
   * Maximum number of connections. It exceeds the number of server threads that can send a file, so
   * slow readers do not block workers.
   */
  private static final int CONNECTIONS = 512;

  private S3Clients() {}

  static S3Client client(Settings settings) {
    return S3Client.builder()
        .endpointOverride(settings.get(S3Setting.URL).orElseThrow())
        .region(Region.of(settings.get(S3Setting.REGION)))
        .credentialsProvider(credentials(settings))
        .serviceConfiguration(style(settings))
        .disableS3ExpressSessionAuth(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .connectionTimeout(settings.get(S3Setting.CONNECT_TIMEOUT))
                .connectionAcquisitionTimeout(settings.get(S3Setting.CONNECT_TIMEOUT))
                .socketTimeout(settings.get(S3Setting.READ_TIMEOUT))
                .maxConnections(CONNECTIONS)
                .proxyConfiguration(proxy(settings.get(S3Setting.URL).orElseThrow())))
        .overrideConfiguration(
            calls ->
                calls
                    .apiCallTimeout(settings.get(S3Setting.CALL_TIMEOUT))
                    .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(TRIES)
                            .build())
                    .defaultProfileFile(noFile()))
        .build();
  }

  /**
   * Returns the JVM's HTTP proxy, as for all other connections. The library by default reads
   * environment variables and, for https, the properties of plain http.
   */
  private static ProxyConfiguration proxy(URI url) {
    ProxyConfiguration.Builder configuration =
        ProxyConfiguration.builder()
            .useSystemPropertyValues(false)
            .useEnvironmentVariableValues(false);
    OutboundProxy.of(url)
        .ifPresent(
            proxy ->
                configuration
                    .endpoint(URI.create("http://" + proxy.getHostString() + ":" + proxy.getPort()))
                    .username(System.getProperty(url.getScheme() + ".proxyUser"))
                    .password(System.getProperty(url.getScheme() + ".proxyPassword")));
    return configuration.build();
  }

  /** Creates a signer of addresses, which makes no calls. */
  static S3Presigner presigner(Settings settings) {
    URI url = settings.get(S3Setting.PUBLIC_URL).orElseThrow();
    return S3Presigner.builder()
        .endpointOverride(url)
        .region(Region.of(settings.get(S3Setting.REGION)))
        .credentialsProvider(credentials(settings))
        .serviceConfiguration(style(settings))
        .disableS3ExpressSessionAuth(true)
        .build();
  }

  private static StaticCredentialsProvider credentials(Settings settings) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            settings.get(S3Setting.ACCESS_KEY), settings.get(S3Setting.SECRET_KEY)));
  }

  private static S3Configuration style(Settings settings) {
    return S3Configuration.builder()
        .pathStyleAccessEnabled(settings.get(S3Setting.PATH_STYLE))
        .chunkedEncodingEnabled(false)
        .expectContinueEnabled(false) // parts are small, and proxies handle the header differently
        .profileFile(noFile())
        .build();
  }

  private static ProfileFile noFile() {
    return ProfileFile.aggregator().build();
  }
}
