package io.maquette.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ICC profiles (ICC.1:2022, version 2 files) built from numbers, and their meaning by definition.
 * The arithmetic here is independent of the tested library.
 */
enum Icc {
  /** The profile that phones write. */
  DISPLAY_P3(2.2, 0.51512, 0.24120, -0.00105, 0.29198, 0.69225, 0.04189, 0.15710, 0.06657, 0.78407),
  /** The profile that cameras write. */
  ADOBE_RGB(
      2.19921875, 0.60974, 0.31111, 0.01947, 0.20528, 0.62567, 0.06087, 0.14919, 0.06322, 0.74457);

  /** Matrix from XYZ under D50 to linear sRGB. */
  private static final double[] TO_SRGB = {
    3.1338561,
    -1.6168667,
    -0.4906146,
    -0.9787684,
    1.9161415,
    0.0334540,
    0.0719453,
    -0.2289914,
    1.4052427
  };

  private final double gamma;

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final double[] primaries;

  Icc(double gamma, double... primaries) {
    this.gamma = gamma;
    this.primaries = primaries;
  }

  /** Converts a colour to sRGB. */
  int toSrgb(int argb) {
    double[] xyz = new double[3];
    for (int i = 0; i < 3; i++) {
      double light = Math.pow((argb >> (16 - 8 * i) & 255) / 255.0, gamma);
      for (int j = 0; j < 3; j++) {
        xyz[j] += light * primaries[3 * i + j];
      }
    }
    int rgb = 0;
    for (int i = 0; i < 3; i++) {
      double light =
          TO_SRGB[3 * i] * xyz[0] + TO_SRGB[3 * i + 1] * xyz[1] + TO_SRGB[3 * i + 2] * xyz[2];
      rgb = rgb << 8 | encoded(light);
    }
    return 0xFF000000 | rgb;
  }

  /** Encodes light from 0 to 1 as an sRGB value (IEC 61966-2-1). */
  static int encoded(double light) {
    double bounded = Math.max(0, Math.min(1, light));
    return (int)
        Math.round(
            255
                * (bounded <= 0.0031308
                    ? 12.92 * bounded
                    : 1.055 * Math.pow(bounded, 1 / 2.4) - 0.055));
  }

  byte[] file() {
    Map<String, byte[]> tags = new LinkedHashMap<>();
    tags.put("wtpt", xyz(0.9642, 1, 0.8249));
    String[] names = {"r", "g", "b"};
    for (int i = 0; i < 3; i++) {
      tags.put(names[i] + "XYZ", xyz(primaries[3 * i], primaries[3 * i + 1], primaries[3 * i + 2]));
      tags.put(names[i] + "TRC", curve(gamma));
    }
    return profile("mntr", "RGB ", "XYZ ", tags);
  }

  /** Creates a profile for grey. */
  static byte[] grey(double gamma) {
    Map<String, byte[]> tags = new LinkedHashMap<>();
    tags.put("wtpt", xyz(0.9642, 1, 0.8249));
    tags.put("kTRC", curve(gamma));
    return profile("mntr", "GRAY", "XYZ ", tags);
  }

  /** Creates a profile for four inks, in which cyan makes white paper the grey of L* = 50. */
  static byte[] cyanIsGrey() {
    ByteBuffer table = ByteBuffer.allocate(48 + 4 * 256 + 16 * 3 + 3 * 256);
    table.put("mft1".getBytes(StandardCharsets.US_ASCII)).putInt(0);
    table.put(new byte[] {4, 3, 2, 0});
    for (int i = 0; i < 9; i++) {
      table.putInt(i % 4 == 0 ? 0x10000 : 0);
    }
    for (int curve = 0; curve < 4; curve++) {
      putIdentity(table);
    }
    for (int corner = 0; corner < 16; corner++) { // cyan changes last
      table.put((byte) (corner >= 8 ? 128 : 255)).put((byte) 128).put((byte) 128);
    }
    for (int curve = 0; curve < 3; curve++) {
      putIdentity(table);
    }
    Map<String, byte[]> tags = new LinkedHashMap<>();
    tags.put("wtpt", xyz(0.9642, 1, 0.8249));
    tags.put("A2B0", table.array());
    return profile("prtr", "CMYK", "Lab ", tags);
  }

  private static void putIdentity(ByteBuffer table) {
    for (int i = 0; i < 256; i++) {
      table.put((byte) i);
    }
  }

  private static byte[] xyz(double x, double y, double z) {
    return ByteBuffer.allocate(20)
        .put("XYZ ".getBytes(StandardCharsets.US_ASCII))
        .putInt(0)
        .putInt((int) Math.round(x * 65_536))
        .putInt((int) Math.round(y * 65_536))
        .putInt((int) Math.round(z * 65_536))
        .array();
  }

  private static byte[] curve(double gamma) {
    return ByteBuffer.allocate(16)
        .put("curv".getBytes(StandardCharsets.US_ASCII))
        .putInt(0)
        .putInt(1)
        .putShort((short) Math.round(gamma * 256))
        .array();
  }

  private static byte[] profile(
      String kind, String space, String connection, Map<String, byte[]> tags) {
    tags.put("desc", text("desc"));
    tags.put("cprt", text("text"));
    int at = 128 + 4 + 12 * tags.size();
    ByteBuffer list = ByteBuffer.allocate(4 + 12 * tags.size()).putInt(tags.size());
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> tag : tags.entrySet()) {
      list.put(tag.getKey().getBytes(StandardCharsets.US_ASCII));
      list.putInt(at).putInt(tag.getValue().length);
      content.writeBytes(tag.getValue());
      at += tag.getValue().length;
      while (at % 4 != 0) {
        content.write(0);
        at++;
      }
    }
    ByteBuffer header = ByteBuffer.allocate(128).putInt(at).putInt(0).putInt(0x02400000);
    header.put((kind + space + connection).getBytes(StandardCharsets.US_ASCII));
    header.putShort((short) 2026).putShort((short) 1).putShort((short) 1);
    header.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    header.put("acsp".getBytes(StandardCharsets.US_ASCII));
    header.position(68).putInt(0xF6D6).putInt(0x10000).putInt(0xD32D); // D50
    return OddPictures.joined(header.array(), list.array(), content.toByteArray());
  }

  private static byte[] text(String type) {
    byte[] ascii = "test\0".getBytes(StandardCharsets.US_ASCII);
    return type.equals("text")
        ? OddPictures.joined("text\0\0\0\0".getBytes(StandardCharsets.US_ASCII), ascii)
        : ByteBuffer.allocate(8 + 4 + ascii.length + 78)
            .put("desc".getBytes(StandardCharsets.US_ASCII))
            .putInt(0)
            .putInt(ascii.length)
            .put(ascii)
            .array();
  }
}
