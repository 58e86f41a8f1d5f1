package io.maquette.it.simulator;

import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One address for many simulators of Tencent's, each of which has the jobs of one picture: what
 * goes wrong with one job leaves the others alone, so that all can be made at the same time.
 */
public final class TencentSwitchboard extends Simulator {

  private final Map<String, TencentSimulator> lines = new ConcurrentHashMap<>();

  /** The simulator that has the jobs of this picture, from now on. */
  public TencentSimulator lineFor(byte[] picture) {
    return lines.computeIfAbsent(
        Base64.getEncoder().encodeToString(picture), added -> new TencentSimulator(host()));
  }

  @Override
  protected Simulator responsibleFor(Received request) {
    JsonObject body = request.json();
    TencentSimulator line =
        body.containsKey("JobId")
            ? lineThatIssued(body.getString("JobId"))
            : lines.get(body.getString("ImageBase64", ""));
    return line == null ? this : line;
  }

  private TencentSimulator lineThatIssued(String jobId) {
    return lines.values().stream().filter(line -> line.hasIssued(jobId)).findFirst().orElse(null);
  }

  @Override
  protected Answer answer(Received request) {
    throw new Refusal(404, "{\"message\":\"nobody has this picture or job\"}");
  }

  @Override
  public void close() {
    super.close();
    lines.values().forEach(Simulator::close);
  }
}
