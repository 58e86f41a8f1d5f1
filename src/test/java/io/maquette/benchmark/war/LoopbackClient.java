package io.maquette.benchmark.war;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * How every contestant calls the loopback provider, so that none is measured by its HTTP client.
 * Connections are kept and used again.
 */
public final class LoopbackClient {

  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 60_000;

  private final URI provider;

  /** A client of the provider at this address. */
  public LoopbackClient(URI provider) {
    this.provider = provider;
  }

  /** A picture. */
  public byte[] picture() throws IOException {
    return call("/picture");
  }

  /** Submits a job and returns its id. */
  public String submit() throws IOException {
    return new String(call("/submit"), StandardCharsets.US_ASCII);
  }

  /** Whether a job is done. */
  public boolean isDone(String job) throws IOException {
    return new String(call("/query/" + job), StandardCharsets.US_ASCII).equals("DONE");
  }

  /** A model's file. */
  public byte[] model() throws IOException {
    return call("/model");
  }

  private byte[] call(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) provider.resolve(path).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    try (InputStream answer = connection.getInputStream()) {
      return answer.readAllBytes();
    }
  }
}
