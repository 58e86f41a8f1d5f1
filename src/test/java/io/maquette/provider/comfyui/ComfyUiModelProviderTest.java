package io.maquette.provider.comfyui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.config.ProviderSetting;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.it.simulator.ComfyUiSimulator;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Received;
import io.maquette.it.simulator.Tetrahedron;
import io.maquette.option.ModelOptions;
import io.maquette.provider.Cancellation;
import io.maquette.provider.JobLostException;
import io.maquette.provider.JobState;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.ModelProviderContract;
import io.maquette.provider.ModelRequest;
import io.maquette.provider.NumberRange;
import io.maquette.provider.OddAnswersRun;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.Submission;
import io.maquette.storage.Downloads;
import io.maquette.storage.TestDownloads;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComfyUiModelProviderTest extends ModelProviderContract<ComfyUiSimulator> {

  private static final String WORKFLOW =
      """
      {"1": {"class_type": "LoadImage", "inputs": {"image": "{{picture}}"}},
       "2": {"class_type": "ImageToMesh",
             "inputs": {"image": ["1", 0], "seed": "{{seed}}", "faces": "{{faces:100-9000=500}}"}},
       "3": {"class_type": "SaveGLB", "inputs": {"mesh": ["2", 0], "filename_prefix": "mesh/m"}}}
      """;

  @TempDir private Path folder;

  @Override
  protected ComfyUiSimulator newSimulator() {
    return new ComfyUiSimulator();
  }

  @Override
  protected ModelProvider newProvider(Downloads files) {
    return newProvider(WORKFLOW, files);
  }

  private ModelProvider newProvider(String workflow, Downloads files) {
    return new ComfyUiModelProvider(
        client(ComfyUiClient.class),
        settings(Map.of("maquette.comfyui.workflow", write(workflow).toString())),
        files);
  }

  private ModelProvider providerWith(String workflow) {
    return newProvider(workflow, TestDownloads.from(simulator.host()));
  }

  private Path write(String workflow) {
    try {
      return Files.writeString(folder.resolve("workflow.json"), workflow);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Setting<?> subject() {
    return ProviderSetting.COMFYUI_URL;
  }

  private Settings settings(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("maquette.comfyui.url", simulator.url().toString());
    return Settings.read(name -> Optional.ofNullable(values.get(name)));
  }

  @Override
  protected boolean isSubmission(Received request) {
    return ComfyUiSimulator.isSubmission(request);
  }

  @Override
  protected boolean isQuestion(Received request) {
    return ComfyUiSimulator.isQueue(request);
  }

  /** Returns 2: the upload of the picture, and the submission. */
  @Override
  protected int requestsPerSubmission() {
    return 2;
  }

  @Override
  protected int acceptedSubmissions() {
    return simulator.accepted();
  }

  @Override
  protected Answer refused() {
    return Answer.json(413, "{}");
  }

  @Override
  protected Answer unavailable() {
    return Answer.json(500, "500 Internal Server Error");
  }

  @Override
  protected Answer retired() {
    return ComfyUiSimulator.error("missing_node_type", "Node 'X' not found", "");
  }

  @Override
  protected Optional<Answer> lost() {
    return Optional.of(Answer.json(200, "{\"queue_running\":[],\"queue_pending\":[]}"));
  }

  @Override
  protected Cancellation cancellationOfWaitingJob() {
    return Cancellation.STOPPED;
  }

  private JsonObject sent() {
    return simulator.received(this::isSubmission).get(0).json();
  }

  private JsonObject sentInputs() {
    return sent().getJsonObject("prompt").getJsonObject("2").getJsonObject("inputs");
  }

  @Test
  void the_named_inputs_get_their_values_and_the_job_the_key() throws Exception {
    Submission submission = provider.submit(REQUEST);
    assertThat(submission.jobId())
        .isEqualTo(REQUEST.key().toString())
        .isEqualTo(sent().getString("prompt_id"));
    assertThat(sentInputs().getInt("faces")).isEqualTo(500);
    assertThat(submission.requestId()).isEqualTo("seed " + sentInputs().getInt("seed"));
  }

  @Test
  void options_are_sent() throws Exception {
    ModelOptions options =
        new ModelOptions(
            Optional.of(4_000),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(7L),
            Optional.empty());
    provider.submit(new ModelRequest(REQUEST.picture(), REQUEST.prompt(), options));
    assertThat(sentInputs().getInt("faces")).isEqualTo(4_000);
    assertThat(sentInputs().getInt("seed")).isEqualTo(7);
  }

  @Test
  void the_options_are_those_with_a_named_input() {
    assertThat(provider.capabilities().mesh().faces()).contains(new NumberRange(100, 9_000));
    assertThat(provider.capabilities().seed()).isPresent();
    ModelProvider plain =
        providerWith("{\"1\":{\"class_type\":\"X\",\"inputs\":{\"image\":\"{{picture}}\"}}}");
    assertThat(plain.capabilities().mesh().faces()).isEmpty();
    assertThat(plain.capabilities().seed()).isEmpty();
  }

  @Test
  void a_submission_with_an_unknown_outcome_is_found_by_its_key() throws Exception {
    assertThat(provider.find(REQUEST)).isEmpty();
    simulator.next(this::isSubmission, Simulator.acceptThenDrop());
    assertThat(failure(() -> provider.submit(REQUEST)).problem())
        .isEqualTo(Problem.OUTCOME_UNKNOWN);
    String id = provider.find(REQUEST).orElseThrow().jobId();
    assertThat(end(id).phase()).isEqualTo(JobState.Phase.DONE);
    assertThat(provider.find(REQUEST)).as("after its end").isPresent();
    assertThat(provider.find(REQUEST.withKey(UUID.randomUUID()))).isEmpty();
    assertThat(acceptedSubmissions()).isEqualTo(1);
  }

  @Test
  void a_lookup_that_fails_finds_nothing_out() {
    simulator.always(request -> true, Simulator.instead(Answer.json(503, "{}")));
    assertThat(failure(() -> provider.find(REQUEST)).problem()).isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void a_failed_upload_submits_nothing() {
    for (Answer answer : new Answer[] {Answer.json(500, "{}"), Answer.json(200, "{}")}) {
      simulator.next(ComfyUiSimulator::isUpload, Simulator.instead(answer));
      assertThat(failure(() -> provider.submit(REQUEST)).problem()).isEqualTo(Problem.UNAVAILABLE);
    }
    assertThat(simulator.received(this::isSubmission)).isEmpty();
  }

  @Test
  void a_refused_workflow_is_the_operators_and_names_the_node() {
    ModelProvider other = providerWith(WORKFLOW.replace("ImageToMesh", "Hunyuan3Dv2"));
    ProviderException failure = failure(() -> other.submit(REQUEST));
    assertThat(failure.problem()).isEqualTo(Problem.MISCONFIGURED);
    assertThat(failure)
        .hasMessageStartingWith(
            "check maquette.comfyui.workflow: HTTP 400, node 2 (Hunyuan3Dv2): Node type not found");
  }

  @Test
  void a_failing_node_is_tried_again() throws Exception {
    simulator.failNext("Allocation on device");
    JobState state = end(provider.submit(REQUEST).jobId());
    assertThat(state.problem().problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(state.problem())
        .hasMessage("error, node 2 (ImageToMesh): torch.OutOfMemoryError: Allocation on device");
  }

  @Test
  void a_workflow_that_saves_no_model_is_the_operators() throws Exception {
    simulator.saveNothing();
    JobState state = end(provider.submit(REQUEST).jobId());
    assertThat(state.problem().problem()).isEqualTo(Problem.MISCONFIGURED);
    assertThat(state.problem()).hasMessageContaining("maquette.comfyui.workflow");
  }

  @Test
  void a_cancelled_job_has_failed() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    assertThat(provider.cancel(jobId)).isEqualTo(Cancellation.STOPPED);
    assertThat(provider.query(jobId).problem()).hasMessageContaining("interrupted");
  }

  @Test
  void an_older_server_cannot_stop_a_job() throws Exception {
    simulator.cannotCancel();
    assertThat(provider.cancel(provider.submit(REQUEST).jobId()))
        .isEqualTo(Cancellation.CANNOT_STOP);
  }

  @Test
  void a_job_is_lost_after_a_restart() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    simulator.forgetJobs();
    assertThat(failure(() -> provider.query(jobId))).isInstanceOf(JobLostException.class);
  }

  /** The contract tries odd answers of the queue. */
  @Test
  @Tag("slow")
  void odd_answers_of_the_history_do_no_harm() throws Exception {
    String jobId = provider.submit(REQUEST).jobId();
    end(jobId);
    new OddAnswersRun(
            "comfyui history",
            simulator,
            ComfyUiSimulator::isHistory,
            this::isSubmission,
            this::acceptedSubmissions)
        .of(
            isPatient -> {
              JobState state = provider.query(jobId);
              if (state.phase() == JobState.Phase.DONE) {
                try (InputStream file = state.result().open()) {
                  assertThat(file.readAllBytes()).isEqualTo(Tetrahedron.glb());
                } catch (IOException e) {
                  throw new ProviderException(Problem.UNAVAILABLE, e.getMessage(), e);
                }
              } else {
                throw new ProviderException(Problem.UNAVAILABLE, "not done but " + state.phase());
              }
            });
  }

  @Test
  void an_unusable_workflow_is_reported_at_the_start() {
    provider.check();
    assertThatThrownBy(() -> new ComfyUiModelProvider(null, settings(Map.of()), null).check())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "maquette.comfyui.workflow is not set, but maquette.provider.model names comfyui");
    assertThatThrownBy(() -> providerWith("[]").check())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("maquette\\.comfyui\\.workflow=.*workflow\\.json is unusable: .*");
  }
}
