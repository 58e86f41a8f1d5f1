package io.maquette.mesh;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Decoder for the buffer views of {@code EXT_meshopt_compression} and {@code
 * KHR_meshopt_compression} (glTF extension specifications, appendices A and B). It supports the
 * codecs for attributes (bitstream versions 0 and 1), triangles and index sequences, and the
 * filters.
 */
final class MeshoptDecoder {

  private static final int ATTRIBUTES_HEADER = 0xA0;
  private static final int TRIANGLES_HEADER = 0xE1;
  private static final int INDICES_HEADER = 0xD1;

  private static final int GROUP = 16;
  private static final int MAX_BLOCK_BYTES = 8_192;
  private static final int MAX_BLOCK_ELEMENTS = 256;

  /** Bits per delta by group mode: bitstream 0, then the two tables of bitstream 1. */
  private static final int[][] BITS = {{0, 2, 4, 8}, {0, 1, 2, 4}, {1, 2, 4, 8}};

  private static final int ZERO_CHANNEL = 2;
  private static final int LITERAL_CHANNEL = 3;

  private final byte[] source;
  private int at;

  private MeshoptDecoder(byte[] source) {
    this.source = source;
  }

  /**
   * Decodes a buffer view.
   *
   * @param source the compressed bytes
   * @param count elements
   * @param stride bytes per element; the caller bounds {@code count * stride}
   * @param mode {@code ATTRIBUTES}, {@code TRIANGLES} or {@code INDICES}
   * @param filter {@code NONE}, {@code OCTAHEDRAL}, {@code QUATERNION}, {@code EXPONENTIAL} or
   *     {@code COLOR}
   * @return {@code count * stride} bytes, little-endian
   * @throws InvalidModelFileException if the data breaks the specification
   */
  static ByteBuffer decode(byte[] source, int count, int stride, String mode, String filter)
      throws InvalidModelFileException {
    try {
      MeshoptDecoder decoder = new MeshoptDecoder(source);
      ByteBuffer decoded =
          switch (mode) {
            case "ATTRIBUTES" -> ByteBuffer.wrap(decoder.attributes(count, stride));
            case "TRIANGLES" -> decoder.triangles(count, stride);
            case "INDICES" -> decoder.indices(count, stride);
            default -> throw damaged("mode " + mode);
          };
      decoded.order(ByteOrder.LITTLE_ENDIAN);
      filter(decoded, count, stride, filter);
      return decoded;
    } catch (IndexOutOfBoundsException e) {
      throw new InvalidModelFileException("compressed data ends too early", e);
    }
  }

  private static InvalidModelFileException damaged(String what) {
    return new InvalidModelFileException("meshopt compression: " + what);
  }

  private int next() {
    return source[at++] & 0xFF;
  }

  // ---- attributes

  private byte[] attributes(int count, int stride) throws InvalidModelFileException {
    if (stride < 4 || stride > 256 || stride % 4 != 0) {
      throw damaged("stride " + stride);
    }
    int header = next();
    int version = header & 0x0F;
    if ((header & 0xF0) != ATTRIBUTES_HEADER || version > 1) {
      throw damaged("header " + header);
    }
    int tail = version == 0 ? stride : stride + stride / 4;
    int paddedTail = Math.max(tail, version == 0 ? 32 : 24);
    if (source.length < 1 + paddedTail) {
      throw damaged("no tail");
    }
    byte[] previous = new byte[stride];
    System.arraycopy(source, source.length - tail, previous, 0, stride);
    byte[] decoded = new byte[count * stride];
    int blockElements = Math.min(MAX_BLOCK_BYTES / stride & -GROUP, MAX_BLOCK_ELEMENTS);
    byte[][] planes = new byte[4][MAX_BLOCK_ELEMENTS];
    for (int first = 0; first < count; first += blockElements) {
      int elements = Math.min(blockElements, count - first);
      int control = at; // bitstream 1 begins with two bits for each byte of an element
      at += version == 0 ? 0 : stride / 4;
      for (int channel = 0; channel < stride; channel += 4) {
        for (int k = 0; k < 4; k++) {
          int kind = version == 0 ? 0 : (source[control + channel / 4] >> (2 * k)) & 3;
          plane(planes[k], elements, version, kind);
        }
        int how = version == 0 ? 0 : source[source.length - stride / 4 + channel / 4] & 0xFF;
        addDeltas(
            planes, elements, how, decoded, first * stride + channel, stride, previous, channel);
      }
      System.arraycopy(decoded, (first + elements - 1) * stride, previous, 0, stride);
    }
    if (at != source.length - paddedTail) {
      throw damaged("length");
    }
    return decoded;
  }

