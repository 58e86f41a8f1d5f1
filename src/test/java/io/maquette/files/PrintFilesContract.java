package io.maquette.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.cluster.LocalNode;
import io.maquette.json.GuardedJson;
import io.maquette.mesh.PrintKit;
import io.maquette.mesh.edit.EditException;
import io.maquette.mesh.edit.PrintOptions;
import io.maquette.mesh.edit.ProgressListener;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileFault;
import io.maquette.storage.FileType;
import io.maquette.storage.IntactFiles;
import io.maquette.storage.StoredFile;
import io.maquette.task.FileRef;
import io.maquette.task.TaskDatabase;
import jakarta.ejb.EJBException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract of print files and the work on them, for every database. */
abstract class PrintFilesContract {

  private static final PrintOptions HEIGHT = options("{'size':{'kind':'HEIGHT','millimetres':60}}");

  @TempDir private Path folder;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService wakeUps = Executors.newScheduledThreadPool(1);
  private final Rows rows = new Rows();
  private final AtomicInteger runs = new AtomicInteger();
  private DiskStore store;
  private UUID task;
  private StoredFile model;

  abstract TaskDatabase database();

  /** The table, with one transaction for each call, as the container calls it. */
  private final class Rows extends PrintFileRows {

    private interface Work<T> {
      T in(PrintFileRows rows);
    }

    private <T> T call(Work<T> work) {
      try {
        return database()
            .call(
                heart ->
                    work.in(
                        new PrintFileRows(heart.entities(), heart.files(), database().clock())));
      } catch (Exception e) {
        throw new EJBException(e);
      }
    }

    @Override
    public Optional<PrintFile> request(UUID id, String owner, PrintOptions options, boolean lost) {
      return call(all -> all.request(id, owner, options, lost));
    }

    @Override
    public Optional<PrintFile> find(UUID id, String file) {
      return call(all -> all.find(id, file));
    }

    @Override
    public List<PrintFile> list(UUID id) {
      return call(all -> all.list(id));
    }

    @Override
    public boolean delete(UUID id, String file) {
      return call(all -> all.delete(id, file));
    }

    @Override
    public Optional<Integer> claim(UUID id, String file, String node) {
      return call(all -> all.claim(id, file, node));
    }

    @Override
    public boolean renew(UUID taskId, String id, int fence, PrintFile.State state, int progress) {
      return call(all -> all.renew(taskId, id, fence, state, progress));
    }

    @Override
    public boolean done(UUID taskId, String id, int fence, FileRef file) {
      return call(all -> all.done(taskId, id, fence, file));
    }

    @Override
    public void failed(UUID taskId, String id, int fence, String problem) {
      call(
          all -> {
            all.failed(taskId, id, fence, problem);
            return null;
          });
    }
  }

  /** Print kit that waits in the middle of its work. */
  private final class SlowKit extends PrintKit {

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean isInterrupted;

    SlowKit() {
      super(store, new IntactFiles(store));
    }

