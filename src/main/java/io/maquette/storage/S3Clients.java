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
 * The client library, set up for any S3-compatible service: nothing that Amazon alone understands
 * (checksums in trailers, chunked signatures, which Tencent COS and Aliyun OSS refuse), nothing
 * read from the files and variables of its own, and an end to every call.
 */
final class S3Clients {

  private static final int TRIES = 3;

  /** More than a server has threads that could send a file, so that slow readers keep no worker. */
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
   * The JVM's HTTP proxy, as for all other connections; by itself the library reads the environment
   * and, for an https service, the properties of plain http.
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

  /** Signs addresses; it makes no calls. */
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
        .expectContinueEnabled(false) // a part is small, and proxies differ in what they make of it
        .profileFile(noFile())
        .build();
  }

  private static ProfileFile noFile() {
    return ProfileFile.aggregator().build();
  }
}
