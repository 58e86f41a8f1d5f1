package io.maquette.it;

import static org.awaitility.Awaitility.await;

import io.maquette.it.simulator.MeshySimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.SiliconFlowSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Fault;
import io.maquette.it.simulator.Simulator.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Brings a node to a standstill at one step boundary after the other, each with a task of its own,
 * by what it meets outside: providers, the network, locks in the database. The node runs the very
 * WAR that is shipped.
 */
final class Standstill implements AutoCloseable {

  /** Where a step can be cut off. */
  enum Point {
    /** The task is claimed, the ledger's row not committed. */
    BEFORE_THE_ROW,
    /** The row is there, and the request never reaches the provider. */
    AFTER_THE_ROW,
    /** The provider has taken it, and does not answer yet. */
    REQUEST_LEFT,
    /** The answer is there, and nothing has been made of it. */
    ANSWERED,
    /** Half of the file is there. */
    IN_THE_DOWNLOAD,
    /** The file is stored, its row is not committed. */
    BEFORE_THE_COMMIT
  }

  /** Holds answers back that providers have decided on. */
  static final class Gate {
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger arrivals = new AtomicInteger();

    Fault acceptAndWait() {
      return (exchange, usual) -> {
        Simulator.Answer answer = usual.answer();
        arrivals.incrementAndGet();
        open.await();
        Simulator.instead(answer).strike(exchange, usual);
      };
    }

    void awaitArrivals(int count) {
      await().atMost(PATIENCE).until(() -> arrivals.get() == count);
    }

    void open() {
      open.countDown();
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final SiliconFlowSimulator pictures = new SiliconFlowSimulator();
  final MeshySimulator models = new MeshySimulator(PictureSimulator.KEY);
  private final TcpProxy toPictures;
  private final TcpProxy toModels;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Locks locks;
  private boolean ledgerIsLocked;

  /**
   * Prepares the providers.
   *
   * @param database whose rows are locked; null where nobody but the node can open it, so that
   *     points that take a lock are out of reach
   */
  Standstill(String database) throws IOException {
    toPictures = new TcpProxy(pictures.url().getPort());
    toModels = new TcpProxy(models.url().getPort());
    locks = database == null ? null : new Locks(database);
    pictures.drawBy(number -> PictureSimulator.image("png", 64 + number));
    models.pollsUntilDone(1);
  }

  /** The environment of a node that calls these providers. */
  Environment environment(Path folder) {
    return new Environment(folder)
        .at(pictures, "siliconflow")
        .at(models)
        .with("MAQUETTE_SILICONFLOW_URL", "http://127.0.0.1:" + toPictures.port())
        .with("MAQUETTE_MESHY_URL", "http://127.0.0.1:" + toModels.port())
        .with("MAQUETTE_PROVIDER_IMAGE", "siliconflow")
        .with("MAQUETTE_PROVIDER_MODEL", "meshy")
        .with("MAQUETTE_IMAGE_CONCURRENCY", "8")
        .with("MAQUETTE_MODEL_CONCURRENCY", "8")
        .with("MAQUETTE_RETRY_UNKNOWN_DELAY", "PT1S");
  }

  private static boolean isModelSubmission(Received request) {
    return request.method().equals("POST");
  }

  private static boolean isModelFile(Received request) {
    return request.uri().getPath().endsWith("model.glb");
  }

  /** Creates a task and returns its id when its first picture has come to the point. */
  String parkPicture(ApiClient api, Point point) throws Exception {
    String prompt = "picture " + point;
    return switch (point) {
      case BEFORE_THE_ROW -> parkAtLock(() -> api.create(prompt));
      case AFTER_THE_ROW -> {
        CompletableFuture<Void> held = toPictures.holdNext();
        String id = api.create(prompt);
        held.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        yield id;
      }
      case REQUEST_LEFT -> parkAt(pictures, pictures::isSubmission, true, () -> api.create(prompt));
      case ANSWERED -> parkAt(pictures, PictureSimulator::isFile, false, () -> api.create(prompt));
      case IN_THE_DOWNLOAD ->
          parkInDownload(pictures, PictureSimulator::isFile, () -> api.create(prompt));
      case BEFORE_THE_COMMIT -> {
        int before = locks.waiting();
        pictures.next(PictureSimulator::isFile, lockingTaskOf(prompt));
        String id = api.create(prompt);
        locks.awaitWaiting(before + 1);
        yield id;
      }
    };
  }

  /** Chooses a picture of a task and returns when its model has come to the point. */
  void parkModel(ApiClient api, String id, String prompt, Point point) throws Exception {
    Start start =
        () -> {
          api.select(id, 0);
          return id;
        };
    switch (point) {
      case BEFORE_THE_ROW -> parkAtLock(start);
      case AFTER_THE_ROW -> {
        CompletableFuture<Void> held = toModels.holdNext();
        start.run();
        held.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      case REQUEST_LEFT -> parkAt(models, Standstill::isModelSubmission, true, start);
      case IN_THE_DOWNLOAD -> parkInDownload(models, Standstill::isModelFile, start);
      case ANSWERED, BEFORE_THE_COMMIT -> {
        int before = locks.waiting();
        models.next(
            point == Point.ANSWERED ? Standstill::isModelSubmission : Standstill::isModelFile,
            lockingTaskOf(prompt));
        start.run();
        locks.awaitWaiting(before + 1);
      }
    }
  }

  private interface Start {
    String run() throws Exception;
  }

  private String parkAt(Simulator provider, Predicate<Received> request, boolean taken, Start start)
      throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    provider.next(
        request,
        (exchange, usual) -> {
          if (taken) {
            usual.answer();
          }
          there.countDown();
          over.await();
        });
    return started(start, there);
  }

  private String parkInDownload(Simulator provider, Predicate<Received> request, Start start)
      throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    provider.next(
        request,
        (exchange, usual) -> {
          Simulator.Answer answer = usual.answer();
          answer.headers().forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(answer.status(), answer.body().length);
          OutputStream out = exchange.getResponseBody();
          out.write(answer.body(), 0, answer.body().length / 2);
          out.flush();
          there.countDown();
          over.await();
        });
    return started(start, there);
  }

  private static String started(Start start, CountDownLatch there) throws Exception {
    String id = start.run();
    if (!there.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the point was not reached");
    }
    return id;
  }

  /** Nobody can write a row of the ledger from now on; so these come last. */
  private String parkAtLock(Start start) throws Exception {
    int before = locks.waiting();
    if (!ledgerIsLocked) {
      locks.take("lock table provider_call in share mode");
      ledgerIsLocked = true;
    }
    String id = start.run();
    locks.awaitWaiting(before + 1);
    return id;
  }

  private Fault lockingTaskOf(String prompt) {
    return (exchange, usual) -> {
      Simulator.Answer answer = usual.answer();
      try {
        locks.take("select id from task where prompt = '" + prompt + "' for update");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      Simulator.instead(answer).strike(exchange, usual);
    };
  }

  /** Nothing stands still any more. */
  void release() throws SQLException {
    over.countDown();
    if (locks != null) {
      locks.release();
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    release();
    toPictures.close();
    toModels.close();
    pictures.close();
    models.close();
  }
}