    @Override
    public StoredFile change(String key, long size, PrintOptions options, ProgressListener listener)
        throws IOException, EditException, InterruptedException {
      runs.incrementAndGet();
      listener.report(0.5);
      started.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        isInterrupted = true;
        throw e;
      }
      return super.change(key, size, options, listener);
    }
  }

  private static PrintOptions options(String json) {
    return PrintOptions.of(GuardedJson.object(json.replace('\'', '"')));
  }

  private PrintJobs node(String name, PrintKit kit) {
    LostFiles lost =
        new LostFiles(
            new LostFileRows() {
              @Override
              public Optional<Noted> note(String key, FileFault fault) {
                return Optional.empty();
              }
            },
            null);
    return new PrintJobs(rows, kit, store, lost, new LocalNode(name, false), executor, wakeUps);
  }

  private PrintJobs node(String name) {
    return node(name, new PrintKit(store, new IntactFiles(store)));
  }

  @BeforeEach
  void begin() throws Exception {
    database().clear();
    store = new DiskStore(folder.resolve("files"));
    task = database().create();
    model = store(task, Files.readAllBytes(Path.of("src/test/resources/models/plain.glb")));
  }

  @AfterEach
  void end() {
    executor.shutdownNow();
    wakeUps.shutdownNow();
  }

  private StoredFile store(UUID of, byte[] glb) throws IOException, SQLException {
    StoredFile file = store.put(of + "/1", FileType.GLB, new ByteArrayInputStream(glb));
    database()
        .sql(
            "insert into task_model (task_id, name, status, progress, file_key, file_sha256,"
                + " file_type, file_size, provider, api_task_id, created_at) values"
                + " ('%s', 'm', 'COMPLETED', 100, '%s', '%s', 'model/gltf-binary', %d, 'meshy',"
                    .formatted(of, file.key(), file.sha256(), file.size())
                + " 'job-1', '2026-01-01 00:00:00Z')");
    return file;
  }

  private PrintFile request(PrintOptions options) {
    return rows.request(task, "dev", options, false).orElseThrow();
  }

  private PrintFile now(PrintFile file) {
    return rows.find(task, file.id()).orElseThrow();
  }

  private PrintFile.State state(PrintFile file) {
    return now(file).work().state();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
  }

  @Test
  void equal_requests_share_one_result_and_the_original_stays() throws Exception {
    PrintFile file = request(HEIGHT);
    assertThat(file.work()).isEqualTo(new PrintFile.Work(PrintFile.State.QUEUED, 0, null));
    SlowKit kit = new SlowKit();
    PrintJobs jobs = node("one", kit);
    jobs.take(file, model.size());
    kit.started.await();
    PrintFile second = request(options("{'size':{'millimetres':60.0001,'kind':'HEIGHT'}}"));
    assertThat(second.id()).isEqualTo(file.id());
    jobs.take(second, model.size());
    node("two", kit).take(second, model.size());
    await(() -> now(file).work().progress() == 50);
    assertThat(state(file)).isEqualTo(PrintFile.State.RUNNING);
    kit.end.countDown();
    await(() -> state(file) == PrintFile.State.READY);
    assertThat(now(file).work().progress()).isEqualTo(100);
    assertThat(runs).hasValue(1);
    assertThat(request(HEIGHT).file().key()).isEqualTo(now(file).file().key());
    jobs.take(now(file), model.size());
    assertThat(runs).hasValue(1);
    assertThat(store.open(now(file).file().key(), 0)).isNotEmpty();
    assertThat(store.keysIn(task + "/1")).containsExactly(model.key());
  }

  @Test
  void the_work_of_a_killed_node_is_done_by_the_node_of_the_next_request() throws Exception {
    PrintFile file = request(HEIGHT);
    assertThat(rows.claim(task, file.id(), "killed")).contains(1);
    PrintJobs jobs = node("other");
    jobs.take(now(file), model.size());
    assertThat(state(file)).as("the lease is valid").isEqualTo(PrintFile.State.QUEUED);
    database().sql("update print_file set leased_until = current_timestamp - interval '1' second");
    jobs.take(now(file), model.size());
    await(() -> state(file) == PrintFile.State.READY);
    FileRef made = now(file).file();
    assertThat(rows.renew(task, file.id(), 1, PrintFile.State.RUNNING, 1)).isFalse();
    assertThat(rows.done(task, file.id(), 1, new FileRef("a", "b", "c", 1))).isFalse();
    rows.failed(task, file.id(), 1, "INTERNAL");
    assertThat(now(file).file().key()).isEqualTo(made.key());
  }

  @Test
  void a_deletion_on_another_node_stops_the_work() throws Exception {
    PrintFile file = request(HEIGHT);
    SlowKit kit = new SlowKit();
    node("one", kit).take(file, model.size());
    kit.started.await();
    assertThat(rows.delete(task, file.id())).isTrue();
    await(() -> kit.isInterrupted);
    assertThat(rows.find(task, file.id())).isEmpty();
    assertThat(rows.delete(task, file.id())).isFalse();
  }

  @Test
  void a_deletion_on_the_same_node_stops_the_work_at_once_and_the_next_begins() throws Exception {
    PrintFile file = request(HEIGHT);
    PrintFile next = request(PrintOptions.NONE);
    SlowKit kit = new SlowKit();
    PrintJobs jobs = node("one", kit);
    jobs.take(file, model.size());
    kit.started.await();
    jobs.take(next, model.size());
    rows.delete(task, file.id());
    jobs.cancel(file.id());
    await(() -> kit.isInterrupted);
    kit.end.countDown();
    await(() -> state(next) == PrintFile.State.READY);
    PrintFile again = request(HEIGHT);
    jobs.take(again, model.size());
    await(() -> state(again) == PrintFile.State.READY);
  }

  @Test
  void a_node_does_one_piece_of_work_at_a_time() throws Exception {
    PrintFile file = request(HEIGHT);
    PrintFile next = request(PrintOptions.NONE);
    SlowKit kit = new SlowKit();
    PrintJobs jobs = node("one", kit);
    jobs.take(file, model.size());
    jobs.take(next, model.size());
    kit.started.await();
    await(() -> now(file).work().progress() == 50);
    assertThat(runs).hasValue(1);
    assertThat(state(next)).isEqualTo(PrintFile.State.QUEUED);
    kit.end.countDown();
    await(() -> state(next) == PrintFile.State.READY);
  }

  @Test
  void a_deleted_result_is_listed_for_deletion_from_the_store() throws Exception {
    PrintFile file = request(HEIGHT);
    node("one").take(file, model.size());
    await(() -> state(file) == PrintFile.State.READY);
    String key = now(file).file().key();
    rows.delete(task, file.id());
    assertThat(database().<List<String>>call(heart -> heart.discarded().oldest(10)))
        .containsExactly(key);
  }

  @Test
  void a_failure_has_its_reason_and_the_next_request_tries_again() throws Exception {
    PrintFile file =
        request(options("{'size':{'kind':'HEIGHT','millimetres':5},'hollow':{'wall':50}}"));
    PrintJobs jobs = node("one");
    jobs.take(file, model.size());
    await(() -> state(file) == PrintFile.State.FAILED);
    assertThat(now(file).work().problem()).isEqualTo("WALL_TOO_THICK");
    assertThat(state(request(options(file.options())))).isEqualTo(PrintFile.State.QUEUED);
  }

  @Test
  void a_lost_model_is_a_failure() throws Exception {
    store.delete(model.key());
    PrintFile file = request(HEIGHT);
    node("one").take(file, model.size());
    await(() -> state(file) == PrintFile.State.FAILED);
    assertThat(now(file).work().problem()).isEqualTo("MODEL_LOST");
  }

  @Test
  void a_lost_result_is_made_again() throws Exception {
    PrintFile file = request(HEIGHT);
    PrintJobs jobs = node("one");
    jobs.take(file, model.size());
    await(() -> state(file) == PrintFile.State.READY);
    store.delete(now(file).file().key());
    PrintFile again = rows.request(task, "dev", HEIGHT, true).orElseThrow();
    assertThat(again.work().state()).isEqualTo(PrintFile.State.QUEUED);
    jobs.take(again, model.size());
    await(() -> state(file) == PrintFile.State.READY);
    assertThat(store.open(now(file).file().key(), 0)).isNotEmpty();
  }

  @Test
  void a_user_has_a_limit_of_open_ones_that_killed_nodes_do_not_fill() throws Exception {
    for (int i = 0; i < PrintFileRows.MAX_OPEN_PER_USER; i++) {
      PrintFile file = request(options("{'shape':{'faces':%d}}".formatted(1000 + i)));
      rows.claim(task, file.id(), "one");
    }
    assertThat(rows.request(task, "dev", HEIGHT, false)).isEmpty();
    database().sql("update print_file set leased_until = current_timestamp - interval '1' second");
    assertThat(rows.request(task, "dev", HEIGHT, false)).isPresent();
  }

  @Test
  void a_new_one_beyond_the_limit_of_a_task_replaces_the_oldest() {
    PrintFile first = request(HEIGHT);
    for (int i = 0; i < PrintFileRows.MAX_PER_TASK; i++) {
      request(options("{'shape':{'faces':%d}}".formatted(1000 + i)));
    }
    assertThat(rows.list(task)).hasSize(PrintFileRows.MAX_PER_TASK).doesNotContain(first);
  }

  @Test
  void print_files_end_with_their_model_and_their_task() throws Exception {
    PrintFile old = request(HEIGHT);
    database().sql("delete from task_model");
    assertThat(rows.request(task, "dev", HEIGHT, false)).isEmpty();
    store(task, Files.readAllBytes(Path.of("src/test/resources/models/quantized.glb")));
    PrintFile file = request(HEIGHT);
    assertThat(file.id()).isNotEqualTo(old.id());
    assertThat(rows.list(task)).containsExactly(file);
    database().sql("delete from task_model");
    database().sql("delete from task");
    assertThat(rows.list(task)).isEmpty();
  }
}
