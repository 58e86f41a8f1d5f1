package io.maquette.it;

import io.maquette.it.server.PayaraMicro;
import io.maquette.it.server.Server;
import io.maquette.it.simulator.MeshySimulator;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.it.simulator.SiliconFlowSimulator;
import io.maquette.studio.LocalSamples;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * The product with providers that do what a test tells them, so that every screen can be looked at
 * for as long as that takes. One picture task and one model job at a time.
 */
final class Studio implements AutoCloseable {

  static final String SUBJECT = "一只戴草帽的小猫";
  private static final int PICTURES = 4;
  private static final String IN_PROGRESS =
      "IMAGE_PENDING,IMAGE_GENERATING,IMAGE_EDITING,MODEL_PENDING,MODEL_GENERATING";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final SiliconFlowSimulator pictures = new SiliconFlowSimulator();
  final MeshySimulator models = new MeshySimulator(PictureSimulator.KEY);
  private final Path folder = Wars.freshFolder("studio");
  private final Map<String, String> environment = new HashMap<>();
  private final Server server;
  final ApiClient api;

  /** Those let through since pictures are held; new for each time, as the old ones are used up. */
  private Semaphore permits = new Semaphore(0);

  private Studio() throws IOException {
    List<byte[]> drawn =
        IntStream.range(0, PICTURES).mapToObj(i -> LocalSamples.picture(SUBJECT, i)).toList();
    pictures.drawBy(number -> drawn.get(Math.floorMod(number - 1, PICTURES)));
    models.sculpt(LocalSamples.smallModel(drawn.get(0)), drawn.get(0));
    environment.put("MAQUETTE_HOME", folder.resolve("home").toString());
    environment.put("MAQUETTE_DB_URL", Wars.freshPostgres("studio"));
    environment.put("MAQUETTE_DB_USER", "postgres");
    environment.put("MAQUETTE_PROVIDER_IMAGE", "siliconflow");
    environment.put("MAQUETTE_SILICONFLOW_URL", pictures.url().toString());
    environment.put("MAQUETTE_SILICONFLOW_API_KEY", PictureSimulator.KEY);
    environment.put("MAQUETTE_PROVIDER_MODEL", "meshy");
    environment.put("MAQUETTE_MESHY_URL", models.url().toString());
    environment.put("MAQUETTE_MESHY_API_KEY", PictureSimulator.KEY);
    environment.put("MAQUETTE_DOWNLOAD_ALLOWED_HOSTS", pictures.host() + "," + models.host());
    environment.put("MAQUETTE_IMAGE_CONCURRENCY", "1");
    environment.put("MAQUETTE_MODEL_CONCURRENCY", "1");
    environment.put("MAQUETTE_MODEL_POLL_INTERVAL", "PT0.1S");
    environment.put("MAQUETTE_WORKER_TICK", "PT0.2S");
    environment.put("MAQUETTE_RETRY_MAX", "0");
    server = start();
    api = new ApiClient(server.base());
  }

  static Studio open() throws IOException {
    return new Studio();
  }

  /** Another node on the same database and files. */
  Server start() throws IOException {
    return PayaraMicro.start(folder, Path.of(System.getProperty("maquette.war")), environment);
  }

  URI base() {
    return server.base();
  }

  /** From now on pictures are drawn one by one, as they are let through. */
  void holdPictures() {
    permits = new Semaphore(0);
    pictures.always(pictures::isSubmission, pictures.whenPermitted(permits));
  }

  void letThrough(int count) {
    permits.release(count);
  }

  /** Nothing is held any more. */
  void release() {
    pictures.recover();
    permits.release(1000);
    models.goOn();
  }

  /** Waits until no task is in progress. */
  void awaitRest() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> api.list("limit=100&status=" + IN_PROGRESS).getInt("count") == 0);
  }

  /** A task whose four pictures are there. */
  String withPictures(String prompt) throws IOException, InterruptedException {
    String id = api.create(prompt);
    api.awaitStatus(id, "IMAGE_COMPLETED");
    return id;
  }

  /** A task whose model is there. */
  String completed(String prompt) throws IOException, InterruptedException {
    String id = withPictures(prompt);
    api.select(id, 0);
    api.await(id, PATIENCE, task -> task.getString("status").equals("MODEL_COMPLETED"));
    return id;
  }

  @Override
  public void close() {
    server.close();
    pictures.close();
    models.close();
  }
}
