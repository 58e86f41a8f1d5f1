package io.maquette.json;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads JSON text from outside. No text makes a thread spin or overflow its stack: a text that is
 * cut off, or nested too deeply, is an error. The reason is at {@link JsonGuard}.
 *
 * <p>The size of a text is bounded by the caller.
 */
public final class GuardedJson {

  /** How deep objects and arrays may be nested. */
  public static final int MAX_DEPTH = 100;

  /** How many values an object or a value that is read as a whole may have; each takes memory. */
  static final int MAX_VALUES = 2_000_000;

  /** Kept: the API looks for an implementation in all JARs each time it is asked for one. */
  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(Map.of());
  private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());

  private GuardedJson() {}

  /**
   * Reads an object.
   *
   * @throws JsonException if the text does not begin with a JSON object; what follows it is ignored
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
   * Reads an object as above.
   *
   * @param declared the encoding that the sender names; it counts where the text itself does not
   *     show one; may be null
   */
  public static JsonObject object(InputStream text, Charset declared) {
    return object(JsonEncoding.reader(text, declared));
  }

  /**
   * The characters of a text, whose encoding is found as for JSON.
   *
   * @param declared as above
   */
  public static String decode(byte[] text, Charset declared) {
    StringWriter characters = new StringWriter();
    try (Reader reader = JsonEncoding.reader(new ByteArrayInputStream(text), declared)) {
      reader.transferTo(characters);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // bytes in memory can always be read
    }
    return characters.toString();
  }

  private static JsonObject object(Reader text) {
    if (value(text) instanceof JsonObject object) {
      return object;
    }
    throw new JsonException("the JSON text is no object");
  }

  /**
   * Reads a value of any kind.
   *
   * @throws JsonException if the text does not begin with a JSON value; what follows it is ignored
   */
  public static JsonValue value(String text) {
    return value(new StringReader(text));
  }

  private static JsonValue value(Reader text) {
    try (JsonReader reader = READERS.createReader(new JsonGuard(text, MAX_DEPTH, MAX_VALUES))) {
      return reader.readValue();
    } catch (IllegalStateException | NoSuchElementException e) { // for want of any text
      throw new JsonException("the text is no JSON", e);
    }
  }

  /**
   * A parser of a text. Its methods throw {@link JsonException}, {@link IllegalStateException} or
   * {@link NoSuchElementException} where the text is no JSON.
   *
   * @param maxDepth how deep objects and arrays may be nested; what is deeper is a {@link
   *     JsonException} with a {@link NestedTooDeeplyException} as its cause
   */
  public static JsonParser parser(String text, int maxDepth) {
    return PARSERS.createParser(new JsonGuard(new StringReader(text), maxDepth, Long.MAX_VALUE));
  }

  /** JSON-B whose reading methods are guarded. */
  public static Jsonb jsonb(JsonbConfig config) {
    return new GuardedJsonb(JsonbBuilder.create(config));
  }

  /** Guards a text for {@link Jsonb}. */
  static Reader guard(Reader text) {
    return new JsonGuard(text, MAX_DEPTH, Long.MAX_VALUE);
  }
}
