package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskQueue.ModelTarget;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.task.queue.TaskResult.ModelSubmitted;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.ProviderCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests of the options and the number of pictures that users choose. */
interface OptionPromises extends TaskDatabaseSteps {

  ImageOptions WIDE =
      new ImageOptions(
          Optional.of("16:9"), Optional.empty(), Optional.of("a \"hat\" 🎩"), Optional.of(7L));

  ModelOptions RELIEF =
      new ModelOptions(
          Optional.of(30_000),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(7L),
          Optional.of("relief"));

  private Task createWith(ImageOptions options, String key) throws Exception {
    return database()
        .call(heart -> heart.service().create("dev", Quota.AS_SET, "a cat", options, key));
  }

  @Test
  default void options_reach_the_claim_and_the_ledger() throws Exception {
    Task task = createWith(WIDE, null);
    assertThat(find(task.id()).imageOptions()).isEqualTo(WIDE);
    ImageClaim claim = claimPictures("node-1", 1).get(0);
    assertThat(claim.imageOptions()).isEqualTo(WIDE);
    List<ProviderCall> calls = database().call(heart -> heart.ledger().of(task.id()));
    assertThat(calls).extracting(call -> ImageOptions.ofJson(call.options())).containsExactly(WIDE);
    assertThat(claim.afterPicture(Optional.empty()).imageOptions()).isEqualTo(WIDE);
  }

  @Test
  default void other_options_under_the_same_key_are_a_conflict() throws Exception {
    Task first = createWith(WIDE, "options");
    Task repeat = createWith(WIDE, "options");
    assertThat(repeat.id()).isEqualTo(first.id());
    assertThat(repeat.imageOptions()).isEqualTo(WIDE);
    assertThatThrownBy(() -> createWith(ImageOptions.NONE, "options"))
        .isInstanceOf(TaskException.IdempotencyConflict.class);
  }

  @Test
  default void a_retry_for_other_pictures_changes_only_the_seed() throws Exception {
    Task task = createWith(WIDE, null);
    ImageClaim claim = claimPictures("node-1", 1).get(0);
    database()
        .run(heart -> heart.results().apply(new Failed(claim, FailureCode.PROVIDER_REFUSED, "no")));
    database().run(heart -> heart.service().retryImages("dev", task.id(), WIDE.withNewSeed()));
    ImageOptions options = find(task.id()).imageOptions();
    assertThat(options.seed()).isPresent().isNotEqualTo(WIDE.seed());
    assertThat(options.aspect()).isEqualTo(WIDE.aspect());
    assertThat(options.negativePrompt()).isEqualTo(WIDE.negativePrompt());
  }

  @Test
  default void options_of_the_model_reach_the_claim_and_the_ledger() throws Exception {
    Task task = withPicture(UUID.randomUUID(), "toy", Tasks.file("own"));
    database().run(heart -> heart.service().selectImage("dev", task.id(), 0, RELIEF));
    assertThat(find(task.id()).modelOptions()).isEqualTo(RELIEF);
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    assertThat(claim.modelOptions()).isEqualTo(RELIEF);
    List<ProviderCall> calls = database().call(heart -> heart.ledger().of(task.id()));
    assertThat(calls)
        .extracting(call -> ModelOptions.ofJson(call.options()))
        .containsExactly(RELIEF);
    database()
        .run(heart -> heart.results().apply(new Failed(claim, FailureCode.PROVIDER_REFUSED, "no")));
    database().run(heart -> heart.service().retryModel("dev", task.id(), RELIEF.withNewSeed()));
    ModelOptions other = find(task.id()).modelOptions();
    assertThat(other.seed()).isPresent().isNotEqualTo(RELIEF.seed());
    assertThat(other.form()).isEqualTo(RELIEF.form());
  }

  private List<String> providersOfWaiting() throws Exception {
    return database().call(heart -> heart.claims().providersOfWaiting());
  }

  private List<ModelClaim> claimFor(int max, ModelTarget... targets) throws Exception {
    return database().call(heart -> heart.claims().claimForSubmission(max, List.of(targets)));
  }

  private UUID choose(ModelOptions options) throws Exception {
    UUID id = UUID.randomUUID();
    database()
        .run(
            heart -> {
              heart
                  .service()
                  .createFromPicture("dev", Quota.AS_SET, id, "toy", Tasks.file("own"), null);
            });
    database().run(heart -> heart.service().selectImage("dev", id, 0, options));
    return id;
  }

