package io.maquette.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.config.Settings;
import io.maquette.it.simulator.PictureSimulator;
import io.maquette.option.ImageOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.GeneratedPicture;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ImageRequest;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.Notes;
import io.maquette.provider.Picture;
import io.maquette.provider.PromptVariants;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Providers;
import io.maquette.provider.ResultAddress;
import io.maquette.provider.ResultNotFetchedException;
import io.maquette.provider.Submission;
import io.maquette.storage.DiskStore;
import io.maquette.storage.FileStore;
import io.maquette.storage.FileType;
import io.maquette.storage.ResultFetchException;
import io.maquette.storage.ResultFetchException.Reason;
import io.maquette.storage.StoredFile;
import io.maquette.task.DiscardedFiles;
import io.maquette.task.FailureCode;
import io.maquette.task.Quota;
import io.maquette.task.StaleClaimException;
import io.maquette.task.Task;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.TaskDatabase;
import io.maquette.task.TaskStatus;
import io.maquette.task.queue.TaskQueue;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.AttemptFailed;
import io.maquette.task.queue.TaskResult.ModelSubmitted;
import io.maquette.task.queue.TaskResults;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.PaidResult;
import io.maquette.task.submission.PaidResults;
import io.maquette.task.submission.SubmissionDecision;
import io.maquette.task.submission.SubmissionLedger;
import io.maquette.task.submission.UnfetchedResult;
import io.maquette.worker.control.ActiveProviderControls;
import io.maquette.worker.control.ProviderAvailability;
import io.maquette.worker.control.UnfetchedResults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests that paid pictures are fetched in the end without a second charge, even if faults delay the
 * fetch. The database is real; the provider counts charges.
 */
@Tag("fault")
class PaidPicturesTest {

  private static final Map<String, String> SETTINGS =
      Map.of("maquette.retry.image-delay", "PT0.01S", "maquette.retry.unknown-delay", "PT0.01S");

  @TempDir static Path folder;

