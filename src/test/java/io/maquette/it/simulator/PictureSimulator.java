package io.maquette.it.simulator;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;

/** Common part of the simulators of picture providers: a key, a picture and its address. */
public abstract class PictureSimulator extends Simulator {

  /** The one key that is accepted. */
  public static final String KEY = "sk-simulated-0123456789";

  private final AtomicInteger accepted = new AtomicInteger();
  private volatile byte[] picture = image("png", 256);
  private volatile String label = "image/png";
  private volatile String address;
  private volatile IntFunction<byte[]> artist = number -> picture;

  /** A picture in a format of ImageIO's. */
  public static byte[] image(String format, int side) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Whether a request hands in a picture to be drawn, which is paid for. */
  public abstract boolean isSubmission(Received request);

  /** What it names a submission by, for its support. */
  public abstract String requestId();

  /** What the provider sends with an error code of its own, by its documentation. */
  protected abstract Answer refusal(String code);

  /** Refuses the next submission with an error code of the provider's. */
  public final void failNext(String code) {
    next(this::isSubmission, instead(refusal(code)));
  }

  /** Whether a request fetches a picture. */
  public static boolean isFile(Received request) {
    return request.uri().getPath().startsWith("/files/");
  }

  /** From now on pictures are this, under this media type. */
  public final void draw(String mediaType, byte[] content) {
    label = mediaType;
    picture = content;
  }

  /** From now on each picture is drawn by its number, 1 for the first that was taken in. */
  public final void drawBy(IntFunction<byte[]> drawing) {
    artist = drawing;
  }

  /** From now on pictures are said to lie there; null for here. */
  public final void sayTheyLieAt(String elsewhere) {
    address = elsewhere;
  }

  /** Pictures taken in, each of which would be paid for. */
  public final int accepted() {
    return accepted.get();
  }

  /** The picture as it is drawn now. */
  public final byte[] picture() {
    return picture;
  }

  /** Takes a picture in, and gives it a number. */
  protected final int accept() {
    return accepted.incrementAndGet();
  }

  /** Where a picture lies, with something in it that must not be logged. */
  protected final String addressOf(int number) {
    return address != null ? address : url() + "/files/" + number + ".png?Signature=secret";
  }

  /** The answer to a request for a picture. */
  protected final Answer file(Received request) {
    if (request.header("Authorization") != null) {
      throw new Refusal(400, "the key was sent to where files lie");
    }
    String number = request.uri().getPath().replaceAll("\\D", "");
    return Answer.file(label, artist.apply(number.isEmpty() ? 0 : Integer.parseInt(number)));
  }

  /**
   * Refuses what is no JSON POST.
   *
   * @param refusalBody in the provider's own form, %s for what is wrong
   */
  protected static JsonObject post(Received request, String refusalBody) {
    String type = String.valueOf(request.header("Content-Type"));
    if (!request.method().equals("POST") || !type.startsWith("application/json")) {
      throw new Refusal(400, refusalBody.replace("%s", request.method() + " of " + type));
    }
    return request.json();
  }

  /** Whether the key is the one accepted. */
  protected static boolean hasKey(Received request) {
    return ("Bearer " + KEY).equals(request.header("Authorization"));
  }

  /** Refuses a field that is not exactly this. */
  protected static void require(
      JsonObject body, String field, JsonValue wanted, String refusalBody) {
    if (!wanted.equals(body.get(field))) {
      throw new Refusal(400, refusalBody.replace("%s", field + " is " + body.get(field)));
    }
  }

  /** Refuses a field that is not some text. */
  protected static void requireText(JsonObject body, String field, String refusalBody) {
    if (body.getString(field, "").isBlank()) {
      throw new Refusal(400, refusalBody.replace("%s", field + " is " + body.get(field)));
    }
  }

  /** A JSON text. */
  protected static JsonValue text(String value) {
    return Json.createValue(value);
  }
}
