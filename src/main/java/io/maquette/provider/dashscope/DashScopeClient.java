package io.maquette.provider.dashscope;

import io.maquette.provider.http.AnswerLimit;
import io.maquette.provider.http.CallLog;
import io.maquette.provider.http.ErrorAnswers;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;

/**
 * REST client of DashScope's text-to-image and task interfaces (help.aliyun.com, Model Studio: Wan
 * text-to-image V2 API reference, and Asynchronous task management API).
 */
@RegisterProvider(ErrorAnswers.class)
@RegisterProvider(AnswerLimit.class)
@RegisterProvider(CallLog.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface DashScopeClient {

  /** Request body: the picture to draw. */
  record Synthesis(String model, Input input, Parameters parameters) {}

  /**
   * Prompt of a request.
   *
   * @param negativePrompt what the picture must not contain; null omits the field
   */
  record Input(String prompt, @JsonbProperty("negative_prompt") String negativePrompt) {}

  /**
   * Parameters of a request.
   *
   * @param size width*height in pixels
   * @param n number of pictures, 1 to 4
   * @param seed random seed, 0 to 2147483647; null omits the field
   */
  record Parameters(String size, int n, Long seed) {}

  /**
   * Response about a task.
   *
   * @param code of an error; null if there is none
   */
  record TaskAnswer(
      @JsonbProperty("request_id") String requestId, Output output, String code, String message) {}

  /**
   * State of a task.
   *
   * @param taskStatus PENDING, RUNNING, SUSPENDED, SUCCEEDED (at least one picture exists), FAILED,
   *     CANCELED, or UNKNOWN
   * @param results one for each picture, after SUCCEEDED
   * @param code reason of FAILED
   */
  record Output(
      @JsonbProperty("task_id") String taskId,
      @JsonbProperty("task_status") String taskStatus,
      List<Result> results,
      String code,
      String message) {}

  /**
   * One picture, or the reason why it is missing; an address is valid for 24 hours.
   *
   * @param prompt the submitted prompt
   */
  record Result(
      @JsonbProperty("orig_prompt") String prompt, String url, String code, String message) {}

  /**
   * Page of the account's tasks of the last 24 hours.
   *
   * @param pages number of pages
   */
  record TaskPage(List<Listed> data, @JsonbProperty("total_page") int pages) {}

  /**
   * Task in the list.
   *
   * @param requestId that of its submission
   * @param createdAt milliseconds since 1970
   * @param status same values as in {@link Output}
   */
  record Listed(
      @JsonbProperty("task_id") String taskId,
      @JsonbProperty("request_id") String requestId,
      @JsonbProperty("gmt_create") long createdAt,
      String status) {}

  /**
   * Submits a task.
   *
   * @param async {@code enable}
   */
  @POST
  @Path("/api/v1/services/aigc/text2image/image-synthesis")
  TaskAnswer submit(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @HeaderParam("X-DashScope-Async") String async,
      Synthesis synthesis);

  /** Queries a task; the limit is 20 calls per second for the whole account. */
  @GET
  @Path("/api/v1/tasks/{task_id}")
  TaskAnswer task(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("task_id") String taskId);

  /**
   * Lists tasks of the account, including those submitted with other keys.
   *
   * @param page from 1
   */
  @GET
  @Path("/api/v1/tasks/")
  TaskPage tasks(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @QueryParam("model_name") String model,
      @QueryParam("page_no") int page,
      @QueryParam("page_size") int size);

  /** Cancels a task that is PENDING; for any other status the answer is an error. */
  @POST
  @Path("/api/v1/tasks/{task_id}/cancel")
  TaskAnswer cancel(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
      @PathParam("task_id") String taskId);
}
