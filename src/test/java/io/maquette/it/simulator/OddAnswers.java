package io.maquette.it.simulator;

import com.sun.net.httpserver.HttpExchange;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Fault;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/**
 * Odd answers that providers, and what stands in front of them, have been seen to send. Each is
 * made of the usual answer, so that the request is taken (and paid for).
 */
public final class OddAnswers {

  /** In a run of letters longer than this, like base64, an answer is not cut at each of them. */
  private static final int LONG_TEXT = 48;

  private static final int LONG_STEP = 37;

  private static final int PIECE = 64;

  /**
   * An odd answer.
   *
   * @param isHarmless whether it says the same as the usual answer, so that it must be understood
   */
  public record Odd(String name, boolean isHarmless, Fault fault) {}

  private OddAnswers() {}

  /** All odd answers, of the kind of an answer that the simulator has sent. */
  public static List<Odd> of(Answer sample) {
    List<Odd> all = new ArrayList<>();
    all.addAll(harmless());
    all.addAll(otherValues(sample));
    all.addAll(otherTexts());
    all.addAll(cutOff(sample));
    return all;
  }

  /** Sends the usual answer with another content type; null for none. */
  public static Fault withContentType(String type) {
    return harmless("", answer -> withType(answer, type)).fault();
  }

  private static Odd harmless(String name, UnaryOperator<Answer> change) {
    return new Odd(name, true, (exchange, usual) -> send(exchange, change.apply(usual.answer())));
  }

