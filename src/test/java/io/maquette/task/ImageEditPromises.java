package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.task.TaskClaim.EditClaim;
import io.maquette.task.queue.TaskResult.Failed;
import io.maquette.task.queue.TaskResult.ImageEdited;
import io.maquette.task.submission.AcceptedSubmission;
import io.maquette.task.submission.ProviderCall;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests of changes to one picture. */
interface ImageEditPromises extends TaskDatabaseSteps {

  private Task changed(UUID id, int index, String instruction) throws Exception {
    return database().call(heart -> heart.service().editImage("dev", id, index, instruction));
  }

  private List<EditClaim> claimEdits(String node) throws Exception {
    return database().call(node, heart -> heart.claims().claimForEditing(5));
  }

  @Test
  default void the_edit_worker_edits_pictures() throws Exception {
    Task task = create("kitten");
    storePictures(claimPictures(), 4);
    changed(task.id(), 2, "make it blue");
    assertThat(claimPictures("node-1", 5)).as("it is not drawn").isEmpty();
    EditClaim claim = claimEdits("node-1").get(0);
    assertThat(claim.instruction()).isEqualTo("make it blue");
    FileRef old = find(task.id()).image(2).orElseThrow().file();
    assertThat(claim.picture().key()).isEqualTo(old.key());
    assertThat(claim.newImage()).isEqualTo(4);
    assertThat(claimEdits("node-2")).as("nobody else has it to do").isEmpty();
    database()
        .run(
            heart -> {
              AcceptedSubmission accepted =
                  new AcceptedSubmission(heart.call(claim), null, "request-1");
              heart.results().apply(new ImageEdited(claim, accepted, Tasks.file("blue")));
            });
    Task done = find(task.id());
    assertThat(done.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(done.image(4).orElseThrow().editOf()).isEqualTo(2);
    List<ProviderCall> calls = database().call(heart -> heart.ledger().of(task.id()));
    ProviderCall call = calls.get(calls.size() - 1);
    assertThat(call.imageIndex()).isEqualTo(4);
    assertThat(call.outcome()).isEqualTo(ProviderCall.Outcome.ACCEPTED);
    assertThat(history(task.id()))
        .filteredOn(event -> event.actor().equals("worker:edits"))
        .extracting(TaskEvent::type)
        .containsExactly(TaskEvent.Type.IMAGE_STORED, TaskEvent.Type.STATUS_CHANGED);
    database().run(heart -> heart.service().selectImage("dev", task.id(), 4));
    assertThat(claimSubmissions("node-1", 1).get(0).picture().key()).isEqualTo("blue");
  }

  @Test
  default void a_cancelled_or_reclaimed_edit_accepts_no_result() throws Exception {
    Task task = create("kitten");
    storePictures(claimPictures(), 4);
    changed(task.id(), 0, "make it blue");
    EditClaim claim = claimEdits("node-1").get(0);
    database().run(heart -> heart.service().cancel("dev", task.id()));
    assertThatThrownBy(
            () ->
                database()
                    .run(
                        heart ->
                            heart
                                .results()
                                .apply(
                                    new ImageEdited(
                                        claim,
                                        new AcceptedSubmission(1, null, null),
                                        Tasks.file("late")))))
        .isInstanceOf(StaleClaimException.class);
    assertThat(find(task.id()).images()).hasSize(4);
    assertThat(discarded()).contains(claim.storeScope() + "/");
    changed(task.id(), 0, "make it red");
    EditClaim second = claimEdits("node-1").get(0);
    database().sql("update task set due_at = current_timestamp");
    EditClaim taken = claimEdits("node-2").get(0);
    assertThat(taken.newImage()).isEqualTo(second.newImage());
    database()
        .run(heart -> heart.results().apply(new Failed(taken, FailureCode.PROVIDER_REFUSED, "no")));
    Task failed = find(task.id());
    assertThat(failed.status()).isEqualTo(TaskStatus.IMAGE_COMPLETED);
    assertThat(failed.edit().errorCode()).isEqualTo(FailureCode.PROVIDER_REFUSED);
    assertThat(claimEdits("node-1")).isEmpty();
  }
}
