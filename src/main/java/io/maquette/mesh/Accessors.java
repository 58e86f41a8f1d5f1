package io.maquette.mesh;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;

/**
 * Reader of numbers in a file's buffer views (glTF 2.0 specification, sections 3.6.2). It supports
 * every component type, and interleaved, normalized and sparse accessors. An accessor without a
 * view has zeros.
 */
final class Accessors {

  private static final int BYTE = 5120;
  private static final int UNSIGNED_BYTE = 5121;
  private static final int SHORT = 5122;
  private static final int UNSIGNED_SHORT = 5123;
  private static final int UNSIGNED_INT = 5125;
  private static final int FLOAT = 5126;

  private final JsonArray accessors;
  private final Buffers buffers;

  /** Creates the accessors of a file. */
  Accessors(JsonObject gltf, Buffers buffers) {
    accessors =
        gltf.containsKey("accessors") ? gltf.getJsonArray("accessors") : JsonValue.EMPTY_JSON_ARRAY;
    this.buffers = buffers;
  }

  /** Returns the number of elements. */
  int count(int index) throws InvalidModelFileException {
    int count = accessors.getJsonObject(index).getInt("count");
    if (count < 0) {
      throw new InvalidModelFileException("accessor " + index + " has " + count + " elements");
    }
    return count;
  }

  /** Returns whether an accessor has its own elements, not only compressed ones. */
  boolean hasView(int index) {
    return accessors.getJsonObject(index).containsKey("bufferView");
  }

  /** Returns the components per element. */
  int width(int index) throws InvalidModelFileException {
    return switch (accessors.getJsonObject(index).getString("type")) {
      case "SCALAR" -> 1;
      case "VEC2" -> 2;
      case "VEC3" -> 3;
      case "VEC4" -> 4;
      case "MAT4" -> 16;
      default ->
          throw new InvalidModelFileException("accessor " + index + " has an unexpected type");
    };
  }

  /**
   * Returns all components of all elements, normalized ones as 0 to 1 or -1 to 1.
   *
   * @param count required number of elements
   */
  float[] floats(int index, int width, int count) throws InvalidModelFileException {
    return floats(
        index, width, count, accessors.getJsonObject(index).getBoolean("normalized", false));
  }

  /** Returns the components of a colour; whole numbers are always normalized. */
  float[] colours(int index, int width, int count) throws InvalidModelFileException {
    return floats(index, width, count, true);
  }

  private float[] floats(int index, int width, int count, boolean isNormalized)
      throws InvalidModelFileException {
    check(index, width, count);
    JsonObject accessor = accessors.getJsonObject(index);
    int type = accessor.getInt("componentType");
    double unit = isNormalized ? greatest(type) : 1;
    float[] values = new float[count * width];
    if (accessor.containsKey("bufferView")) {
      Elements elements = elements(accessor, accessor.getInt("bufferView"), width, count, index);
      for (int element = 0; element < count; element++) {
        for (int i = 0; i < width; i++) {
          values[element * width + i] = elements.number(element, i, unit);
        }
      }
    }
    JsonObject sparse = accessor.getJsonObject("sparse");
    if (sparse != null) {
      int[] places = places(sparse, count, index);
      JsonObject replacing = sparse.getJsonObject("values");
      Elements elements =
          new Elements(
              buffers.view(replacing.getInt("bufferView")),
              replacing.getInt("byteOffset", 0),
              0,
              type,
              width,
              places.length,
              index);
      for (int i = 0; i < places.length; i++) {
        for (int component = 0; component < width; component++) {
          values[places[i] * width + component] = elements.number(i, component, unit);
        }
      }
    }
    return values;
  }

  /** Returns the elements of an accessor of whole numbers, {@code width} for each. */
  int[] ints(int index, int width, int count) throws InvalidModelFileException {
    check(index, width, count);
    JsonObject accessor = accessors.getJsonObject(index);
    int type = accessor.getInt("componentType");
    if (type == FLOAT) {
      throw new InvalidModelFileException("accessor " + index + " does not have whole numbers");
    }
    int[] values = new int[count * width];
    if (accessor.containsKey("bufferView")) {
      Elements elements = elements(accessor, accessor.getInt("bufferView"), width, count, index);
      for (int i = 0; i < values.length; i++) {
        values[i] = elements.whole(i / width, i % width);
      }
    }
    JsonObject sparse = accessor.getJsonObject("sparse");
    if (sparse != null) {
      int[] places = places(sparse, count, index);
      JsonObject replacing = sparse.getJsonObject("values");
      Elements elements =
          new Elements(
              buffers.view(replacing.getInt("bufferView")),
              replacing.getInt("byteOffset", 0),
              0,
              type,
              width,
              places.length,
              index);
      for (int i = 0; i < places.length * width; i++) {
        values[places[i / width] * width + i % width] = elements.whole(i / width, i % width);
      }
    }
    return values;
  }

