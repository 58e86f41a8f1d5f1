package io.maquette.benchmark;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Somebody who does the flow, in a process of its own. */
interface Contestant extends AutoCloseable {

  String name();

  /** The name of its database. */
  default String database() {
    return name().replace("-", "_");
  }

  long pid();

  /** Has everything ready for so many tasks. */
  default void prepare(int tasks) throws IOException, InterruptedException {}

  /** Does so many tasks and returns the nanoseconds that took. */
  long run(int tasks) throws IOException, InterruptedException;

  @Override
  void close();

  /**
   * The application on Payara Micro, set up as {@code server-config} says.
   *
   * @param scraped whether its metrics are read while it runs
   */
  record Maquette(String name, Server server, boolean whole, boolean scraped)
      implements Contestant {

    private static final HttpClient HTTP =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Maquette start(
        String name, Path folder, Path war, Map<String, String> environment, boolean scraped)
        throws IOException {
      boolean whole = !"model".equals(environment.get("BENCHMARK_FLOW"));
      return new Maquette(name, PayaraMicro.start(folder, war, environment), whole, scraped);
    }

    @Override
    public void prepare(int tasks) throws IOException, InterruptedException {
      if (!whole) {
        ask(tasks, "pictures");
      }
    }

    @Override
    public long pid() {
      return server.pid();
    }

    @Override
    @SuppressWarnings("try") // it scrapes meanwhile
    public long run(int tasks) throws IOException, InterruptedException {
      try (Scraper scraper = scraped ? new Scraper(server.base()) : null) {
        return Long.parseLong(ask(tasks, whole ? "whole" : "models"));
      }
    }

    private String ask(int tasks, String step) throws IOException, InterruptedException {
      URI address = URI.create(server.base() + "/benchmark?tasks=" + tasks + "&step=" + step);
      HttpResponse<String> answer =
          HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(answer.statusCode() + "\n" + server.log());
      }
      return answer.body();
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** A peer, on the tests' class path. */
  record OfPeer(String name, Process process, BufferedReader answers, Writer orders)
      implements Contestant {

    static OfPeer start(String name, String main, Path log, Map<String, String> environment)
        throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xms256m",
                      "-Xmx512m",
                      "-Dhttp.maxConnections=200",
                      "-cp",
                      System.getProperty(
                          "surefire.test.class.path", System.getProperty("java.class.path")),
                      "io.maquette.benchmark.peer." + main))
              .redirectError(log.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      OfPeer peer =
          new OfPeer(
              name,
              process,
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)),
              process.outputWriter(StandardCharsets.US_ASCII));
      peer.answer("ready");
      return peer;
    }

    /** Others may print to the standard output as well. */
    private String answer(String pattern) throws IOException {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.matches(pattern)) {
          return line;
        }
      }
      throw new IOException(name + " has ended");
    }

    @Override
    public long pid() {
      return process.pid();
    }

    @Override
    public long run(int tasks) throws IOException {
      orders.write(tasks + "\n");
      orders.flush();
      return Long.parseLong(answer("\\d+"));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
