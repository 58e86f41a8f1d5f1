package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.cluster.LocalNode;
import io.maquette.files.LostFile;
import io.maquette.files.LostFileRows;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskResult.AttemptFailed;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.queue.TaskResult.ModelCompleted;
import io.maquette.task.queue.TaskResult.Postponed;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.PaidResult;
import io.maquette.task.submission.ProviderCall;
import io.maquette.task.submission.UnfetchedResult;
import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests of results that are paid for and not stored yet. */
interface PaidResultPromises extends TaskDatabaseSteps {

  private PaidResult paid(ImageClaim claim) throws Exception {
    return database().call(heart -> heart.paidResults().of(claim)).orElse(null);
  }

  private List<ProviderCall> calls(TaskClaim claim) throws Exception {
    return database().call(heart -> heart.ledger().of(claim.taskId()));
  }

  private List<ImageClaim> claimForFetching() throws Exception {
    return database().call(heart -> heart.claims().claimForFetching(10));
  }

  private List<UnfetchedResult> unfetched() throws Exception {
    return database().call(heart -> heart.paidResults().unfetched());
  }

  @Test
  default void a_paid_result_is_kept_until_its_picture_is_stored() throws Exception {
    create("paid");
    ImageClaim killed = claimPictures();
    long call = reserved(killed);
    database()
        .run(
            heart ->
                heart
                    .paidResults()
                    .note(
                        killed,
                        new AcceptedSubmission(call, "job", "request"),
                        "local",
                        "https://files.example/1?sign=x",
                        Duration.ofHours(1)));
    database().leases(new LocalNode("node-1", false)).giveBack();
    ImageClaim claim = claimPictures();
    PaidResult paid = paid(claim);
    assertThat(paid.address()).isEqualTo("https://files.example/1?sign=x");
    assertThat(paid.accepted()).isEqualTo(new AcceptedSubmission(call, "job", "request", true));
    assertThat(paid.toString()).doesNotContain("sign");
    assertThat(paid(claim.afterPicture(Optional.empty()))).isNull();
    assertThat(unfetched()).isEmpty();
    assertThat(calls(claim))
        .singleElement()
        .satisfies(row -> assertThat(row.outcome()).isEqualTo(ProviderCall.Outcome.ACCEPTED));

    database().run(heart -> heart.paidResults().failed(call, "UNREACHABLE", "no route"));
    UnfetchedResult failed =
        database().call(heart -> heart.paidResults().failed(call, "FAKE_IP", "fake")).orElseThrow();
    assertThat(failed.failures()).isEqualTo(2);
    assertThat(failed.problem()).isEqualTo("FAKE_IP");
    assertThat(failed.isWanted()).isTrue();
    assertThat(failed.jobId()).isEqualTo("job");

    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ImageStored(
                            claim,
                            paid.accepted(),
                            claim.newImage("v", null, Tasks.file(claim.storeScope())),
                            Optional.empty())));
    assertThat(paid(claim)).isNull();
    assertThat(unfetched()).isEmpty();
  }

  @Test
  default void a_task_with_a_paid_result_is_claimed_while_nothing_else_is() throws Exception {
    Task waiting = create("waits");
    ImageClaim claim = claimPictures();
    assertThat(claim.taskId()).isEqualTo(waiting.id());
    create("not begun");
    assertThat(claimForFetching()).isEmpty();
    database()
        .run(
            heart ->
                heart
                    .paidResults()
                    .note(
                        claim,
                        new AcceptedSubmission(reserved(claim), null, null),
                        "local",
                        "https://files.example/1",
                        Duration.ofHours(1)));
    assertThat(claimForFetching()).as("it is held").isEmpty();
    database().run(heart -> heart.results().apply(new Postponed(claim, Instant.EPOCH)));
    assertThat(claimForFetching()).extracting(TaskClaim::taskId).containsExactly(waiting.id());
  }

  @Test
  default void an_unneeded_result_is_deleted_unless_its_download_failed() throws Exception {
    Task task = create("cancelled");
    ImageClaim claim = claimPictures();
    database()
        .run(
            heart ->
                heart
                    .paidResults()
                    .note(
                        claim,
                        new AcceptedSubmission(reserved(claim), null, null),
                        "local",
                        "https://files.example/1",
                        Duration.ofHours(1)));
    database().run(heart -> heart.paidResults().forgetUnwanted());
    assertThat(paid(claim)).isNotNull();
    database().run(heart -> heart.service().cancel("dev", task.id()));
    database().run(heart -> heart.paidResults().failed(reserved(claim), "UNREACHABLE", "no route"));
    database().run(heart -> heart.paidResults().forgetUnwanted());
    assertThat(unfetched())
        .singleElement()
        .satisfies(result -> assertThat(result.isWanted()).isFalse());
    database().run(heart -> heart.paidResults().fetched(reserved(claim)));
    assertThat(unfetched()).isEmpty();
  }

  @Test
  default void a_model_that_cannot_be_fetched_is_known_until_it_is_stored() throws Exception {
    PollClaim polling = submitted(chosen("far away"));
    UnfetchedResult failed =
        database()
            .call(
                heart ->
                    heart
                        .paidResults()
                        .failed(polling, "HOST_NOT_ALLOWED", "no", Duration.ofDays(1)))
            .orElseThrow();
    assertThat(failed.address()).isNull();
    assertThat(failed.jobId()).isEqualTo("job-1");
    assertThat(
            database()
                .call(
                    heart -> heart.paidResults().failed(polling, "PROXY", "no", Duration.ofDays(1)))
                .orElseThrow()
                .failures())
        .isEqualTo(2);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(new ModelCompleted(polling, Tasks.modelFile("m"), Optional.empty())));
    assertThat(unfetched()).isEmpty();
  }

  @Test
  default void a_model_whose_job_was_lost_is_not_waited_for() throws Exception {
    PollClaim polling = submitted(chosen("lost"));
    UnfetchedResult failed =
        database()
            .call(
                heart ->
                    heart.paidResults().failed(polling, "UNREACHABLE", "no", Duration.ofDays(1)))
            .orElseThrow();
    assertThat(failed.isWanted()).isTrue();
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new AttemptFailed(
                            polling,
                            FailureCode.PROVIDER_UNAVAILABLE,
                            "no such job",
                            Instant.EPOCH)));
    assertThat(unfetched())
        .singleElement()
        .satisfies(result -> assertThat(result.isWanted()).isFalse());
  }

  @Test
  default void a_lost_file_that_another_node_forgets_meanwhile_is_skipped() throws Exception {
    Task task = create("lost files");
    for (String key : List.of("a", "b")) {
      database()
          .sql(
              "insert into lost_file (file_key, task_id, place, fault, remedy, noticed_at, tries,"
                  + " due_at) values ('"
                  + key
                  + "', '"
                  + task.id()
                  + "', 0, 'MISSING', 'DRAW_AGAIN', timestamp '2026-01-01 00:00:00', 0,"
                  + " timestamp '2026-01-01 00:00:00')");
    }
    List<LostFile> taken =
        database()
            .call(
                heart ->
                    new LostFileRows(
                            forgettingFirst(heart.entities()), heart.files(), database().clock())
                        .takeDue(10));
    assertThat(taken).extracting(LostFile::key).containsExactly("b");
  }

  /**
   * Returns an entity manager that deletes the row of lost file "a" at the first lock, as another
   * node would.
   */
  private EntityManager forgettingFirst(EntityManager entities) {
    return (EntityManager)
        Proxy.newProxyInstance(
            EntityManager.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              if (Set.of("find", "refresh").contains(method.getName())) {
                database().sql("delete from lost_file where file_key = 'a'");
              }
              try {
                return method.invoke(entities, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