  /** Reads one byte of every element of a block, as deltas. */
  private void plane(byte[] plane, int elements, int version, int kind) {
    if (kind == LITERAL_CHANNEL) {
      System.arraycopy(source, at, plane, 0, elements);
      at += elements;
      return;
    }
    if (kind == ZERO_CHANNEL) {
      Arrays.fill(plane, (byte) 0);
      return;
    }
    int[] bits = BITS[version == 0 ? 0 : 1 + kind];
    int groups = (elements + GROUP - 1) / GROUP;
    int header = at;
    at += (groups + 3) / 4;
    for (int group = 0; group < groups; group++) {
      group(plane, group * GROUP, bits[(source[header + group / 4] >> (2 * (group % 4))) & 3]);
    }
  }

  private void group(byte[] plane, int to, int bits) {
    if (bits == 0) {
      Arrays.fill(plane, to, to + GROUP, (byte) 0);
    } else if (bits == 8) {
      System.arraycopy(source, at, plane, to, GROUP);
      at += GROUP;
    } else {
      int packed = at;
      int sentinel = (1 << bits) - 1;
      at += 2 * bits; // 16 elements
      for (int i = 0; i < GROUP; i++) {
        int bit = i * bits;
        int shift = bits == 1 ? bit % 8 : 8 - bits - bit % 8;
        int delta = (source[packed + bit / 8] >> shift) & sentinel;
        plane[to + i] = delta == sentinel ? source[at++] : (byte) delta;
      }
    }
  }

  /** Adds the deltas of four bytes of every element to the element before. */
  private static void addDeltas(
      byte[][] planes,
      int elements,
      int how,
      byte[] decoded,
      int offset,
      int stride,
      byte[] previous,
      int channel)
      throws InvalidModelFileException {
    int before =
        (previous[channel] & 0xFF)
            | (previous[channel + 1] & 0xFF) << 8
            | (previous[channel + 2] & 0xFF) << 16
            | (previous[channel + 3] & 0xFF) << 24;
    int turn = how >> 4;
    for (int i = 0; i < elements; i++) {
      int delta =
          (planes[0][i] & 0xFF)
              | (planes[1][i] & 0xFF) << 8
              | (planes[2][i] & 0xFF) << 16
              | (planes[3][i] & 0xFF) << 24;
      before =
          switch (how & 3) {
            case 0 -> sum(before, delta, 8);
            case 1 -> sum(before, delta, 16);
            case 2 -> before ^ Integer.rotateRight(delta, turn);
            default -> throw damaged("channel " + how);
          };
      int to = offset + i * stride;
      decoded[to] = (byte) before;
      decoded[to + 1] = (byte) (before >> 8);
      decoded[to + 2] = (byte) (before >> 16);
      decoded[to + 3] = (byte) (before >> 24);
    }
  }

  /** Adds zigzag-encoded deltas of the given number of bits. */
  private static int sum(int before, int deltas, int bits) {
    int mask = (1 << bits) - 1;
    int sum = 0;
    for (int shift = 0; shift < 32; shift += bits) {
      int delta = deltas >>> shift & mask;
      sum |= ((before >>> shift) + (delta >>> 1 ^ -(delta & 1)) & mask) << shift;
    }
    return sum;
  }

  // ---- indices

