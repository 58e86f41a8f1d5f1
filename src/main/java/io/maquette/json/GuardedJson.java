package io.maquette.json;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reader of JSON text from outside. No text makes a thread loop forever or overflow its stack. A
 * text that is cut off or nested too deeply is an error. {@link JsonGuard} explains the reason.
 *
 * <p>The caller bounds the size of a text.
 */
public final class GuardedJson {

  /** Maximum nesting depth of objects and arrays. */
  public static final int MAX_DEPTH = 100;

  /**
   * Maximum number of values in an object or a value that is read as a whole; each value takes
   * memory.
   */
  static final int MAX_VALUES = 2_000_000;

  /** Cached, because the API searches all JARs for an implementation on every lookup. */
  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(Map.of());
  private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());

  private GuardedJson() {}

  /**
   * Reads an object.
   *
   * @throws JsonException if the text does not begin with a JSON object; text after it is ignored
   */
  public static JsonObject object(String text) {
    return object(new StringReader(text));
  }

  /**
   * Reads an object in UTF-8, UTF-16 or UTF-32, with or without a byte order mark.
   *
   * @param text read to its end, not closed
   * @throws JsonException if it does not begin with a JSON object, or cannot be read; the cause is
   *     the {@link IOException} where there was one
   */
  public static JsonObject object(InputStream text) {
    return object(text, null);
  }

  /**
   * Reads an object like {@link #object(InputStream)}.
   *
   * @param declared encoding that the sender declares; used only if the text itself does not show
   *     its encoding; may be null
   */
  public static JsonObject object(InputStream text, Charset declared) {
    return object(JsonEncoding.reader(text, declared));
  }

  /**
   * Decodes a text; its encoding is detected as for JSON.
   *
   * @param declared encoding that the sender declares; may be null
   */
  public static String decode(byte[] text, Charset declared) {
    StringWriter characters = new StringWriter();
    try (Reader reader = JsonEncoding.reader(new ByteArrayInputStream(text), declared)) {
      reader.transferTo(characters);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // unreachable: a read from memory does not fail
    }
    return characters.toString();
  }

  private static JsonObject object(Reader text) {
    if (value(text) instanceof JsonObject object) {
      return object;
    }
    throw new JsonException("the JSON text is not an object");
  }

  /**
   * Reads a value of any kind.
   *
   * @throws JsonException if the text does not begin with a JSON value; text after it is ignored
   */
  public static JsonValue value(String text) {
    return value(new StringReader(text));
  }

  private static JsonValue value(Reader text) {
    try (JsonReader reader = READERS.createReader(new JsonGuard(text, MAX_DEPTH, MAX_VALUES))) {
      return reader.readValue();
    } catch (IllegalStateException | NoSuchElementException e) { // the text is empty
      throw new JsonException("the text is not JSON", e);
    }
  }

  /**
   * Creates a parser of a text. Its methods throw {@link JsonException}, {@link
   * IllegalStateException} or {@link NoSuchElementException} if the text is not JSON.
   *
   * @param maxDepth maximum nesting depth of objects and arrays; deeper nesting is a {@link
   *     JsonException} with a {@link InvalidJsonException.NestedTooDeeply} as its cause
   */
  public static JsonParser parser(String text, int maxDepth) {
    return PARSERS.createParser(new JsonGuard(new StringReader(text), maxDepth, Long.MAX_VALUE));
  }

  /** Creates a JSON-B instance whose reading methods are guarded. */
  public static Jsonb jsonb(JsonbConfig config) {
    return new GuardedJsonb(JsonbBuilder.create(config));
  }

  /** Guards a text for {@link Jsonb}. */
  static Reader guard(Reader text) {
    return new JsonGuard(text, MAX_DEPTH, Long.MAX_VALUE);
  }

  /** JSON-B instance that reads through a {@link JsonGuard} and writes without one. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // JSON-B defines the signatures
  private static final class GuardedJsonb implements Jsonb {

    private final Jsonb jsonb;

    GuardedJsonb(Jsonb jsonb) {
      this.jsonb = jsonb;
    }

    @Override
    public <T> T fromJson(String text, Class<T> type) {
      return fromJson(new StringReader(text), type);
    }

    @Override
    public <T> T fromJson(String text, Type type) {
      return fromJson(new StringReader(text), type);
    }

    @Override
    public <T> T fromJson(Reader text, Class<T> type) {
      return jsonb.fromJson(GuardedJson.guard(text), type);
    }

    @Override
    public <T> T fromJson(Reader text, Type type) {
      return jsonb.fromJson(GuardedJson.guard(text), type);
    }

    @Override
    public <T> T fromJson(InputStream text, Class<T> type) {
      return fromJson(JsonEncoding.reader(text, null), type);
    }

    @Override
    public <T> T fromJson(InputStream text, Type type) {
      return fromJson(JsonEncoding.reader(text, null), type);
    }

    @Override
    public String toJson(Object value) {
      return jsonb.toJson(value);
    }

    @Override
    public String toJson(Object value, Type type) {
      return jsonb.toJson(value, type);
    }

    @Override
    public void toJson(Object value, Writer to) {
      jsonb.toJson(value, to);
    }

    @Override
    public void toJson(Object value, Type type, Writer to) {
      jsonb.toJson(value, type, to);
    }

    @Override
    public void toJson(Object value, OutputStream to) {
      jsonb.toJson(value, to);
    }

    @Override
    public void toJson(Object value, Type type, OutputStream to) {
      jsonb.toJson(value, type, to);
    }

    @Override
    public void close() {
      try {
        jsonb.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        throw new JsonbException("JSON-B cannot be closed", e);
      }
    }
  }
}
