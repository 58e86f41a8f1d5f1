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
 * Reader of facts about a GLB file, from its header and its JSON chunk only (glTF 2.0
 * specification, section 4.4 "Binary glTF Layout").
 */
public final class ModelFactsReader {

  private static final int MAGIC = 0x46546C67; // "glTF"
  private static final int JSON_CHUNK = 0x4E4F534A; // "JSON"
  private static final int HEADER = 20;

  /** Maximum size of the JSON chunk, in bytes; data URIs make it large. */
  private static final int MAX_JSON = 64 << 20;

  private static final int TRIANGLES = 4;
  private static final int TRIANGLE_STRIP = 5;
  private static final int TRIANGLE_FAN = 6;

  private ModelFactsReader() {}

  /**
   * Reads a file's facts.
   *
   * @param glb read up to the end of its JSON chunk, not closed
   * @throws InvalidModelFileException if it is not a GLB file with triangles
   * @throws IOException if it cannot be read
   */
  public static Facts read(InputStream glb) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(glb.readNBytes(HEADER)).order(ByteOrder.LITTLE_ENDIAN);
    if (header.capacity() < HEADER || header.getInt(0) != MAGIC) {
      throw new InvalidModelFileException(
          InvalidModelFileException.Fault.NOT_GLB, "not a GLB file");
    }
    if (header.getInt(4) != 2) {
      throw new InvalidModelFileException(
          InvalidModelFileException.Fault.NOT_GLB, "GLB version " + header.getInt(4) + ", not 2");
    }
    long length = Integer.toUnsignedLong(header.getInt(8));
    long jsonLength = Integer.toUnsignedLong(header.getInt(12));
    if (header.getInt(16) != JSON_CHUNK || jsonLength > MAX_JSON || HEADER + jsonLength > length) {
      throw new InvalidModelFileException("GLB without a valid JSON chunk");
    }
    byte[] json = glb.readNBytes((int) jsonLength);
    if (json.length < jsonLength) {
      throw new InvalidModelFileException("GLB cut off in its JSON chunk");
    }
    try {
      return count(GuardedJson.object(new ByteArrayInputStream(json)));
    } catch (JsonException
        | ClassCastException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      throw new InvalidModelFileException("GLB whose JSON is not glTF", e);
    }
  }

  private static Facts count(JsonObject gltf) throws InvalidModelFileException {
    JsonArray accessors = gltf.getJsonArray("accessors");
    long faces = 0;
    long vertices = 0;
    for (JsonValue mesh : gltf.getJsonArray("meshes")) {
      for (JsonValue value : mesh.asJsonObject().getJsonArray("primitives")) {
        JsonObject primitive = value.asJsonObject();
        if (!primitive.getJsonObject("attributes").containsKey("POSITION")) {
          continue; // no face can be drawn from it
        }
        long positions =
            countOf(accessors, primitive.getJsonObject("attributes").getInt("POSITION"));
        long corners =
            primitive.containsKey("indices")
                ? countOf(accessors, primitive.getInt("indices"))
                : positions;
        vertices += positions;
        faces +=
            switch (primitive.getInt("mode", TRIANGLES)) {
              case TRIANGLES -> corners / 3;
              case TRIANGLE_STRIP, TRIANGLE_FAN -> Math.max(0, corners - 2);
              default -> 0; // points and lines have no faces
            };
      }
    }
    if (faces == 0) {
      throw new InvalidModelFileException(
          InvalidModelFileException.Fault.EMPTY, "GLB without a single face");
    }
    return new Facts(faces, vertices);
  }

  private static long countOf(JsonArray accessors, int index) throws InvalidModelFileException {
    long count = accessors.getJsonObject(index).getJsonNumber("count").longValue();
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new InvalidModelFileException("GLB with an accessor of " + count + " elements");
    }
    return count;
  }

  /**
   * Facts about a model from its file's own declarations.
   *
   * @param faceCount triangles over all its meshes
   * @param vertexCount positions over all its meshes
   */
  public record Facts(long faceCount, long vertexCount) {}
}
