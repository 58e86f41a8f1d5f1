package io.maquette.json;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.lang.reflect.Type;

/** JSON-B instance that reads through a {@link JsonGuard} and writes without one. */
@SuppressWarnings("TypeParameterUnusedInFormals") // JSON-B defines the signatures
final class GuardedJsonb implements Jsonb {

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
