package io.maquette.mesh;

import io.maquette.json.GuardedJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * JSON chunk and binary chunk of a GLB file (glTF 2.0 specification, section 4.4).
 *
 * @param gltf the JSON chunk
 * @param binary the binary chunk, little-endian; empty if there is none
 */
record GlbFile(JsonObject gltf, ByteBuffer binary) {

  /** Maximum size of a file, in bytes. */
  static final int MAX_FILE = 300 << 20;

  private static final int MAGIC = 0x46546C67; // "glTF"
  private static final int JSON_CHUNK = 0x4E4F534A; // "JSON"
  private static final int BINARY_CHUNK = 0x004E4942; // "BIN"
  private static final int HEADER = 20;

  /** Maximum size of the JSON chunk, in bytes; data URIs make it large. */
  private static final int MAX_JSON = 64 << 20;

  /**
   * Reads a file.
   *
   * @param glb read to its end, not closed
   * @throws InvalidModelFileException if it is not GLB, too large or damaged
   */
  static GlbFile read(InputStream glb) throws IOException {
    byte[] file = glb.readNBytes(MAX_FILE + 1);
    if (file.length > MAX_FILE) {
      throw new InvalidModelFileException(
          InvalidModelFileException.Fault.TOO_LARGE,
          "larger than " + MAX_FILE + " bytes",
          MAX_FILE >> 20);
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < HEADER || bytes.getInt(0) != MAGIC || bytes.getInt(4) != 2) {
      throw new InvalidModelFileException(
          InvalidModelFileException.Fault.NOT_GLB, "not a GLB file of version 2");
    }
    int jsonLength = bytes.getInt(12);
    if (bytes.getInt(16) != JSON_CHUNK || jsonLength < 0 || jsonLength > file.length - HEADER) {
      throw new InvalidModelFileException("no sound JSON chunk");
    }
    if (jsonLength > MAX_JSON) {
      throw new InvalidModelFileException(
          InvalidModelFileException.Fault.TOO_LARGE,
          "JSON chunk of " + jsonLength + " bytes",
          MAX_JSON >> 20);
    }
    try {
      JsonObject gltf = GuardedJson.object(new ByteArrayInputStream(file, HEADER, jsonLength));
      return new GlbFile(gltf, binary(bytes, HEADER + jsonLength));
    } catch (JsonException e) {
      throw new InvalidModelFileException("JSON chunk that is not JSON", e);
    }
  }

  private static ByteBuffer binary(ByteBuffer file, int at) throws InvalidModelFileException {
    if (at + 8 > file.limit()) {
      return ByteBuffer.allocate(0);
    }
    int length = file.getInt(at);
    if (file.getInt(at + 4) != BINARY_CHUNK || length < 0 || length > file.limit() - at - 8) {
      throw new InvalidModelFileException("no valid binary chunk");
    }
    return file.slice(at + 8, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns an array of an object; an empty one if it is missing. */
  static JsonArray array(JsonObject of, String name) {
    return of.containsKey(name) ? of.getJsonArray(name) : JsonValue.EMPTY_JSON_ARRAY;
  }

  /** Returns an extension of an object; null if it is missing. */
  static JsonObject extension(JsonObject of, String name) {
    JsonObject extensions = of.getJsonObject("extensions");
    return extensions == null ? null : extensions.getJsonObject(name);
  }
}
