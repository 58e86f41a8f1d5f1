package io.maquette.picture;

import io.maquette.picture.UnusablePictureException.Reason;
import java.util.Arrays;

/**
 * Decoder of WebP's lossless bit stream (RFC 9649, section 3), which encodes whole pictures and the
 * transparency of lossy ones.
 *
 * <p>TwelveMonkeys has such a decoder, too. Its version 3.15.0 fills transparent parts with the
 * last colour of a palette. It also lets a file of a few kilobytes cause any number of passes over
 * the whole picture.
 */
final class LosslessWebp {

  /**
   * Maximum number of groups; libwebp writes at most 2,600, and each takes up to 18 KiB of memory.
   */
  private static final int MAX_GROUPS = 3_000;

  private static final long MAX_CODES_BYTES = MAX_GROUPS * (18L << 10);

  /**
   * Bound of the memory for prefix codes per byte of the stream; the actual maximum is 150 bytes.
   */
  private static final long CODES_BYTES_PER_BYTE = 200;

  private static final int LITERALS = 256;
  private static final int LENGTH_CODES = 24;
  private static final int DISTANCE_CODES = 40;
  private static final int GREEN = 0;
  private static final int RED = 1;
  private static final int BLUE = 2;
  private static final int ALPHA = 3;
  private static final int DISTANCE = 4;

  private static final int[] CODE_LENGTH_ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  /** The 120 shortest distances, as columns to the left and rows up: 16 * up + 8 - left. */
  private static final int[] NEAR = {
    0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37, 0x39,
    0x15, 0x1b, 0x36, 0x3a, 0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b, 0x46, 0x4a,
    0x24, 0x2c, 0x58, 0x45, 0x4b, 0x34, 0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56, 0x5a, 0x23, 0x2d,
    0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1e, 0x66, 0x6a, 0x22, 0x2e,
    0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e, 0x78, 0x01, 0x77, 0x79, 0x53, 0x5d, 0x11, 0x1f,
    0x64, 0x6c, 0x42, 0x4e, 0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b, 0x31, 0x3f, 0x63, 0x6d, 0x52, 0x5e,
    0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e, 0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72,
    0x7e, 0x61, 0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70
  };

  /** Transform that the encoder applied and the decoder must invert. */
  @SuppressWarnings("ArrayRecordComponent") // created once, read once
  private record Transform(int kind, int width, int bits, int[] data) {
    static final int PREDICTOR = 0;
    static final int COLOUR = 1;
    static final int SUBTRACT_GREEN = 2;
    static final int PALETTE = 3;
  }

  private final byte[] data;
  private final int end;
  private int at;
  private long bits;
  private int bitCount;

  private LosslessWebp(byte[] data, int from, int end) {
    this.data = data;
    this.at = from;
    this.end = end;
  }

  /**
   * Decodes a stream without its header.
   *
   * @return 0xAARRGGBB of each pixel
   */
  static int[] decode(byte[] data, int from, int end, int width, int height)
      throws UnusablePictureException {
    try {
      return new LosslessWebp(data, from, end).picture(width, height);
    } catch (IndexOutOfBoundsException e) {
      throw new UnusablePictureException(Reason.BROKEN, e);
    }
  }

  /**
   * Returns the maximum memory for the prefix codes of a stream, in bytes.
   *
   * @param length of the stream, in bytes
   */
  static long codesBytes(int length) {
    return Math.min(MAX_CODES_BYTES, CODES_BYTES_PER_BYTE * length);
  }

  private static UnusablePictureException broken(String what) {
    return new UnusablePictureException(Reason.BROKEN, "WebP " + what);
  }

  private int[] picture(int width, int height) throws UnusablePictureException {
    Transform[] transforms = new Transform[4];
    int count = 0;
    int packedWidth = width;
    int kinds = 0;
    while (read(1) == 1) {
      int kind = read(2);
      if ((kinds >> kind & 1) == 1) {
        throw broken("transform given twice");
      }
      kinds |= 1 << kind;
      Transform transform = transform(kind, packedWidth, height);
      if (kind == Transform.PALETTE) {
        packedWidth = blocks(packedWidth, transform.bits());
      }
      transforms[count++] = transform;
    }
    int[] pixels = stream(packedWidth, height, true);
    while (count > 0) {
      pixels = undone(transforms[--count], pixels, height);
    }
    return pixels;
  }

  private Transform transform(int kind, int width, int height) throws UnusablePictureException {
    switch (kind) {
      case Transform.PREDICTOR, Transform.COLOUR -> {
        int size = read(3) + 2;
        return new Transform(
            kind, width, size, stream(blocks(width, size), blocks(height, size), false));
      }
      case Transform.PALETTE -> {
        int colours = read(8) + 1;
        int size = colours <= 2 ? 3 : colours <= 4 ? 2 : colours <= 16 ? 1 : 0;
        // indices after the end of the list mean transparent black
        int[] palette = Arrays.copyOf(stream(colours, 1, false), LITERALS);
        for (int i = 1; i < colours; i++) {
          palette[i] = sum(palette[i], palette[i - 1]);
        }
        return new Transform(kind, width, size, palette);
      }
      default -> {
        return new Transform(kind, width, 0, null);
      }
    }
  }

