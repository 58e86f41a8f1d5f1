package io.maquette.it.simulator;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/**
 * A Hunyuan3D server, as {@code api_server.py} of Hunyuan3D-2 and 2.1 behaves: it begins every job
 * at once, and says {@code processing} of whatever is not finished, be it unknown or failed.
 */
public final class HunyuanSimulator extends Simulator {

  private static final Set<String> FIELDS =
      Set.of(
          "image",
          "texture",
          "type",
          "seed",
          "octree_resolution",
          "num_inference_steps",
          "guidance_scale",
          "face_count");

  private static final class Job {
    private int polls;
    private boolean fails;
  }

  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile int pollsUntilDone = 3;
  private volatile int pollsWhileWritten;
  private volatile boolean failsNext;
  private volatile String error;
  private volatile byte[] model = Tetrahedron.glb();
  private volatile boolean paints;
  private volatile long maxOpen;
  private volatile boolean cannotPaint;

  /** How often a job is asked for until its file is there; 1 or more, 3 if not set. */
  public void pollsUntilDone(int polls) {
    pollsUntilDone = polls;
  }

  /** For how many polls after that the file is not there to its end. */
  public void pollsWhileWritten(int polls) {
    pollsWhileWritten = polls;
  }

  /** The next job to be submitted fails, which nobody is told. */
  public void failNext() {
    failsNext = true;
  }

  /** From now on all jobs are in error, in these words; null for none. */
  public void error(String words) {
    error = words;
  }

  /** From now on the file of every job is this one. */
  public void model(byte[] file) {
    model = file;
  }

  /** From now on it behaves as version 2.1, which tells of texturing and sends two models. */
  public void paints() {
    paints = true;
  }

  /** From now on it is one without texture support: it never finishes a job that asks for that. */
  public void cannotPaint() {
    cannotPaint = true;
  }

  /** Forgets all jobs, as version 2.1 does when it starts. */
  public void forget() {
    jobs.clear();
  }

  /** Submissions accepted so far. */
  public int acceptedSubmissions() {
    return accepted.get();
  }

  /** Jobs it works on. */
  public long openJobs() {
    return jobs.values().stream().filter(job -> !job.fails && job.polls < pollsUntilDone).count();
  }

  /** The most there ever were at once. */
  public long maxOpenJobs() {
    return maxOpen;
  }

  @Override
  protected synchronized Answer answer(Received request) {
    String path = request.uri().getPath();
    if (request.header("Authorization") != null) {
      throw refusal(400, "a key where there is none");
    }
    if (request.method().equals("POST") && path.equals("/send")) {
      return send(request);
    }
    if (request.method().equals("GET") && path.matches("/status/[^/]+")) {
      return status(path.substring("/status/".length()));
    }
    throw refusal(404, "Not Found");
  }

  private Answer send(Received request) {
    if (!String.valueOf(request.header("Content-Type")).startsWith("application/json")) {
      throw refusal(422, "the body is not declared as JSON");
    }
    JsonObject body = request.json();
    requireFields(body, Set.of("image"), FIELDS, "{\"detail\":\"%s\"}");
    requirePicture(body.getString("image"));
    boolean painted = body.getBoolean("texture", false);
    if (!(painted || cannotPaint) || !body.getString("type", "glb").equals("glb")) {
      throw refusal(422, "version 2.1 would never finish this");
    }
    String uid = UUID.randomUUID().toString();
    Job job = new Job();
    job.fails = failsNext || (painted && cannotPaint);
    failsNext = false;
    jobs.put(uid, job);
    accepted.incrementAndGet();
    maxOpen = Math.max(maxOpen, openJobs());
    return Answer.json(200, "{\"uid\":\"" + uid + "\"}");
  }

  private static void requirePicture(String image) {
    try {
      byte[] file = Base64.getDecoder().decode(image);
      if (ImageIO.read(new ByteArrayInputStream(file)) == null) {
        throw refusal(422, "image is no picture");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw refusal(422, "image is a broken picture");
    }
  }

  private Answer status(String uid) {
    Job job = jobs.get(uid);
    JsonObjectBuilder answer = Json.createObjectBuilder();
    if (error != null) {
      answer.add("status", "error").add("message", error);
    } else if (job == null || job.fails || ++job.polls < pollsUntilDone) {
      boolean painted = paints && job != null && !job.fails && job.polls > pollsUntilDone / 2;
      answer.add("status", painted ? "texturing" : "processing");
    } else {
      int written = job.polls - pollsUntilDone;
      byte[] file =
          written < pollsWhileWritten
              ? Arrays.copyOf(model, model.length * written / pollsWhileWritten)
              : model;
      answer.add("status", "completed");
      answer.add("model_base64", Base64.getEncoder().encodeToString(file));
      if (paints) {
        answer.add("initial_model_base64", Base64.getEncoder().encodeToString(new byte[99_999]));
      }
    }
    return Answer.json(200, answer.build().toString());
  }

  private static Refusal refusal(int status, String detail) {
    return new Refusal(status, Json.createObjectBuilder().add("detail", detail).build().toString());
  }
}
