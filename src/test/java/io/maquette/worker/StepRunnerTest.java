package io.maquette.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.option.ImageOptions;
import io.maquette.option.ModelOptions;
import io.maquette.storage.FileStore;
import io.maquette.task.FileRef;
import io.maquette.task.StaleClaimException;
import io.maquette.task.TaskClaim;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskResult;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.queue.TaskResult.JobTimedOut;
import io.maquette.task.queue.TaskResult.ModelSubmitted;
import io.maquette.task.queue.TaskResults;
import io.maquette.task.submission.AcceptedSubmission;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StepRunnerTest {

  private static final TaskClaim.ClaimedTask TASK =
      new TaskClaim.ClaimedTask(UUID.randomUUID(), "dev", 1, 0, Instant.EPOCH, Optional.empty());
  private static final FileRef FILE = new FileRef("a/b.png", "0", "image/png", 1);
  private static final ImageClaim IMAGES =
      new ImageClaim(TASK, "p", ImageOptions.NONE, List.of(1, 2, 3), Optional.empty(), false);
  private static final ModelClaim MODEL =
      new ModelClaim(TASK, "p", ModelOptions.NONE, FILE, "one", Optional.empty());
  private static final TaskClaim.Job JOB = new TaskClaim.Job("one", "job");

  private final List<String> done = new ArrayList<>();
  private boolean isStale;

  private final ImageStep images =
      new ImageStep() {
        @Override
        ImageStored generate(ImageClaim claim) {
          return new ImageStored(
              claim,
              new AcceptedSubmission(claim.missingImages().get(0), null, null),
              claim.newImage("v", null, FILE),
              Optional.empty());
        }
      };

  private final ModelSteps models =
      new ModelSteps() {
        @Override
        TaskResult submit(ModelClaim claim) {
          return new ModelSubmitted(
              claim, new AcceptedSubmission(9, "job", null), Instant.EPOCH, Instant.EPOCH);
        }

        @Override
        TaskResult poll(PollClaim claim) {
          return new JobTimedOut(claim, "not done");
        }

        @Override
        void cancel(TaskClaim.Job job) {
          done.add("cancel " + job.id());
        }
      };

  private final TaskResults results =
      new TaskResults() {
        @Override
        public Optional<ImageClaim> apply(TaskResult result) throws StaleClaimException {
          if (isStale) {
            throw new StaleClaimException(result.claim());
          }
          done.add("apply " + result.getClass().getSimpleName());
          return result instanceof ImageStored stored && !stored.image().isLast()
              ? Optional.of(stored.claim().afterPicture(Optional.empty()))
              : Optional.empty();
        }
      };

  private final Submissions submissions =
      new Submissions() {
        @Override
        void recordLate(AcceptedSubmission accepted) {
          done.add("late " + accepted.call());
        }
      };

  private final FileStore store =
      (FileStore)
          Proxy.newProxyInstance(
              FileStore.class.getClassLoader(),
              new Class<?>[] {FileStore.class},
              (proxy, method, arguments) -> {
                done.add(method.getName() + " " + arguments[0]);
                return null;
              });

  private final StepRunner steps =
      new StepRunner(images, null, models, null, results, submissions, null, null, store);

  @Test
  void a_claim_continues_until_its_last_picture_is_stored() throws Exception {
    steps.work(IMAGES);
    assertThat(done).containsExactly("apply ImageStored", "apply ImageStored", "apply ImageStored");
  }

  @Test
  void a_refused_picture_is_recorded_as_late_and_deleted() {
    isStale = true;
    assertThatThrownBy(() -> steps.work(IMAGES)).isInstanceOf(StaleClaimException.class);
    assertThat(done).containsExactly("late 1", "delete a/b.png");
  }

  @Test
  void a_refused_provider_job_is_recorded_as_late_and_cancelled() {
    isStale = true;
    assertThatThrownBy(() -> steps.work(MODEL)).isInstanceOf(StaleClaimException.class);
    assertThat(done).containsExactly("late 9", "cancel job");
  }

  @Test
  void only_an_applied_timeout_cancels_the_provider_job() throws Exception {
    PollClaim claim = new PollClaim(TASK, JOB, null, ModelOptions.NONE);
    steps.work(claim);
    assertThat(done).containsExactly("apply JobTimedOut", "cancel job");
    done.clear();
    isStale = true;
    assertThatThrownBy(() -> steps.work(claim)).isInstanceOf(StaleClaimException.class);
    assertThat(done).isEmpty();
  }
}