  private static int blocks(int size, int bits) {
    return (size + (1 << bits) - 1) >> bits;
  }

  // ---- bits, least significant first

  private void fill() {
    while (bitCount <= 56 && at < end) {
      bits |= (data[at++] & 0xFFL) << bitCount;
      bitCount += 8;
    }
  }

  private int read(int count) throws UnusablePictureException {
    if (bitCount < count) {
      fill();
    }
    int value = (int) bits & ((1 << count) - 1);
    skip(count);
    return value;
  }

  private void skip(int count) throws UnusablePictureException {
    if (count > bitCount) {
      throw new UnusablePictureException(Reason.CUT_OFF, "WebP lossless data");
    }
    bits >>>= count;
    bitCount -= count;
  }

  // ---- prefix codes

  /** Prefix code: a table for short codes, and counts by length for the others. */
  private static final class Code {
    private static final int TABLE_BITS = 8;
    private static final int MAX_LENGTH = 15;

    /** The only symbol, which takes no bits; -1 if there are several. */
    private int only = -1;

    private int tableBits;
    private int[] table;
    private int[] counts;
    private int[] symbols;

    static Code ofOne(int symbol) {
      Code code = new Code();
      code.only = symbol;
      return code;
    }

    static Code of(int[] lengths) throws UnusablePictureException {
      Code code = new Code();
      code.counts = new int[MAX_LENGTH + 1];
      int used = 0;
      int last = 0;
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] > 0) {
          code.counts[lengths[symbol]]++;
          used++;
          last = symbol;
        }
      }
      if (used == 1) {
        return ofOne(last);
      }
      int left = 1;
      int longest = 0;
      int[] first = new int[MAX_LENGTH + 2];
      for (int length = 1; length <= MAX_LENGTH; length++) {
        left = 2 * left - code.counts[length];
        if (left < 0) {
          throw broken("prefix code of too many symbols");
        }
        first[length + 1] = first[length] + code.counts[length];
        longest = code.counts[length] > 0 ? length : longest;
      }
      if (left != 0) {
        throw broken("prefix code with gaps");
      }
      code.symbols = new int[used];
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] > 0) {
          code.symbols[first[lengths[symbol]]++] = symbol;
        }
      }
      code.fillTable(Math.min(TABLE_BITS, longest));
      return code;
    }

    private void fillTable(int size) {
      tableBits = size;
      table = new int[1 << size];
      int code = 0;
      int index = 0;
      for (int length = 1; length <= size; length++) {
        for (int i = 0; i < counts[length]; i++) {
          int reversed = Integer.reverse(code) >>> (32 - length);
          int entry = symbols[index++] << 4 | length;
          for (int slot = reversed; slot < table.length; slot += 1 << length) {
            table[slot] = entry;
          }
          code++;
        }
        code <<= 1;
      }
    }
  }

  private int symbol(Code code) throws UnusablePictureException {
    if (code.only >= 0) {
      return code.only;
    }
    if (bitCount < Code.MAX_LENGTH) {
      fill();
    }
    int entry = code.table[(int) bits & ((1 << code.tableBits) - 1)];
    if (entry != 0) {
      skip(entry & 15);
      return entry >> 4;
    }
    int value = 0;
    int first = 0;
    int index = 0;
    for (int length = 1; length <= Code.MAX_LENGTH; length++) {
      value |= (int) (bits >> (length - 1)) & 1;
      int count = code.counts[length];
      if (value - count < first) {
        skip(length);
        return code.symbols[index + value - first];
      }
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw broken("prefix code");
  }

  private Code code(int alphabet) throws UnusablePictureException {
    if (read(1) == 1) {
      int count = read(1) + 1;
      int first = read(read(1) == 1 ? 8 : 1);
      if (count == 1) {
        return Code.ofOne(first);
      }
      int second = read(8);
      if (first >= alphabet || second >= alphabet) {
        throw broken("symbol");
      }
      int[] lengths = new int[Math.max(first, second) + 1];
      lengths[first] = 1;
      lengths[second] = 1;
      return Code.of(lengths);
    }
    int[] lengthLengths = new int[CODE_LENGTH_ORDER.length];
    int given = 4 + read(4);
    for (int i = 0; i < given; i++) {
      lengthLengths[CODE_LENGTH_ORDER[i]] = read(3);
    }
    int left = alphabet;
    if (read(1) == 1) {
      int size = 2 + 2 * read(3);
      left = 2 + read(size);
      if (left > alphabet) {
        throw broken("number of symbols");
      }
    }
    return Code.of(lengths(Code.of(lengthLengths), alphabet, left));
  }

  private int[] lengths(Code code, int alphabet, int most) throws UnusablePictureException {
    int[] lengths = new int[alphabet];
    int previous = 8;
    int left = most;
    for (int symbol = 0; symbol < alphabet && left > 0; left--) {
      int length = symbol(code);
      if (length < 16) {
        lengths[symbol++] = length;
        previous = length == 0 ? previous : length;
        continue;
      }
      int times = length == 16 ? 3 + read(2) : length == 17 ? 3 + read(3) : 11 + read(7);
      if (symbol + times > alphabet) {
        throw broken("lengths of codes");
      }
      Arrays.fill(lengths, symbol, symbol + times, length == 16 ? previous : 0);
      symbol += times;
    }
    return lengths;
  }

  // ---- pixels

  private int[] stream(int width, int height, boolean isMain) throws UnusablePictureException {
    int cacheBits = 0;
    if (read(1) == 1) {
      cacheBits = read(4);
      if (cacheBits < 1 || cacheBits > 11) {
        throw broken("colour cache");
      }
    }
    int groupBits = 0;
    int[] groupOf = null;
    int groups = 1;
    if (isMain && read(1) == 1) {
      groupBits = read(3) + 2;
      groupOf = stream(blocks(width, groupBits), blocks(height, groupBits), false);
      for (int i = 0; i < groupOf.length; i++) {
        groupOf[i] = groupOf[i] >> 8 & 0xFFFF;
        groups = Math.max(groups, groupOf[i] + 1);
      }
      if (groups > MAX_GROUPS) {
        throw broken("of " + groups + " groups of codes");
      }
    }
    int cacheSize = cacheBits == 0 ? 0 : 1 << cacheBits;
    Code[][] codes = new Code[groups][];
    for (int i = 0; i < groups; i++) {
      codes[i] =
          new Code[] {
            code(LITERALS + LENGTH_CODES + cacheSize),
            code(LITERALS),
            code(LITERALS),
            code(LITERALS),
            code(DISTANCE_CODES)
          };
    }
    return pixels(width, height, cacheBits, codes, groupBits, groupOf);
  }

  private int[] pixels(
      int width, int height, int cacheBits, Code[][] codes, int groupBits, int[] groupOf)
      throws UnusablePictureException {
    int[] pixels = new int[width * height];
    int[] cache = cacheBits == 0 ? null : new int[1 << cacheBits];
    int groupsAcross = groupOf == null ? 0 : blocks(width, groupBits);
    int cached = 0; // the cache contains the pixels before this one
    int pixel = 0;
    int column = 0;
    int row = 0;
    while (pixel < pixels.length) {
      Code[] group =
          groupOf == null
              ? codes[0]
              : codes[groupOf[(row >> groupBits) * groupsAcross + (column >> groupBits)]];
      int symbol = symbol(group[GREEN]);
      int count = 1;
      if (symbol < LITERALS) {
        int red = symbol(group[RED]);
        int blue = symbol(group[BLUE]);
        int alpha = symbol(group[ALPHA]);
        pixels[pixel] = alpha << 24 | red << 16 | symbol << 8 | blue;
      } else if (symbol < LITERALS + LENGTH_CODES) {
        count = distance(symbol - LITERALS);
        int back = back(distance(symbol(group[DISTANCE])), width);
        if (back > pixel || count > pixels.length - pixel) {
          throw broken("copy from outside the picture");
        }
        for (int i = pixel; i < pixel + count; i++) {
          pixels[i] = pixels[i - back];
        }
      } else {
        cached = intoCache(cache, cacheBits, pixels, cached, pixel);
        pixels[pixel] = cache[symbol - LITERALS - LENGTH_CODES];
      }
      pixel += count;
      column += count;
      while (column >= width) {
        column -= width;
        row++;
      }
    }
    return pixels;
  }

  private static int intoCache(int[] cache, int cacheBits, int[] pixels, int from, int to) {
    for (int i = from; i < to; i++) {
      cache[(0x1E35A7BD * pixels[i]) >>> (32 - cacheBits)] = pixels[i];
    }
    return to;
  }

  /** Reads a length or distance after its prefix. */
  private int distance(int prefix) throws UnusablePictureException {
    if (prefix < 4) {
      return prefix + 1;
    }
    int extra = (prefix - 2) >> 1;
    return ((2 + (prefix & 1)) << extra) + read(extra) + 1;
  }

  private static int back(int code, int width) {
    if (code > NEAR.length) {
      return code - NEAR.length;
    }
    int near = NEAR[code - 1];
    return Math.max(1, (near >> 4) * width + 8 - (near & 15));
  }

  // ---- transforms

  private static int[] undone(Transform transform, int[] pixels, int height) {
    switch (transform.kind()) {
      case Transform.PREDICTOR -> addPredictions(transform, pixels, height);
      case Transform.COLOUR -> addColours(transform, pixels, height);
      case Transform.SUBTRACT_GREEN -> {
        for (int i = 0; i < pixels.length; i++) {
          int green = pixels[i] >> 8 & 255;
          pixels[i] =
              (pixels[i] & 0xFF00FF00)
                  | ((pixels[i] + (green << 16)) & 0x00FF0000)
                  | ((pixels[i] + green) & 0xFF);
        }
      }
      default -> {
        return coloured(transform, pixels, height);
      }
    }
    return pixels;
  }

  private static int[] coloured(Transform transform, int[] pixels, int height) {
    int width = transform.width();
    int size = transform.bits();
    int packedWidth = blocks(width, size);
    int indexBits = 8 >> size;
    int[] coloured = size == 0 ? pixels : new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int packed = pixels[y * packedWidth + (x >> size)] >> 8 & 255;
        int index = packed >> ((x & ((1 << size) - 1)) * indexBits) & ((1 << indexBits) - 1);
        coloured[y * width + x] = transform.data()[index];
      }
    }
    return coloured;
  }

  private static void addColours(Transform transform, int[] pixels, int height) {
    int width = transform.width();
    int across = blocks(width, transform.bits());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int element = transform.data()[(y >> transform.bits()) * across + (x >> transform.bits())];
        int pixel = pixels[y * width + x];
        int green = pixel >> 8;
        int red = (pixel >> 16) + share(element, green) & 255;
        int blue = pixel + share(element >> 8, green) + share(element >> 16, red) & 255;
        pixels[y * width + x] = (pixel & 0xFF00FF00) | red << 16 | blue;
      }
    }
  }

  private static int share(int factor, int colour) {
    return ((byte) factor * (byte) colour) >> 5;
  }

  private static void addPredictions(Transform transform, int[] pixels, int height) {
    int width = transform.width();
    int across = blocks(width, transform.bits());
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        int predicted;
        if (y == 0) {
          predicted = x == 0 ? 0xFF000000 : pixels[i - 1];
        } else if (x == 0) {
          predicted = pixels[i - width];
        } else {
          int block = (y >> transform.bits()) * across + (x >> transform.bits());
          predicted =
              predicted(
                  transform.data()[block] >> 8 & 15,
                  pixels[i - 1],
                  pixels[i - width],
                  pixels[i - width + 1],
                  pixels[i - width - 1]);
        }
        pixels[i] = sum(pixels[i], predicted);
      }
    }
  }

  private static int predicted(int mode, int left, int top, int topRight, int topLeft) {
    return switch (mode) {
      case 1 -> left;
      case 2 -> top;
      case 3 -> topRight;
      case 4 -> topLeft;
      case 5 -> mean(mean(left, topRight), top);
      case 6 -> mean(left, topLeft);
      case 7 -> mean(left, top);
      case 8 -> mean(topLeft, top);
      case 9 -> mean(top, topRight);
      case 10 -> mean(mean(left, topLeft), mean(top, topRight));
      case 11 -> nearer(left, top, topLeft);
      case 12 -> bounded(left, top, topLeft, false);
      case 13 -> bounded(mean(left, top), topLeft, 0, true);
      default -> 0xFF000000;
    };
  }

  /** Adds each of four bytes. */
  private static int sum(int one, int other) {
    return ((one & 0xFF00FF00) + (other & 0xFF00FF00) & 0xFF00FF00)
        | ((one & 0x00FF00FF) + (other & 0x00FF00FF) & 0x00FF00FF);
  }

  private static int mean(int one, int other) {
    return ((one ^ other) >>> 1 & 0x7F7F7F7F) + (one & other);
  }

  private static int nearer(int left, int top, int topLeft) {
    int toLeft = 0;
    int toTop = 0;
    for (int shift = 0; shift <= 24; shift += 8) {
      int corner = topLeft >> shift & 255;
      toLeft += Math.abs((top >> shift & 255) - corner);
      toTop += Math.abs((left >> shift & 255) - corner);
    }
    return toLeft < toTop ? left : top;
  }

  /** Computes for each byte, clamped: one + other - third; or one + (one - other) / 2. */
  private static int bounded(int one, int other, int third, boolean isHalf) {
    int result = 0;
    for (int shift = 0; shift <= 24; shift += 8) {
      int a = one >> shift & 255;
      int b = other >> shift & 255;
      int value = isHalf ? a + (a - b) / 2 : a + b - (third >> shift & 255);
      result |= Math.max(0, Math.min(255, value)) << shift;
    }
    return result;
  }
}
