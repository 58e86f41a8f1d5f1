package io.maquette.it.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real S3 service in a process of its own that keeps its one bucket in a folder, checks
 * signatures and digests, and can be killed and started again.
 */
public final class S3Proxy implements AutoCloseable {

  public static final String BUCKET = "pictures-and-models";
  public static final String ACCESS_KEY = "test-access";
  public static final String SECRET_KEY = "never-to-be-seen";

  private final Path folder;
  private final int port;
  private Process process;

  private S3Proxy(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts it with an empty bucket. */
  public static S3Proxy start(Path folder) throws IOException {
    S3Proxy proxy =
        new S3Proxy(Files.createDirectories(folder.toAbsolutePath()), Server.freePorts(0));
    Files.createDirectories(proxy.bucket());
    Files.writeString(
        proxy.configuration(),
        String.join(
            "\n",
            "s3proxy.endpoint=" + proxy.url(),
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + ACCESS_KEY,
            "s3proxy.credential=" + SECRET_KEY,
            "jclouds.provider=filesystem-nio2",
            "jclouds.filesystem.basedir=" + proxy.bucket().getParent(),
            "jclouds.identity=none",
            "jclouds.credential=none"));
    proxy.startAgain();
    return proxy;
  }

  private Path configuration() {
    return folder.resolve("s3proxy.conf");
  }

  private Path bucket() {
    return folder.resolve("buckets").resolve(BUCKET);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The environment of a server whose files are there. */
  public Map<String, String> environment() {
    return Map.of(
        "MAQUETTE_STORE",
        "s3",
        "MAQUETTE_S3_URL",
        url().toString(),
        "MAQUETTE_S3_BUCKET",
        BUCKET,
        "MAQUETTE_S3_ACCESS_KEY",
        ACCESS_KEY,
        "MAQUETTE_S3_SECRET_KEY",
        SECRET_KEY,
        "MAQUETTE_S3_PATH_STYLE",
        "true");
  }

  /** Starts it on what it kept before. */
  public void startAgain() throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-jar",
                    System.getProperty("s3proxy.jar"),
                    "--properties",
                    configuration().toString()))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("s3proxy.log").toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .failFast(() -> !process.isAlive())
        .until(this::listens);
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** What is in the bucket, unfinished things as well, but for what readiness writes. */
  public List<String> content() {
    try (Stream<Path> files = Files.walk(bucket())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> bucket().relativize(file).toString())
          .filter(key -> !key.equals("unfinished/probe"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Changes the bytes of a file, as another program with access to the bucket could. S3 tells times
   * in seconds, so each change is dated a second later than the file was.
   */
  public void overwrite(String key, byte[] content) throws IOException {
    Path file = bucket().resolve(key);
    Instant before = Files.getLastModifiedTime(file).toInstant();
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(before.plusSeconds(1)));
  }

  /** Removes whatever is in the bucket. */
  public void empty() throws IOException {
    try (Stream<Path> all = Files.walk(bucket())) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(bucket())) {
          Files.delete(path);
        }
      }
    }
  }

  @Override
  public void close() {
    kill();
  }
}
