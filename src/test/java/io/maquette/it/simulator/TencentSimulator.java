package io.maquette.it.simulator;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Tencent Hunyuan 3D, {@code ai3d} version 2025-05-13, as its documentation and SDK have it: errors
 * come with the HTTP status 200, jobs go from WAIT over RUN to DONE as they are asked for, and an
 * account may have few open at once.
 */
public final class TencentSimulator extends Simulator {

  /** Name of the one key it knows. */
  public static final String SECRET_ID = "AKIDsimulated0123456789";

  /** The one key it knows. */
  public static final String SECRET_KEY = "simulated/secret+key=0123456789";

  /** What a job of the tier {@link Tier#PRO} costs. */
  public static final String PRO_CREDITS = "20.5";

  /** The two services, with their documented limits and fields. */
  public enum Tier {
    RAPID(
        "Rapid",
        1,
        200,
        "OBJ|GLB|STL|USDZ|FBX|MP4",
        "Prompt|ImageBase64|ImageUrl|ResultFormat|EnablePBR|EnableGeometry"),
    PRO(
        "Pro",
        3,
        1024,
        "STL|USDZ|FBX",
        "Model|Prompt|ImageBase64|ImageUrl|MultiViewImages|EnablePBR|FaceCount|GenerateType"
            + "|PolygonType|ResultFormat");

    private final String word;
    private final int limit;
    private final int longestPrompt;
    private final String formats; // a regular expression
    private final String fields; // the same

    Tier(String word, int limit, int longestPrompt, String formats, String fields) {
      this.word = word;
      this.limit = limit;
      this.longestPrompt = longestPrompt;
      this.formats = formats;
      this.fields = fields;
    }

    private String submitAction() {
      return "SubmitHunyuanTo3D" + word + "Job";
    }

    private String queryAction() {
      return "QueryHunyuanTo3D" + word + "Job";
    }
  }

  private static final class Job {
    private final Tier tier;
    private final String format;
    private final String failure;
    private int asked;
    private boolean ended;
    private long endedAt;

    Job(Tier tier, String format, String failure) {
      this.tier = tier;
      this.format = format;
      this.failure = failure;
    }
  }

  private static final int LARGEST_PICTURE = 6 << 20;
  private static final byte[] ZIP = "PK\u0003\u0004 and an OBJ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] GLB = Tetrahedron.glb();
  private static final byte[] PREVIEW = Tetrahedron.png();

  /** No two simulators give the same. */
  private static final AtomicLong LAST_ID = new AtomicLong(1_357_237_233_311_637_504L);

  private final String calledAs;
  private final Tc3Verifier verifier = new Tc3Verifier(SECRET_ID, SECRET_KEY);
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<Tier, Integer> mostOpen = new EnumMap<>(Tier.class);
  private final Set<String> expired = new HashSet<>();
  private final Set<String> issued = new HashSet<>();
  private int lastAddress;
  private int accepted;
  private int pollsUntilDone = 2;
  private Duration lingering = Duration.ZERO;
  private Duration offset = Duration.ZERO;
  private boolean offline;
  private boolean nextAddressesExpired;
  private String nextCallError;
  private String nextJobFailure;

  /** One that is called where it listens. */
  public TencentSimulator() {
    calledAs = host();
  }

  /**
   * One that another one hands calls on to; files lie where it listens.
   *
   * @param calledAs the host that calls are for
   */
  TencentSimulator(String calledAs) {
    this.calledAs = calledAs;
  }

  /** How many queries a job answers with WAIT, and then RUN, before it is DONE; 2 at first. */
  public synchronized void pollsUntilDone(int polls) {
    pollsUntilDone = polls;
  }

  /** How long a job still counts as open after it was first told to be DONE; zero at first. */
  public synchronized void lingering(Duration time) {
    lingering = time;
  }

  /** How far its clock is ahead of ours. */
  public synchronized void clockAhead(Duration time) {
    offset = time;
  }

  /** Whether its actions are withdrawn. */
  public synchronized void offline(boolean withdrawn) {
    offline = withdrawn;
  }

  /** Answers the next call, if it is signed well, with this error. */
  public synchronized void failNext(String code) {
    nextCallError = code;
  }

  /** Lets the next accepted job fail with this code when it would be done. */
  public synchronized void failNextJob(String code) {
    nextJobFailure = code;
  }

  /** Lets the addresses of the next finished job's answer be refused; later answers have others. */
  public synchronized void expireNextAddresses() {
    nextAddressesExpired = true;
  }

  /** Forgets all jobs, as it does after 24 hours. */
  public synchronized void forgetJobs() {
    jobs.clear();
  }

  /** Whether it has ever given this id to a job. */
  synchronized boolean hasIssued(String jobId) {
    return issued.contains(jobId);
  }

