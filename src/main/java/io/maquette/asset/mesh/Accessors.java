package io.maquette.asset.mesh;

import io.maquette.asset.InvalidModelFileException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;

/** The numbers in a GLB's binary chunk (glTF 2.0 specification, sections 3.6.1 and 3.6.2). */
final class Accessors {

  private static final int BYTE = 5120;
  private static final int UNSIGNED_BYTE = 5121;
  private static final int SHORT = 5122;
  private static final int UNSIGNED_SHORT = 5123;
  private static final int UNSIGNED_INT = 5125;
  private static final int FLOAT = 5126;

  private final JsonArray accessors;
  private final JsonArray views;
  private final ByteBuffer binary;

  /**
   * Those of a file.
   *
   * @param binary its binary chunk, little-endian
   */
  Accessors(JsonObject gltf, ByteBuffer binary) {
    accessors = gltf.getJsonArray("accessors");
    views = gltf.getJsonArray("bufferViews");
    this.binary = binary;
  }

  int count(int index) {
    return accessors.getJsonObject(index).getInt("count");
  }

  /** Components per element. */
  int width(int index) throws InvalidModelFileException {
    return switch (accessors.getJsonObject(index).getString("type")) {
      case "SCALAR" -> 1;
      case "VEC2" -> 2;
      case "VEC3" -> 3;
      case "VEC4" -> 4;
      default -> throw new InvalidModelFileException("an accessor of a kind that no mesh has");
    };
  }

  /** All components of all elements, normalized ones as 0 to 1 or -1 to 1. */
  float[] floats(int index, int width) throws InvalidModelFileException {
    if (width(index) != width) {
      throw new InvalidModelFileException(
          "accessor " + index + " has not " + width + " components");
    }
    JsonObject accessor = accessors.getJsonObject(index);
    int type = accessor.getInt("componentType");
    double unit = accessor.getBoolean("normalized", false) ? greatest(type) : 1;
    Elements elements = elements(index, width);
    float[] values = new float[elements.count * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (component(elements.at(i / width, i % width), type) / unit);
    }
    return values;
  }

  /** The elements of an accessor of whole numbers. */
  int[] ints(int index) throws InvalidModelFileException {
    int type = accessors.getJsonObject(index).getInt("componentType");
    if (width(index) != 1 || type == FLOAT) {
      throw new InvalidModelFileException("accessor " + index + " has no indices");
    }
    Elements elements = elements(index, 1);
    int[] values = new int[elements.count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (int) component(elements.at(i, 0), type);
    }
    return values;
  }

  /** The bytes of a buffer view. */
  byte[] bytes(int viewIndex) throws InvalidModelFileException {
    JsonObject view = views.getJsonObject(viewIndex);
    long start = view.getInt("byteOffset", 0);
    long length = view.getInt("byteLength");
    if (start < 0 || length < 0 || start + length > binary.limit()) {
      throw new InvalidModelFileException("buffer view " + viewIndex + " is outside the file");
    }
    byte[] bytes = new byte[(int) length];
    binary.get((int) start, bytes);
    return bytes;
  }

  private record Elements(int start, int stride, int size, int count) {
    int at(int element, int component) {
      return start + element * stride + component * size;
    }
  }

  private Elements elements(int index, int width) throws InvalidModelFileException {
    JsonObject accessor = accessors.getJsonObject(index);
    if (accessor.containsKey("sparse") || !accessor.containsKey("bufferView")) {
      throw new InvalidModelFileException("sparse accessors cannot be converted");
    }
    JsonObject view = views.getJsonObject(accessor.getInt("bufferView"));
    int size = size(accessor.getInt("componentType"));
    int stride = view.getInt("byteStride", width * size);
    int count = accessor.getInt("count");
    long offset = accessor.getInt("byteOffset", 0);
    long within = count == 0 ? 0 : offset + (count - 1L) * stride + (long) width * size;
    long start = view.getInt("byteOffset", 0);
    if (view.getInt("buffer") != 0
        || count < 0
        || stride < width * size
        || offset < 0
        || start < 0
        || within > view.getInt("byteLength")
        || start + within > binary.limit()) {
      throw new InvalidModelFileException("accessor " + index + " is outside the file");
    }
    return new Elements((int) (start + offset), stride, size, count);
  }

  private double component(int at, int type) {
    return switch (type) {
      case BYTE -> binary.get(at);
      case UNSIGNED_BYTE -> binary.get(at) & 0xFF;
      case SHORT -> binary.getShort(at);
      case UNSIGNED_SHORT -> binary.getShort(at) & 0xFFFF;
      case UNSIGNED_INT -> binary.getInt(at) & 0xFFFFFFFFL;
      default -> binary.getFloat(at);
    };
  }

  private static int size(int type) throws InvalidModelFileException {
    return switch (type) {
      case BYTE, UNSIGNED_BYTE -> 1;
      case SHORT, UNSIGNED_SHORT -> 2;
      case UNSIGNED_INT, FLOAT -> 4;
      default -> throw new InvalidModelFileException("component type " + type + " is none");
    };
  }

  private static double greatest(int type) {
    return switch (type) {
      case BYTE -> Byte.MAX_VALUE;
      case UNSIGNED_BYTE -> 255;
      case SHORT -> Short.MAX_VALUE;
      case UNSIGNED_SHORT -> 65_535;
      default -> 1;
    };
  }
}
