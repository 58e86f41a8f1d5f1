package io.maquette.provider.comfyui;

import io.maquette.config.ProviderSetting;
import io.maquette.json.GuardedJson;
import io.maquette.provider.OperatorException;
import io.maquette.provider.Problem;
import io.maquette.provider.ProviderException;
import io.maquette.provider.http.ErrorAnswer;
import io.maquette.provider.http.ErrorBody;
import io.maquette.provider.http.HttpProblems;
import io.maquette.provider.http.ProviderWords;
import io.maquette.provider.http.SettingErrors;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;

/**
 * Mapper of ComfyUI's errors to problems. A refused workflow is HTTP 400 with {@code {error:
 * {message, details}, node_errors}}; the workflow is the operator's.
 */
final class ComfyUiProblems {

  private static final ProviderWords WORDS = new ProviderWords("");

  private static final SettingErrors SETTINGS =
      new SettingErrors(ProviderSetting.COMFYUI_URL, null);

  private ComfyUiProblems() {}

  /** Maps the refusal of a submission. */
  static ProviderException ofSubmission(ErrorAnswer answer) {
    return answer.status() == 400 && !answer.isHtml()
        ? OperatorException.misconfigured(
            ProviderSetting.COMFYUI_WORKFLOW.name(), describeRefusal(answer))
        : of(answer, HttpProblems.ofSubmission(answer.status()));
  }

  /** Maps the failure of a query or an upload. */
  static ProviderException ofQuestion(ErrorAnswer answer) {
    return of(answer, HttpProblems.ofQuestion(answer.status()));
  }

  /** Maps the failure of a cancellation; REFUSED if the server cannot cancel the job. */
  static ProviderException ofCancellation(ErrorAnswer answer) {
    return Set.of(400, 404, 405, 409).contains(answer.status())
        ? ProviderException.of(Problem.REFUSED, describe(answer))
        : ofQuestion(answer);
  }

  /** Maps the failure of a job: out of memory, a failing node, or an interruption. */
  static ProviderException ofJob(String words) {
    return ProviderException.of(Problem.UNAVAILABLE, WORDS.of("error", words));
  }

  private static ProviderException of(ErrorAnswer answer, Problem byStatus) {
    return SETTINGS
        .of(answer, describe(answer))
        .orElseGet(
            () ->
                ProviderException.of(
                    byStatus, describe(answer), answer.retryAfter().orElse(null), null));
  }

  private static String describe(ErrorAnswer answer) {
    return WORDS.of("HTTP " + answer.status(), ErrorBody.of(answer).words());
  }

  private static String describeRefusal(ErrorAnswer answer) {
    return WORDS.of(
        "HTTP " + answer.status(),
        firstNodeError(answer.body()).orElse(null),
        ErrorBody.of(answer).words());
  }

  /** Describes the first error of a node; empty if the body, which may be cut off, has none. */
  private static Optional<String> firstNodeError(String body) {
    JsonValue all;
    try {
      all = GuardedJson.value(body);
    } catch (JsonException e) {
      return Optional.empty();
    }
    if (all instanceof JsonObject object
        && object.get("node_errors") instanceof JsonObject nodes
        && !nodes.isEmpty()) {
      String id = nodes.keySet().iterator().next();
      if (nodes.get(id) instanceof JsonObject node
          && node.get("errors") instanceof JsonArray errors
          && !errors.isEmpty()
          && errors.get(0) instanceof JsonObject error) {
        return Optional.of(
            "node "
                + id
                + " ("
                + text(node, "class_type")
                + "): "
                + text(error, "message")
                + ": "
                + text(error, "details"));
      }
    }
    return Optional.empty();
  }

  private static String text(JsonObject of, String name) {
    return of.get(name) instanceof JsonString text ? text.getString() : "";
  }
}