  /** Submissions accepted so far. */
  public synchronized int accepted() {
    return accepted;
  }

  /** Jobs that count as open. */
  public synchronized int open(Tier tier) {
    long now = System.nanoTime();
    return (int)
        jobs.values().stream()
            .filter(job -> job.tier == tier)
            .filter(job -> !job.ended || now - job.endedAt < lingering.toNanos())
            .count();
  }

  /** The most jobs that were ever open at once. */
  public synchronized int mostOpen(Tier tier) {
    return mostOpen.getOrDefault(tier, 0);
  }

  /** The model it serves. */
  public static byte[] model() {
    return GLB.clone();
  }

  /** The picture of the model it serves. */
  public static byte[] previewPicture() {
    return PREVIEW.clone();
  }

  /** Whether a request hands in a job. */
  public static boolean isSubmission(Received request) {
    return String.valueOf(request.header("X-TC-Action")).startsWith("Submit");
  }

  /** Whether a request asks for a job. */
  public static boolean isQuery(Received request) {
    return String.valueOf(request.header("X-TC-Action")).startsWith("Query");
  }

  @Override
  protected synchronized Answer answer(Received request) {
    return request.uri().getPath().startsWith("/files/") ? file(request) : call(request);
  }

  private Answer file(Received request) {
    String path = request.uri().getPath();
    if (!request.method().equals("GET") || request.header("Authorization") != null) {
      throw new Refusal(400, "<Error><Code>InvalidRequest</Code></Error>");
    }
    if (expired.contains(path.replaceFirst("\\.[a-z]+$", ""))) {
      return Answer.json(403, "<Error><Code>AccessDenied</Code></Error>");
    }
    return switch (path.replaceFirst(".*\\.", "")) {
      case "glb" -> Answer.file("application/octet-stream", GLB);
      case "zip" -> Answer.file("application/zip", ZIP);
      case "png" -> Answer.file("image/png", PREVIEW);
      default -> Answer.json(404, "<Error><Code>NoSuchKey</Code></Error>");
    };
  }

  private Answer call(Received request) {
    if (!request.method().equals("POST") || !request.uri().toString().equals("/")) {
      throw new Refusal(404, "not found");
    }
    String type = String.valueOf(request.header("Content-Type"));
    if (!type.equals("application/json") && !type.equals("application/json; charset=utf-8")) {
      throw refusal("InvalidParameter", "Content-Type " + type);
    }
    if (!calledAs.equals(request.header("Host"))) {
      throw refusal("InvalidParameter", "Host " + request.header("Host"));
    }
    for (String name : new String[] {"X-TC-Action", "X-TC-Version", "X-TC-Region"}) {
      if (request.header(name) == null || request.header(name).isBlank()) {
        throw refusal("MissingParameter", name);
      }
    }
    String wrong = verifier.wrongWith(request, Instant.now().plus(offset));
    if (wrong != null) {
      throw refusal(wrong, "The provided credentials could not be validated.");
    }
    if (!request.header("X-TC-Version").equals("2025-05-13")) {
      throw refusal("NoSuchVersion", request.header("X-TC-Version"));
    }
    if (offline) {
      return error("ActionOffline", "This API has been deprecated.");
    }
    if (nextCallError != null) {
      String code = nextCallError;
      nextCallError = null;
      return error(code, "as asked for");
    }
    String action = request.header("X-TC-Action");
    for (Tier tier : Tier.values()) {
      if (action.equals(tier.submitAction())) {
        return submit(tier, request.json());
      }
      if (action.equals(tier.queryAction())) {
        return query(tier, request.json());
      }
    }
    throw refusal("InvalidAction", action);
  }

  private Answer submit(Tier tier, JsonObject body) {
    for (String name : body.keySet()) {
      if (!name.matches(tier.fields)) {
        throw refusal("UnknownParameter", name);
      }
    }
    long sources = Stream.of("Prompt", "ImageBase64", "ImageUrl").filter(body::containsKey).count();
    if (sources == 0) {
      throw refusal("MissingParameter", "Prompt, ImageBase64 or ImageUrl");
    }
    if (sources > 1) {
      throw refusal("InvalidParameter", "only one of Prompt, ImageBase64 and ImageUrl");
    }
    if (body.containsKey("Prompt")) {
      String prompt = text(body, "Prompt");
      if (prompt.isEmpty() || prompt.codePointCount(0, prompt.length()) > tier.longestPrompt) {
        throw refusal("InvalidParameterValue", "Prompt");
      }
    }
    if (body.containsKey("ImageBase64")) {
      requirePicture(text(body, "ImageBase64"));
    }
    String format = body.containsKey("ResultFormat") ? text(body, "ResultFormat") : null;
    if (format != null && !format.matches(tier.formats)) {
      throw refusal("InvalidParameterValue", "ResultFormat");
    }
    if (!isUnlimited() && open(tier) >= tier.limit) {
      return error(
          "RequestLimitExceeded.JobNumExceed", "at most " + tier.limit + " jobs at a time");
    }
    String id = Long.toString(LAST_ID.incrementAndGet());
    issued.add(id);
    jobs.put(id, new Job(tier, format, nextJobFailure));
    nextJobFailure = null;
    accepted++;
    mostOpen.merge(tier, open(tier), Math::max);
    return answer(Json.createObjectBuilder().add("JobId", id));
  }

