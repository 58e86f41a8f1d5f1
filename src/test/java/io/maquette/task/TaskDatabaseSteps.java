package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.cluster.LocalNode;
import io.maquette.task.TaskClaim.ImageClaim;
import io.maquette.task.TaskClaim.ModelClaim;
import io.maquette.task.TaskClaim.PollClaim;
import io.maquette.task.queue.TaskResult.ImageStored;
import io.maquette.task.queue.TaskResult.ModelSubmitted;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.ProviderCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Steps that the tests of the task services share. */
interface TaskDatabaseSteps {

  TaskDatabase database();

  default Task create(String prompt) throws Exception {
    return database().call(heart -> heart.service().create("dev", prompt, null));
  }

  default Task find(UUID id) throws Exception {
    return database().call(heart -> heart.queries().find("dev", id));
  }

  default List<TaskEvent> history(UUID id) throws Exception {
    return database().call(heart -> heart.queries().history("dev", id, 100, 0).items());
  }

  default List<ImageClaim> claimPictures(String node, int max) throws Exception {
    return database().call(node, heart -> heart.claims().claimForPictures(max, "local"));
  }

  default List<ModelClaim> claimSubmissions(String node, int max) throws Exception {
    return claimSubmissions(node, max, "local", 3);
  }

  default List<ModelClaim> claimSubmissions(String node, int max, String provider, int openJobs)
      throws Exception {
    return database()
        .call(node, heart -> heart.claims().claimForSubmission(max, provider, openJobs));
  }

  default List<String> discarded() throws Exception {
    return database().call(heart -> heart.discarded().oldest(10));
  }

  default ImageClaim claimPictures() throws Exception {
    List<ImageClaim> claims = claimPictures("node-1", 1);
    assertThat(claims).hasSize(1);
    return claims.get(0);
  }

  default void storePictures(ImageClaim first, int count) throws Exception {
    ImageClaim claim = first;
    for (int stored = 0; stored < count; stored++) {
      claim = storePicture(claim).orElse(null);
    }
  }

  default Optional<ImageClaim> storePicture(ImageClaim claim) throws Exception {
    return database()
        .call(
            heart ->
                heart
                    .results()
                    .apply(
                        new ImageStored(
                            claim,
                            new AcceptedSubmission(heart.call(claim), null, null),
                            claim.newImage(
                                "v",
                                null,
                                Tasks.file(claim.storeScope() + claim.missingImages().get(0))),
                            Optional.empty())));
  }

  default long reserved(TaskClaim claim) {
    return claim.reserved().orElseThrow().call();
  }

  default Task chosen(String prompt) throws Exception {
    Task task = create(prompt);
    storePictures(claimPictures(), 4);
    return database().call(heart -> heart.service().selectImage("dev", task.id(), 2));
  }

  default PollClaim submitted(Task task) throws Exception {
    ModelClaim claim = claimSubmissions("node-1", 1).get(0);
    assertThat(claim.taskId()).isEqualTo(task.id());
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
    return (PollClaim) database().call(heart -> heart.claims().claimForPolling(1)).get(0);
  }

  default Task withPicture(UUID id, String prompt, FileRef picture) throws Exception {
    return database()
        .call(
            heart ->
                heart.service().createFromPicture("dev", Quota.AS_SET, id, prompt, picture, "key"));
  }

  default Task chosenBy(String owner) throws Exception {
    Task task = database().call(heart -> heart.service().create(owner, "of " + owner, null));
    storePictures(claimPictures(), 4);
    return database().call(heart -> heart.service().selectImage(owner, task.id(), 0));
  }

  default List<ProviderCall> ledger(TaskClaim claim) throws Exception {
    return database().call(heart -> heart.ledger().of(claim.taskId()));
  }

  default int giveBack() throws Exception {
    return database().leases(new LocalNode("node-1", false)).giveBack();
  }
}
