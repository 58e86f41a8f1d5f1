package io.maquette.files.web;

import io.maquette.files.PrintFile;
import io.maquette.http.Messages;
import io.maquette.json.GuardedJson;
import io.maquette.task.web.TaskView;
import jakarta.json.JsonObject;
import java.util.Map;

/**
 * JSON view of a print file.
 *
 * @param options the options with all their values
 * @param progress 0 to 100
 * @param problem why the work failed; null without a failure
 * @param links addresses of the result's files and of its printability report; null until it is
 *     ready
 */
public record PrintFileView(
    String id,
    PrintFile.State state,
    int progress,
    JsonObject options,
    ProblemView problem,
    Map<String, String> links) {

  /** Reason of a failure, with a sentence in the language of the request. */
  public record ProblemView(String code, String text) {}

  /** Returns the path of a print file. */
  static String addressOf(PrintFile file) {
    return "/api/tasks/" + file.taskId() + "/print-files/" + file.id();
  }

  static PrintFileView of(PrintFile file) {
    PrintFile.Work work = file.work();
    return new PrintFileView(
        file.id(),
        work.state(),
        work.progress(),
        GuardedJson.object(file.options()),
        work.problem() == null
            ? null
            : new ProblemView(
                work.problem(), Messages.ofRequest().get("print-problem." + work.problem())),
        file.file() == null
            ? null
            : links(addressOf(file) + "/model", TaskView.versionOf(file.file())));
  }

  private static Map<String, String> links(String model, String version) {
    return Map.of(
        "glb", model + "?v=" + version,
        "stl", model + "?format=stl&v=" + version,
        "3mf", model + "?format=3mf&v=" + version,
        "printability", model + "/printability");
  }
}