  private static String text(JsonObject body, String name) {
    if (body.get(name) instanceof JsonString text) {
      return text.getString();
    }
    throw refusal("InvalidParameter", name + " must be a string");
  }

  private static void requirePicture(String base64) {
    try {
      byte[] content = Base64.getDecoder().decode(base64);
      if (content.length > LARGEST_PICTURE) {
        throw refusal("InvalidParameterValue", "the picture is larger than 6 MB");
      }
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(content));
      if (picture == null) {
        throw refusal("InvalidParameterValue", "ImageBase64 is no picture");
      }
      int shorter = Math.min(picture.getWidth(), picture.getHeight());
      int longer = Math.max(picture.getWidth(), picture.getHeight());
      if (shorter < 128 || longer > 5000) {
        throw refusal("InvalidParameterValue", "a side must have 128 to 5000 pixels");
      }
    } catch (IllegalArgumentException | IOException e) {
      throw refusal("InvalidParameterValue", "ImageBase64 cannot be read");
    }
  }

  private Answer query(Tier tier, JsonObject body) {
    if (!body.keySet().equals(Set.of("JobId"))) {
      throw refusal(body.containsKey("JobId") ? "UnknownParameter" : "MissingParameter", "JobId");
    }
    Job job = jobs.get(text(body, "JobId"));
    if (job == null || job.tier != tier) {
      return error("FailedOperation.JobNotExist", "the job does not exist");
    }
    job.asked++;
    if (job.asked <= pollsUntilDone) {
      return state(job.asked == 1 ? "WAIT" : "RUN", "", Json.createArrayBuilder());
    }
    if (!job.ended) {
      job.ended = true;
      job.endedAt = System.nanoTime();
    }
    return job.failure == null ? done(job) : state("FAIL", job.failure, Json.createArrayBuilder());
  }

  private Answer done(Job job) {
    String address = "/files/" + ++lastAddress;
    if (nextAddressesExpired) {
      nextAddressesExpired = false;
      expired.add(address);
    }
    JsonArrayBuilder files = Json.createArrayBuilder();
    if (job.tier == Tier.PRO && job.format == null) {
      files.add(file("OBJ", address, "zip")).add(file("GLB", address, "glb"));
    } else {
      String format = job.format == null ? "OBJ" : job.format;
      files.add(file(format, address, format.equals("GLB") ? "glb" : "zip"));
    }
    JsonObjectBuilder content = content("DONE", "", files);
    if (job.tier == Tier.PRO) {
      content.add("ResultCreditConsumed", new BigDecimal(PRO_CREDITS));
      content.add("ResultCreditDetails", "Generate-Normal:" + PRO_CREDITS);
    }
    return answer(content);
  }

  private JsonObjectBuilder file(String type, String address, String extension) {
    return Json.createObjectBuilder()
        .add("Type", type)
        .add("Url", url() + address + "." + extension + "?q-sign-algorithm=sha1&q-signature=abc")
        .add("PreviewImageUrl", url() + address + ".png?q-signature=abc");
  }

  private static Answer state(String status, String errorCode, JsonArrayBuilder files) {
    return answer(content(status, errorCode, files));
  }

  private static JsonObjectBuilder content(
      String status, String errorCode, JsonArrayBuilder files) {
    return Json.createObjectBuilder()
        .add("Status", status)
        .add("ErrorCode", errorCode)
        .add("ErrorMessage", errorCode.isEmpty() ? "" : "as asked for")
        .add("ResultFile3Ds", files);
  }

  private static Answer answer(JsonObjectBuilder content) {
    return Answer.json(200, response(content));
  }

  private static Answer error(String code, String message) {
    return Answer.json(200, errorBody(code, message));
  }

  /** What whoever asks has done wrong, and is complained of. */
  private static Refusal refusal(String code, String message) {
    return new Refusal(200, errorBody(code, message));
  }

  private static String errorBody(String code, String message) {
    return response(
        Json.createObjectBuilder()
            .add("Error", Json.createObjectBuilder().add("Code", code).add("Message", message)));
  }

  private static String response(JsonObjectBuilder content) {
    content.add("RequestId", UUID.randomUUID().toString());
    return Json.createObjectBuilder().add("Response", content).build().toString();
  }
}