  /** Returns the indices of the elements that a sparse accessor replaces. */
  private int[] places(JsonObject sparse, int count, int index) throws InvalidModelFileException {
    int replaced = sparse.getInt("count");
    if (replaced < 0 || replaced > count) {
      throw new InvalidModelFileException("accessor " + index + " replaces too many values");
    }
    JsonObject indices = sparse.getJsonObject("indices");
    Elements elements =
        new Elements(
            buffers.view(indices.getInt("bufferView")),
            indices.getInt("byteOffset", 0),
            0,
            indices.getInt("componentType"),
            1,
            replaced,
            index);
    int[] places = new int[replaced];
    for (int i = 0; i < replaced; i++) {
      places[i] = elements.whole(i, 0);
      if (places[i] < 0 || places[i] >= count) {
        throw new InvalidModelFileException(
            "accessor " + index + " replaces values that it does not have");
      }
    }
    return places;
  }

  private void check(int index, int width, int count) throws InvalidModelFileException {
    if (width(index) != width || count(index) != count) {
      throw new InvalidModelFileException(
          "accessor " + index + " has not " + count + " times " + width + " components");
    }
  }

  private Elements elements(JsonObject accessor, int view, int width, int count, int index)
      throws InvalidModelFileException {
    return new Elements(
        buffers.view(view),
        accessor.getInt("byteOffset", 0),
        buffers.stride(view),
        accessor.getInt("componentType"),
        width,
        count,
        index);
  }

  /** Elements in a view. */
  private static final class Elements {

    private final ByteBuffer bytes;
    private final int start;
    private final int stride;
    private final int type;
    private final int size;

    Elements(ByteBuffer bytes, int start, int stride, int type, int width, int count, int index)
        throws InvalidModelFileException {
      this.bytes = bytes;
      this.start = start;
      this.type = type;
      size = size(type);
      this.stride = stride == 0 ? width * size : stride;
      long within = count == 0 ? 0 : start + (count - 1L) * this.stride + (long) width * size;
      if (this.stride < width * size || start < 0 || within > bytes.limit()) {
        throw new InvalidModelFileException("accessor " + index + " is outside its view");
      }
    }

    float number(int element, int component, double unit) {
      int at = start + element * stride + component * size;
      if (type == FLOAT) {
        return bytes.getFloat(at);
      }
      double number = component(at) / unit;
      return (float) (unit == 1 ? number : Math.max(-1, number));
    }

    int whole(int element, int component) {
      return (int) component(start + element * stride + component * size);
    }

    private long component(int at) {
      return switch (type) {
        case BYTE -> bytes.get(at);
        case UNSIGNED_BYTE -> bytes.get(at) & 0xFF;
        case SHORT -> bytes.getShort(at);
        case UNSIGNED_SHORT -> bytes.getShort(at) & 0xFFFF;
        default -> bytes.getInt(at) & 0xFFFFFFFFL;
      };
    }
  }

  private static int size(int type) throws InvalidModelFileException {
    return switch (type) {
      case BYTE, UNSIGNED_BYTE -> 1;
      case SHORT, UNSIGNED_SHORT -> 2;
      case UNSIGNED_INT, FLOAT -> 4;
      default -> throw new InvalidModelFileException("component type " + type + " is unknown");
    };
  }

  private static double greatest(int type) {
    return switch (type) {
      case BYTE -> Byte.MAX_VALUE;
      case UNSIGNED_BYTE -> 255;
      case SHORT -> Short.MAX_VALUE;
      case UNSIGNED_SHORT -> 65_535;
      case UNSIGNED_INT -> 4_294_967_295.0;
      default -> 1;
    };
  }
}