  private static Odd broken(String name, UnaryOperator<Answer> change) {
    return new Odd(name, false, (exchange, usual) -> send(exchange, change.apply(usual.answer())));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    int length = answer.body().length;
    exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer.body());
    }
  }

  private static Answer withType(Answer answer, String type) {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.remove("Content-Type");
    if (type != null) {
      headers.put("Content-Type", type);
    }
    return new Answer(answer.status(), headers, answer.body());
  }

  private static Answer withBody(Answer answer, byte[] body) {
    return new Answer(answer.status(), answer.headers(), body);
  }

  private static Answer inCharset(Answer answer, String mark, Charset charset) {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    return withBody(answer, (mark + text).getBytes(charset));
  }

  private static byte[] packed(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
      packing.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The same object with more members in front. */
  private static Answer withMore(Answer answer, String members) {
    String text = new String(answer.body(), StandardCharsets.UTF_8).strip();
    return withBody(
        answer, ("{" + members + "," + text.substring(1)).getBytes(StandardCharsets.UTF_8));
  }

  private static List<Odd> harmless() {
    List<Odd> all = new ArrayList<>();
    for (String type :
        new String[] {
          "text/plain",
          "text/plain; charset=utf-8",
          "application/octet-stream",
          "text/json",
          "application/problem+json",
          "application/x-ndjson",
          "application/json;charset=\"UTF-8\"",
          null
        }) {
      all.add(harmless("content type " + type, answer -> withType(answer, type)));
    }
    all.add(harmless("byte order mark", a -> inCharset(a, "\uFEFF", StandardCharsets.UTF_8)));
    all.add(harmless("UTF-16 with a mark", a -> inCharset(a, "\uFEFF", StandardCharsets.UTF_16LE)));
    all.add(harmless("UTF-16 without", a -> inCharset(a, "", StandardCharsets.UTF_16BE)));
    all.add(harmless("gzip", a -> withBody(a, packed(a.body())).with("Content-Encoding", "gzip")));
    all.add(harmless("space around", a -> inCharset(a, " \r\n\t", StandardCharsets.UTF_8)));
    for (String more :
        new String[] {
          "\"odd\":1",
          "\"error\":\"\"",
          "\"error\":null",
          "\"error\":{}",
          "\"error\":{\"message\":\"\",\"code\":null}",
          "\"error\":{\"code\":0,\"message\":\"success\"}",
          "\"code\":\"\",\"message\":\"\"",
          "\"odd\":null",
          "\"odd\":[1,[2,{\"url\":\"x\",\"status\":[]}]]",
          "\"odd\":{\"url\":{\"id\":[]},\"data\":7}",
          "\"odd\":" + "[".repeat(90) + "]".repeat(90),
          "\"odd\":\"" + "x".repeat(200_000) + "\"",
          "\"warnings\":[],\"request\":{},\"\":\"\""
        }) {
      all.add(
          harmless(
              "more: " + more.substring(0, Math.min(20, more.length())),
              answer -> withMore(answer, more)));
    }
    all.add(
        new Odd(
            "chunked and slow",
            true,
            (exchange, usual) -> {
              Answer answer = usual.answer();
              answer.headers().forEach(exchange.getResponseHeaders()::set);
              exchange.sendResponseHeaders(answer.status(), 0);
              try (OutputStream out = exchange.getResponseBody()) {
                for (int at = 0; at < answer.body().length; at += PIECE) {
                  out.write(answer.body(), at, Math.min(PIECE, answer.body().length - at));
                  out.flush();
                }
              }
            }));
    return all;
  }

  /** Answers in which one value is missing or another one. */
  private static List<Odd> otherValues(Answer sample) {
    List<Odd> all = new ArrayList<>();
    JsonObject object = read(sample.body());
    List<String> pointers = new ArrayList<>();
    collect("", object, pointers);
    for (String pointer : pointers) {
      all.add(broken("no " + pointer, answer -> changed(answer, pointer, null)));
      for (String value :
          new String[] {
            "null",
            "\"\"",
            "\"odd\"",
            "7",
            "1e400",
            "true",
            "{}",
            "[]",
            "[null]",
            "[7]",
            "{\"message\":\"odd\"}"
          }) {
        JsonValue other = value(value);
        all.add(broken(pointer + " = " + value, answer -> changed(answer, pointer, other)));
      }
      all.add(
          broken(
              pointer + " in a list",
              answer ->
                  changed(
                      answer,
                      pointer,
                      Json.createArrayBuilder()
                          .add(Json.createPointer(pointer).getValue(read(answer.body())))
                          .build())));
    }
    return all;
  }

  private static void collect(String pointer, JsonValue value, List<String> pointers) {
    if (!pointer.isEmpty()) {
      pointers.add(pointer);
    }
    if (value instanceof JsonObject object) {
      object.forEach(
          (name, member) -> collect(pointer + "/" + Json.encodePointer(name), member, pointers));
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < Math.min(2, array.size()); i++) {
        collect(pointer + "/" + i, array.get(i), pointers);
      }
    }
  }

  private static Answer changed(Answer answer, String pointer, JsonValue value) {
    JsonObject object = read(answer.body());
    var place = Json.createPointer(pointer);
    JsonObject other =
        !place.containsValue(object)
            ? object
            : value == null ? place.remove(object) : place.replace(object, value);
    return withBody(answer, other.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject read(byte[] body) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
      return reader.readObject();
    }
  }

  private static JsonValue value(String text) {
    JsonObjectBuilder none = Json.createObjectBuilder();
    byte[] body = ("{\"v\":" + text + "}").getBytes(StandardCharsets.UTF_8);
    return none.addAll(Json.createObjectBuilder(read(body))).build().get("v");
  }

  /** Answers that say something else. */
  private static List<Odd> otherTexts() {
    List<Odd> all = new ArrayList<>();
    for (String text :
        List.of(
            "",
            " ",
            "null",
            "[]",
            "[{}]",
            "{}",
            "7",
            "\"odd\"",
            "odd",
            "{\"error\":\"odd\"}",
            "{\"error\":{\"message\":\"odd\"}}",
            "{\"error\":\"\"}",
            "{\"detail\":\"odd\"}",
            "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"odd\"}]}",
            "{\"code\":0,\"msg\":\"odd\"}",
            "{\"errors\":[\"odd\"]}",
            "<html><head><title>odd</title></head></html>",
            "data: {\"odd\":1}\n\ndata: [DONE]\n\n",
            "{\"timings\":[1,2",
            "{\"timings\":" + "[".repeat(50_000),
            "{\"timings\":" + "{\"a\":".repeat(50_000),
            "{\"timings\":[}",
            "{\"a\":1}{\"a\":1}",
            "\u0000\u0001\u0002",
            "\uFEFF",
            " ".repeat(2 << 20) + "{}")) {
      String shown = text.substring(0, Math.min(30, text.length()));
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      all.add(broken("text " + shown, answer -> withBody(answer, body)));
      for (int status : new int[] {400, 503}) {
        all.add(
            new Odd(
                status + " " + shown,
                false,
                (exchange, usual) ->
                    send(exchange, withBody(Answer.json(status, ""), body)))); // not taken
      }
    }
    for (int status :
        new int[] {
          201, 204, 301, 304, 308, 401, 402, 403, 408, 418, 451, 501, 502, 504, 520, 524, 599
        }) {
      all.add(
          broken("status " + status, answer -> new Answer(status, answer.headers(), new byte[0])));
    }
    all.add(
        broken("content type json", answer -> withType(answer, "json"))); // which is no media type
    all.add(broken("gzip that is none", answer -> answer.with("Content-Encoding", "gzip")));
    all.add(
        broken(
            "gzip that is cut off",
            answer -> {
              byte[] whole = packed(answer.body());
              return withBody(answer, Arrays.copyOf(whole, whole.length / 2));
            }));
    all.add(broken("gzip that grows", answer -> withBody(answer, packed(new byte[40 << 20]))));
    all.add(new Odd("connection closed", false, (exchange, usual) -> usual.answer()));
    return all;
  }

  /** Answers that are cut off at each byte: as a whole answer, or before the end that was said. */
  private static List<Odd> cutOff(Answer sample) {
    List<Odd> all = new ArrayList<>();
    int size = sample.body().length;
    int inText = 0;
    for (int at = 0; at < size; at++) {
      inText = isPlain(sample.body()[at]) ? inText + 1 : 0;
      if (inText > LONG_TEXT && inText % LONG_STEP != 0) {
        continue;
      }
      int length = at;
      all.add(
          broken(
              "cut off at " + length,
              answer ->
                  withBody(
                      answer,
                      Arrays.copyOf(answer.body(), Math.min(length, answer.body().length - 1)))));
      if (length % 7 == 0) {
        all.add(brokenOff("broken off at " + length, length, false));
        all.add(brokenOff("chunks broken off at " + length, length, true));
      }
    }
    return all;
  }

  /** Whether a byte is as any other one in a picture's base64. */
  private static boolean isPlain(byte one) {
    return Character.isLetterOrDigit(one) || one == '+' || one == '/';
  }

  private static Odd brokenOff(String name, int length, boolean isChunked) {
    return new Odd(
        name,
        false,
        (exchange, usual) -> {
          Answer answer = usual.answer();
          answer.headers().forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(answer.status(), isChunked ? 0 : answer.body().length);
          OutputStream out = exchange.getResponseBody();
          out.write(answer.body(), 0, Math.min(length, answer.body().length - 1));
          out.flush(); // and the connection is closed
        });
  }
}