  private static ByteBuffer forIndices(int count, int stride) throws InvalidModelFileException {
    if (stride != 2 && stride != 4) {
      throw damaged("stride " + stride);
    }
    return ByteBuffer.allocate(count * stride).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(ByteBuffer indices, int stride, int index) {
    if (stride == 2) {
      indices.putShort((short) index);
    } else {
      indices.putInt(index);
    }
  }

  private int varint() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int part = next();
      value |= (part & 0x7F) << shift;
      if (part < 0x80) {
        break;
      }
    }
    return value;
  }

  private static int unzigzag(int value) {
    return value >>> 1 ^ -(value & 1);
  }

  private ByteBuffer indices(int count, int stride) throws InvalidModelFileException {
    ByteBuffer indices = forIndices(count, stride);
    if (next() != INDICES_HEADER) {
      throw damaged("header");
    }
    int[] last = new int[2];
    for (int i = 0; i < count; i++) {
      int value = varint();
      last[value & 1] += unzigzag(value >>> 1);
      put(indices, stride, last[value & 1]);
    }
    if (at != source.length - 4) {
      throw damaged("length");
    }
    return indices;
  }

  private ByteBuffer triangles(int count, int stride) throws InvalidModelFileException {
    ByteBuffer indices = forIndices(count, stride);
    if (next() != TRIANGLES_HEADER || count % 3 != 0) {
      throw damaged("header");
    }
    new Triangles(count / 3, index -> put(indices, stride, index)).decode();
    if (at != source.length - 16) {
      throw damaged("length");
    }
    return indices;
  }

  /** State of the codec for triangles: the last 16 edges and vertices. */
  private final class Triangles {

    private static final int TABLE = 16;
    private static final int BEFORE_LAST = 13;
    private static final int FREE = 15;

    private final int count;
    private final IntConsumer to;
    private final int[] edgeFrom = new int[16];
    private final int[] edgeTo = new int[16];
    private final int[] vertices = new int[16];
    private int edge;
    private int vertex;
    private int fresh;
    private int last;

    Triangles(int count, IntConsumer to) {
      this.count = count;
      this.to = to;
    }

    void decode() {
      int codes = at;
      at += count;
      for (int i = 0; i < count; i++) {
        int code = source[codes + i] & 0xFF;
        if (code < 0xF0) {
          onEdge(code >> 4, code & 15);
        } else if (code < 0xFE) {
          apart(0, source[source.length - TABLE + (code & 15)] & 0xFF, false);
        } else {
          int corners = next();
          if (corners == 0) {
            fresh = 0;
          }
          apart(code == 0xFE ? 0 : FREE, corners, true);
        }
      }
    }

    /** Reads a triangle that shares an edge with one of the last 16. */
    private void onEdge(int back, int corner) {
      int a = edgeFrom[edge - 1 - back & 15];
      int b = edgeTo[edge - 1 - back & 15];
      int c;
      if (corner == 0) {
        c = pushVertex(fresh++);
      } else if (corner < BEFORE_LAST) {
        c = vertices[vertex - 1 - corner & 15];
      } else if (corner == FREE) {
        c = pushVertex(free());
      } else {
        last += corner == BEFORE_LAST ? -1 : 1;
        c = pushVertex(last);
      }
      put(a, b, c);
      pushEdge(c, b);
      pushEdge(a, c);
    }

    /** Reads a triangle that shares no edge; free corners are encoded after the new ones. */
    private void apart(int first, int corners, boolean maySpell) {
      int second = corners >> 4;
      int third = corners & 15;
      int a = first == 0 ? fresh++ : 0;
      int b = second == 0 ? fresh++ : vertices[vertex - second & 15];
      int c = third == 0 ? fresh++ : vertices[vertex - third & 15];
      a = first == FREE ? free() : a;
      b = second == FREE && maySpell ? free() : b;
      c = third == FREE && maySpell ? free() : c;
      put(a, b, c);
      pushVertex(a);
      if (second == 0 || (second == FREE && maySpell)) {
        pushVertex(b);
      }
      if (third == 0 || (third == FREE && maySpell)) {
        pushVertex(c);
      }
      pushEdge(b, a);
      pushEdge(c, b);
      pushEdge(a, c);
    }

    private int free() {
      last += unzigzag(varint());
      return last;
    }

    private void put(int a, int b, int c) {
      to.accept(a);
      to.accept(b);
      to.accept(c);
    }

    private int pushVertex(int index) {
      vertices[vertex] = index;
      vertex = vertex + 1 & 15;
      return index;
    }

    private void pushEdge(int from, int end) {
      edgeFrom[edge] = from;
      edgeTo[edge] = end;
      edge = edge + 1 & 15;
    }
  }

  // ---- filters

  private static void filter(ByteBuffer decoded, int count, int stride, String filter)
      throws InvalidModelFileException {
    boolean isAsDeclared =
        switch (filter) {
          case "NONE" -> true;
          case "OCTAHEDRAL", "COLOR" -> stride == 4 || stride == 8;
          case "QUATERNION" -> stride == 8;
          case "EXPONENTIAL" -> stride % 4 == 0;
          default -> false;
        };
    if (!isAsDeclared) {
      throw damaged("filter " + filter + " with stride " + stride);
    }
    switch (filter) {
      case "EXPONENTIAL" -> {
        for (int i = 0; i < count * stride; i += 4) {
          int value = decoded.getInt(i);
          decoded.putFloat(i, Math.scalb((float) (value << 8 >> 8), value >> 24));
        }
      }
      case "OCTAHEDRAL" -> {
        for (int i = 0; i < count; i++) {
          octahedral(decoded, i * stride, stride / 4);
        }
      }
      case "QUATERNION" -> {
        for (int i = 0; i < count; i++) {
          quaternion(decoded, i * stride);
        }
      }
      case "COLOR" -> {
        for (int i = 0; i < count; i++) {
          colour(decoded, i * stride, stride / 4);
        }
      }
      default -> { // no filter
      }
    }
  }

  private static int get(ByteBuffer values, int at, int size) {
    return size == 1 ? values.get(at) : values.getShort(at);
  }

  private static void put(ByteBuffer values, int at, int size, double value) {
    long rounded = Math.round(value);
    if (size == 1) {
      values.put(at, (byte) rounded);
    } else {
      values.putShort(at, (short) rounded);
    }
  }

  private static void octahedral(ByteBuffer values, int at, int size) {
    double one = get(values, at + 2 * size, size);
    double x = get(values, at, size) / one;
    double y = get(values, at + size, size) / one;
    double z = 1 - Math.abs(x) - Math.abs(y);
    double fold = Math.max(-z, 0);
    x -= x >= 0 ? fold : -fold;
    y -= y >= 0 ? fold : -fold;
    double length = (size == 1 ? 127 : 32_767) / Math.sqrt(x * x + y * y + z * z);
    put(values, at, size, x * length);
    put(values, at + size, size, y * length);
    put(values, at + 2 * size, size, z * length);
  }

  private static void quaternion(ByteBuffer values, int at) {
    int last = values.getShort(at + 6);
    int largest = last & 3;
    double unit = Math.sqrt(0.5) / (last | 3);
    double rest = 1;
    double[] parts = new double[4];
    for (int i = 0; i < 3; i++) {
      parts[i + 1] = values.getShort(at + 2 * i) * unit;
      rest -= parts[i + 1] * parts[i + 1];
    }
    parts[0] = Math.sqrt(Math.max(0, rest));
    for (int i = 0; i < 4; i++) {
      put(values, at + 2 * (largest + i & 3), 2, parts[i] * 32_767);
    }
  }

  private static void colour(ByteBuffer values, int at, int size) {
    int mask = size == 1 ? 0xFF : 0xFFFF;
    int y = get(values, at, size) & mask;
    int co = get(values, at + size, size);
    int cg = get(values, at + 2 * size, size);
    int alpha = get(values, at + 3 * size, size) & mask;
    int range = alpha == 0 ? 1 : 2 * Integer.highestOneBit(alpha) - 1;
    int low = alpha & range >> 1;
    double unit = (double) mask / range;
    put(values, at, size, (y + co - cg) * unit);
    put(values, at + size, size, (y + cg) * unit);
    put(values, at + 2 * size, size, (y - co - cg) * unit);
    put(values, at + 3 * size, size, (low << 1 | (low & 1)) * unit);
  }
}