  private static JdbcConnectionPool pool;
  private static TaskDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("paid"), "", "");
    database = new TaskDatabase(pool);
  }

  @AfterAll
  static void close() {
    database.close();
    pool.dispose();
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Fault of the next fetches; null means no fault. */
  private interface Trouble {
    void strike() throws ResultNotFetchedException;
  }

  /** Provider that counts charges and gives every picture its own URL. */
  private final class Charging implements ImageProvider {
    private final AtomicInteger charges = new AtomicInteger();
    private final AtomicInteger fetches = new AtomicInteger();

    @Override
    public String name() {
      return "charging";
    }

    @Override
    public GeneratedPicture generate(ImageRequest request) throws ProviderException {
      String url = "https://results.example/" + charges.incrementAndGet();
      request.paid().accept(new ResultAddress(url, lifetime, null, "request"));
      return new GeneratedPicture(fetch(url, request.timeout()), null, "request");
    }

    @Override
    public Picture fetch(String url, Duration timeout) throws ResultNotFetchedException {
      fetches.incrementAndGet();
      if (trouble != null) {
        trouble.strike();
      }
      return new Picture(PictureSimulator.image("png", 8), "image/png");
    }
  }

  private final Charging provider = new Charging();
  private Trouble trouble;
  private Duration lifetime = Duration.ofHours(1);
  private boolean diskIsFull;
  private Node node;

  private static void run(TaskDatabase.Action action) {
    try {
      database.run(action);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T call(TaskDatabase.Work<T> work) throws StaleClaimException {
    try {
      return database.call(work);
    } catch (StaleClaimException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Transactions extends SubmissionLedger {
    @Override
    public SubmissionDecision submit(
        TaskClaim claim, String provider, Duration grace, boolean lookedFor)
        throws StaleClaimException {
      return call(heart -> heart.ledger().submit(claim, provider, grace, lookedFor));
    }

    @Override
    public void recordAccepted(AcceptedSubmission accepted) {
      run(heart -> heart.ledger().recordAccepted(accepted));
    }

    @Override
    public void recordRefused(long call, String problem, String words) {
      run(heart -> heart.ledger().recordRefused(call, problem, words));
    }

    @Override
    public void recordUnknown(long call, String words) {
      run(heart -> heart.ledger().recordUnknown(call, words));
    }

    @Override
    public void confirm(TaskClaim claim) throws StaleClaimException {
      call(
          heart -> {
            heart.ledger().confirm(claim);
            return null;
          });
    }

    @Override
    public void withdraw(long call) {
      run(heart -> heart.ledger().withdraw(call));
    }
  }

  private static final class PaidTransactions extends PaidResults {
    @Override
    public void note(
        TaskClaim claim,
        AcceptedSubmission accepted,
        String provider,
        String address,
        Duration lifetime) {
      run(heart -> heart.paidResults().note(claim, accepted, provider, address, lifetime));
    }

    @Override
    public Optional<PaidResult> of(TaskClaim claim) {
      try {
        return call(heart -> heart.paidResults().of(claim));
      } catch (StaleClaimException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Optional<UnfetchedResult> failed(long number, String problem, String words) {
      try {
        return call(heart -> heart.paidResults().failed(number, problem, words));
      } catch (StaleClaimException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public int lost(TaskClaim claim, long number, String words) {
      try {
        return call(heart -> heart.paidResults().lost(claim, number, words));
      } catch (StaleClaimException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void fetched(long number) {
      run(heart -> heart.paidResults().fetched(number));
    }

    @Override
    public void forgetUnwanted() {
      run(heart -> heart.paidResults().forgetUnwanted());
    }

    @Override
    public List<UnfetchedResult> unfetched() {
      try {
        return call(heart -> heart.paidResults().unfetched());
      } catch (StaleClaimException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static final class ResultTransactions extends TaskResults {
    @Override
    public Optional<ImageClaim> apply(TaskResult result) throws StaleClaimException {
      return call(heart -> heart.results().apply(result));
    }
  }

  /** In-memory state of a node; a new instance simulates a restart. */
  private final class Node {
    private final Settings settings =
        Settings.read(name -> Optional.ofNullable(SETTINGS.get(name)));
    private final PaidResults paid = new PaidTransactions();
    private final UnfetchedResults unfetched = new UnfetchedResults(paid::unfetched);
    private final Providers providers =
        new Providers() {
          @Override
          public ImageProvider images() {
            return provider;
          }

          @Override
          public ImageProvider images(String name) {
            return provider;
          }

          @Override
          public ImageProvider pictures(String name) {
            return provider;
          }

          @Override
          public ModelProvider model(String name) {
            return new Forgetful();
          }

          @Override
          public PromptVariants prompts() {
            return prompt -> List.of("a", "b", "c", "d");
          }
        };
    private final ProviderAvailability availability =
        new ProviderAvailability(
            providers, new ActiveProviderControls(List::of), unfetched, settings, database.clock());
    private final Submissions submissions =
        new Submissions(
            new Transactions(),
            paid,
            unfetched,
            any -> true,
            availability,
            settings,
            database.clock());
    private final FileStore store = new MayBeFull();
    private final StepRunner steps =
        new StepRunner(
            new ImageStep(
                providers, store, submissions, new ImageResultFiles(store, submissions), settings),
            null,
            null,
            new FailurePolicy(
                new TaskQueue(),
                new DiscardedFiles() {
                  @Override
                  public void leftBy(TaskClaim claim) {}
                },
                null,
                availability,
                new Notes(database.clock()),
                settings,
                database.clock()),
            new ResultTransactions(),
            submissions,
            null,
            providers,
            store);

    /** Runs a step on every task that a worker would claim now. */
    void look() throws Exception {
      database.sql("update task set due_at = current_timestamp where due_at is not null");
      unfetched.refreshNow();
      int room = availability.claimablePictures(10);
      List<ImageClaim> claims =
          room == 0
              ? call(heart -> heart.claims().claimForFetching(10))
              : call(heart -> heart.claims().claimForPictures(room, provider.name()));
      for (ImageClaim claim : claims) {
        steps.work(claim);
      }
    }

    void recheckAbandoned() throws Exception {
      database.sql(
          "update paid_result set failed_at = failed_at - interval '1' hour where failures > 0");
      new AbandonedResultChecker(paid, unfetched, providers, settings, database.clock()).recheck();
    }
  }

  /** File store on a disk that can be full. */
  private final class MayBeFull implements FileStore {
    private final FileStore disk = new DiskStore(folder.resolve("files"));

    @Override
    public String name() {
      return "disk";
    }

    @Override
    public FileStore.FileState state(String key) throws IOException {
      return disk.state(key);
    }

    @Override
    public void check() {}

    @Override
    public List<FileStore.ListedFile> list(String after, int limit) throws IOException {
      return disk.list(after, limit);
    }

    @Override
    public void close() {
      disk.close();
    }

    @Override
    public StoredFile put(String scope, FileType type, InputStream content) throws IOException {
      if (diskIsFull) {
        throw new IOException("No space left on device");
      }
      return disk.put(scope, type, content);
    }

    @Override
    public InputStream open(String key, long from) throws IOException {
      return disk.open(key, from);
    }

    @Override
    public void delete(String key) throws IOException {
      disk.delete(key);
    }

    @Override
    public List<String> keysIn(String scope) throws IOException {
      return disk.keysIn(scope);
    }
  }

  @BeforeEach
  void begin() throws Exception {
    database.clear();
    node = new Node();
  }

  private static UUID create() throws Exception {
    return database.call(heart -> heart.service().create("dev", "a cat", null)).id();
  }

  private static Task find(UUID task) throws Exception {
    return database.call(heart -> heart.queries().find("dev", task));
  }

  @Test
  void an_option_that_the_provider_does_not_accept_is_never_paid_for() throws Exception {
    UUID task =
        database
            .call(
                heart ->
                    heart
                        .service()
                        .create(
                            "dev", Quota.AS_SET, "a cat", ImageOptions.NONE.withNewSeed(), null))
            .id();
    node.look();
    assertThat(provider.charges).hasValue(0);
    assertThat(find(task).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(find(task).errorCode()).isEqualTo(FailureCode.PROVIDER_REFUSED);
  }

  private static ResultNotFetchedException notFetched(Reason reason) {
    return new ResultNotFetchedException(
        new ResultFetchException(reason, "because of " + reason, null));
  }

  private void fails(Reason reason) {
    trouble =
        () -> {
          throw notFetched(reason);
        };
  }

  private void assertAllIsWell(UUID... tasks) throws Exception {
    for (UUID task : tasks) {
      assertThat(find(task).status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    }
    assertThat(provider.charges).hasValue(4 * tasks.length);
    assertThat(node.paid.unfetched()).isEmpty();
  }

  private void lookUntilDone(UUID... tasks) throws Exception {
    for (int looks = 0; looks < 12; looks++) {
      for (UUID task : tasks) {
        assertThat(find(task).status()).isNotEqualTo(TaskStatus.FAILED);
      }
      node.look();
    }
    assertAllIsWell(tasks);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void a_picture_that_cannot_be_fetched_for_a_while_costs_nothing_more(Reason reason)
      throws Exception {
    UUID task = create();
    fails(reason);
    node.look();
    node.look();
    node.look();
    assertThat(provider.charges).hasValue(1);
    assertThat(provider.fetches).as("tried again").hasValue(3);
    trouble = null;
    lookUntilDone(task);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"HOST_NOT_ALLOWED", "FAKE_IP", "NOT_PUBLIC", "PROXY", "UNREACHABLE"})
  void after_a_refused_fetch_nothing_else_is_paid_for_even_after_a_restart(Reason reason)
      throws Exception {
    UUID first = create();
    fails(reason);
    node.look();
    UUID second = create();
    for (int restart = 0; restart < 3; restart++) {
      node = new Node();
      node.look();
      node.look();
    }
    assertThat(provider.charges).hasValue(1);
    assertThat(node.availability.outage(provider.name()).orElseThrow().words())
        .contains("because of " + reason);
    assertThat(find(second).status()).isEqualTo(TaskStatus.IMAGE_PENDING);
    trouble = null;
    lookUntilDone(first, second);
  }

  @Test
  void a_single_bad_address_delays_only_its_own_task() throws Exception {
    UUID first = create();
    fails(Reason.ANSWERED);
    node.look();
    trouble =
        () -> {
          if (provider.fetches.get() % 2 == 0) { // the first task's picture is fetched first
            throw notFetched(Reason.ANSWERED);
          }
        };
    UUID second = create();
    node.look();
    assertThat(find(second).images()).isNotEmpty();
    assertThat(find(first).images()).isEmpty();
    trouble = null;
    lookUntilDone(first, second);
  }

  @Test
  void a_node_killed_between_answer_and_fetch_loses_no_picture() throws Exception {
    UUID task = create();
    trouble =
        () -> {
          throw new Killed();
        };
    assertThatThrownBy(node::look).isInstanceOf(Killed.class);
    assertThat(provider.charges).hasValue(1);
    node = new Node();
    trouble = null;
    lookUntilDone(task);
  }

  @Test
  void a_picture_that_a_full_disk_refused_is_fetched_again() throws Exception {
    UUID task = create();
    diskIsFull = true;
    node.look();
    node.look();
    assertThat(provider.charges).hasValue(1);
    diskIsFull = false;
    lookUntilDone(task);
  }

  @Test
  void an_expired_result_is_paid_for_once_more_and_not_again() throws Exception {
    UUID task = create();
    lifetime = Duration.ZERO;
    fails(Reason.ANSWERED);
    for (int looks = 0; looks < 8; looks++) {
      node.look();
    }
    assertThat(provider.charges).hasValue(2);
    assertThat(find(task).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(find(task).errorCode()).isEqualTo(FailureCode.RESULT_UNUSABLE);
  }

  @Test
  void an_unusable_result_fails_the_task_without_another_charge() throws Exception {
    UUID task = create();
    fails(Reason.UNUSABLE);
    for (int looks = 0; looks < 8; looks++) {
      node.look();
    }
    assertThat(provider.charges).hasValue(1);
    assertThat(find(task).errorCode()).isEqualTo(FailureCode.RESULT_UNUSABLE);
  }

  @Test
  void an_abandoned_result_shows_when_the_operator_has_acted() throws Exception {
    UUID cancelled = create();
    fails(Reason.FAKE_IP);
    node.look();
    database.run(heart -> heart.service().cancel("dev", cancelled));
    UUID next = create();
    node.look();
    node.recheckAbandoned();
    node.look();
    assertThat(provider.charges).hasValue(1);
    trouble = null;
    node.recheckAbandoned();
    provider.charges.set(0);
    lookUntilDone(next);
  }

  @Test
  void an_expired_abandoned_result_does_not_open_the_breaker() throws Exception {
    UUID cancelled = create();
    fails(Reason.UNREACHABLE);
    node.look();
    database.run(heart -> heart.service().cancel("dev", cancelled));
    database.sql("update paid_result set expires_at = expires_at - interval '2' hour");
    provider.fetches.set(0);
    node.recheckAbandoned();
    assertThat(provider.fetches).hasValue(0);
    assertThat(node.paid.unfetched()).isEmpty();
    assertThat(node.availability.outage(provider.name())).isEmpty();
  }

  @Test
  void abandoned_results_of_a_provider_are_checked_until_one_fails() throws Exception {
    List<UUID> cancelled = List.of(create(), create(), create());
    fails(Reason.ANSWERED);
    node.look();
    for (UUID task : cancelled) {
      database.run(heart -> heart.service().cancel("dev", task));
    }
    assertThat(node.paid.unfetched()).hasSize(3);
    database.sql("update paid_result set problem = 'UNREACHABLE'");
    fails(Reason.UNREACHABLE);
    provider.fetches.set(0);
    node.recheckAbandoned();
    assertThat(provider.fetches).hasValue(1);
    trouble = null;
    node.recheckAbandoned();
    assertThat(provider.fetches).hasValue(4);
    assertThat(node.paid.unfetched()).isEmpty();
  }

  @Test
  void a_lost_job_no_longer_keeps_the_breaker_open() throws Exception {
    UUID task = create();
    for (int looks = 0; looks < 4; looks++) {
      node.look();
    }
    database.run(heart -> heart.service().selectImage("dev", task, 0));
    ModelClaim submitting =
        database.call(heart -> heart.claims().claimForSubmission(1, provider.name(), 1)).get(0);
    database.run(
        heart ->
            heart
                .results()
                .apply(
                    new ModelSubmitted(
                        submitting,
                        new AcceptedSubmission(heart.call(submitting), "job", "request"),
                        Instant.EPOCH,
                        submitting.startedAt())));
    PollClaim polling =
        (PollClaim) database.call(heart -> heart.claims().claimForPolling(1)).get(0);
    database.run(
        heart ->
            heart.paidResults().failed(polling, "UNREACHABLE", "no route", Duration.ofDays(1)));
    node.unfetched.refreshNow();
    assertThat(node.availability.outage(provider.name())).isPresent();
    node.recheckAbandoned();
    assertThat(node.availability.outage(provider.name())).as("it is waited for").isPresent();
    database.run(
        heart ->
            heart
                .results()
                .apply(
                    new AttemptFailed(
                        polling, FailureCode.PROVIDER_UNAVAILABLE, "no such job", Instant.EPOCH)));
    node.recheckAbandoned();
    assertThat(node.availability.outage(provider.name())).isEmpty();
  }

  /** Model provider that has lost its jobs. */
  private static final class Forgetful implements ModelProvider {
    @Override
    public String name() {
      return "charging";
    }

    @Override
    public Submission submit(ModelRequest request) {
      throw new IllegalStateException("not called");
    }

    @Override
    public JobState query(String jobId) throws ProviderException {
      throw new JobLostException(jobId);
    }

    @Override
    public Cancellation cancel(String jobId) {
      throw new IllegalStateException("not called");
    }
  }
}