  @Test
  default void a_provider_gets_only_the_tasks_that_it_may_make() throws Exception {
    UUID any = choose(ModelOptions.NONE);
    UUID forOne = choose(RELIEF.at(List.of("one")));
    UUID forBoth = choose(RELIEF.at(List.of("one", "two")));
    assertThat(providersOfWaiting()).containsExactlyInAnyOrder("", "one", "one,two");
    assertThat(claimFor(8, new ModelTarget("three", 9, 8, List.of("three")))).isEmpty();
    List<ModelClaim> claims =
        claimFor(
            8,
            new ModelTarget("two", 9, 8, List.of("one,two", "")),
            new ModelTarget("one", 9, 8, List.of("one")));
    assertThat(claims)
        .extracting(TaskClaim::taskId, ModelClaim::provider)
        .containsExactlyInAnyOrder(tuple(any, "two"), tuple(forBoth, "two"), tuple(forOne, "one"));
    assertThat(providersOfWaiting()).isEmpty();
  }

  @Test
  default void all_targets_together_get_at_most_the_wanted_number_of_tasks() throws Exception {
    choose(ModelOptions.NONE);
    choose(RELIEF.at(List.of("one")));
    ModelTarget two = new ModelTarget("two", 9, 1, List.of(""));
    ModelTarget one = new ModelTarget("one", 9, 1, List.of("one"));
    assertThat(claimFor(1, two, one)).extracting(ModelClaim::provider).containsExactly("two");
    assertThat(claimFor(1, two, one)).extracting(ModelClaim::provider).containsExactly("one");
  }

  @Test
  default void a_poll_has_the_options_of_the_model() throws Exception {
    UUID id = choose(RELIEF.at(List.of("local")));
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    database()
        .run(
            heart ->
                heart
                    .results()
                    .apply(
                        new ModelSubmitted(
                            claim,
                            new AcceptedSubmission(heart.call(claim), "job-1", "request-1"),
                            Instant.EPOCH,
                            claim.startedAt())));
    List<TaskClaim> polls = database().call(heart -> heart.claims().claimForPolling(1));
    assertThat(polls)
        .singleElement()
        .satisfies(
            poll -> {
              assertThat(poll.taskId()).isEqualTo(id);
              assertThat(poll).isInstanceOf(PollClaim.class);
              assertThat(poll.modelOptions()).isEqualTo(RELIEF.at(List.of("local")));
            });
  }

  @Test
  default void a_task_may_have_fewer_pictures() throws Exception {
    ImageOptions two =
        new ImageOptions(
            Optional.of(2), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    Task task = createWith(two, null);
    ImageClaim claim = claimPictures("node-1", 1).get(0);
    assertThat(claim.missingImages()).containsExactly(0, 1);
    storePictures(claim, 2);
    assertThat(find(task.id()).status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(history(task.id())).extracting(TaskEvent::detail).contains("1/2", "2/2");
  }

  @Test
  default void a_task_that_chooses_the_first_picture_continues_with_its_model() throws Exception {
    ImageOptions first =
        new ImageOptions(
            Optional.of(2),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true);
    Task task = createWith(first, null);
    storePictures(claimPictures("node-1", 1).get(0), 2);
    Task queued = find(task.id());
    assertThat(queued.status()).isEqualTo(TaskStatus.MODEL_PENDING);
    assertThat(queued.selectedImageIndex()).isZero();
    assertThat(history(task.id()))
        .extracting(TaskEvent::to)
        .endsWith(TaskStatus.IMAGE_COMPLETED, TaskStatus.MODEL_PENDING);
    assertThat(claimSubmissions("node-1", 1))
        .singleElement()
        .satisfies(claim -> assertThat(claim.taskId()).isEqualTo(task.id()));
  }

  @Test
  default void another_choice_of_a_picture_replaces_the_options_of_the_model() throws Exception {
    Task task = withPicture(UUID.randomUUID(), "toy", Tasks.file("own"));
    database().run(heart -> heart.service().selectImage("dev", task.id(), 0, RELIEF));
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    database()
        .run(heart -> heart.results().apply(new Failed(claim, FailureCode.PROVIDER_REFUSED, "no")));
    database().run(heart -> heart.service().selectImage("dev", task.id(), 0));
    assertThat(find(task.id()).modelOptions()).isEqualTo(ModelOptions.NONE);
  }
}
