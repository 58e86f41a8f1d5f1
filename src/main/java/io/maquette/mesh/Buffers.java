package io.maquette.mesh;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Buffers and buffer views of a GLB file (glTF 2.0 specification, sections 3.6.1 and 4.4). They are
 * in the binary chunk, in data URIs, or compressed with meshopt.
 */
final class Buffers {

  /** Maximum number of bytes of all compressed views of a file together, after decoding. */
  private static final long MAX_DECODED = 256L << 20;

  private static final String[] MESHOPT = {"EXT_meshopt_compression", "KHR_meshopt_compression"};

  private final JsonArray buffers;
  private final JsonArray views;
  private final ByteBuffer binary;
  private final Map<Integer, ByteBuffer> fromUris = new HashMap<>();
  private final Map<Integer, ByteBuffer> decoded = new HashMap<>();
  private long decodedBytes;

  /**
   * Creates the buffers of a file.
   *
   * @param binary the binary chunk; empty if there is none
   */
  Buffers(JsonObject gltf, ByteBuffer binary) {
    buffers = arrayOf(gltf, "buffers");
    views = arrayOf(gltf, "bufferViews");
    this.binary = binary;
  }

  private static JsonArray arrayOf(JsonObject gltf, String name) {
    return gltf.containsKey(name) ? gltf.getJsonArray(name) : JsonValue.EMPTY_JSON_ARRAY;
  }

  /**
   * Returns the decoded bytes of a buffer view, little-endian.
   *
   * @throws InvalidModelFileException if they are in another file or outside their buffer
   */
  ByteBuffer view(int index) throws InvalidModelFileException {
    ByteBuffer known = decoded.get(index);
    if (known != null) {
      return known;
    }
    JsonObject view = views.getJsonObject(index);
    JsonObject compression = compressionOf(view);
    if (compression == null) {
      return slice(view, "buffer view " + index);
    }
    ByteBuffer bytes = decode(compression, index);
    decoded.put(index, bytes);
    return bytes;
  }

  /** Returns the distance between two elements in a view; 0 if they are contiguous. */
  int stride(int index) {
    JsonObject view = views.getJsonObject(index);
    JsonObject compression = compressionOf(view);
    return compression == null
        ? view.getInt("byteStride", 0)
        : compression.getString("mode").equals("ATTRIBUTES") ? compression.getInt("byteStride") : 0;
  }

  private static JsonObject compressionOf(JsonObject view) {
    JsonObject extensions = view.getJsonObject("extensions");
    for (String name : MESHOPT) {
      if (extensions != null && extensions.containsKey(name)) {
        return extensions.getJsonObject(name);
      }
    }
    return null;
  }

  private ByteBuffer decode(JsonObject compression, int index) throws InvalidModelFileException {
    int count = compression.getInt("count");
    int stride = compression.getInt("byteStride");
    decodedBytes += (long) count * stride;
    if (count < 0 || stride <= 0) {
      throw new InvalidModelFileException("buffer view " + index + " has no size");
    }
    if (decodedBytes > MAX_DECODED) {
      throw new InvalidModelFileException(
          InvalidModelFileException.Fault.TOO_LARGE,
          "the decoded file is too large",
          MAX_DECODED >> 20);
    }
    ByteBuffer source = slice(compression, "compressed view " + index);
    byte[] bytes = new byte[source.remaining()];
    source.get(bytes);
    return MeshoptDecoder.decode(
        bytes,
        count,
        stride,
        compression.getString("mode"),
        compression.getString("filter", "NONE"));
  }

  private ByteBuffer slice(JsonObject part, String what) throws InvalidModelFileException {
    ByteBuffer buffer = buffer(part.getInt("buffer"));
    long start = part.getInt("byteOffset", 0);
    long length = part.getInt("byteLength");
    if (start < 0 || length < 0 || start + length > buffer.limit()) {
      throw new InvalidModelFileException(what + " is outside its buffer");
    }
    return buffer.slice((int) start, (int) length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer buffer(int index) throws InvalidModelFileException {
    JsonObject buffer = buffers.getJsonObject(index);
    if (!buffer.containsKey("uri")) {
      if (index != 0) {
        throw new InvalidModelFileException("buffer " + index + " has no data");
      }
      return binary;
    }
    ByteBuffer known = fromUris.get(index);
    if (known == null) {
      byte[] bytes =
          DataUri.read(buffer.getString("uri"))
              .orElseThrow(
                  () ->
                      new InvalidModelFileException(
                          InvalidModelFileException.Fault.EXTERNAL_DATA,
                          "buffer " + index + " is in another file"));
      known = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      fromUris.put(index, known);
    }
    return known;
  }
}
