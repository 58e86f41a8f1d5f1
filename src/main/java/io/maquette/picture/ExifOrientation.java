package io.maquette.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Orientation of a picture in its EXIF data (EXIF 2.3, 4.6.4): 1 is upright, 2 to 8 are turned or
 * mirrored. Only this tag is read, so that damage elsewhere in the data does not matter.
 */
final class ExifOrientation {

  static final int UPRIGHT = 1;

  private static final int ORIENTATION = 0x112;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ENTRY_BYTES = 12;

  private ExifOrientation() {}

  /**
   * Reads the orientation.
   *
   * @param tiff data from the byte order mark on
   * @return 1 to 8; 1 if it is missing or cannot be read
   */
  static int of(ByteBuffer tiff) {
    ByteBuffer data = tiff.slice();
    if (data.limit() < 8) {
      return UPRIGHT;
    }
    int mark = data.getShort(0);
    if (mark == 0x4949) {
      data.order(ByteOrder.LITTLE_ENDIAN);
    } else if (mark != 0x4D4D) {
      return UPRIGHT;
    }
    long directory = data.getInt(4) & 0xFFFFFFFFL;
    if (directory + 2 > data.limit()) {
      return UPRIGHT;
    }
    int entries = data.getShort((int) directory) & 0xFFFF;
    long at = directory + 2;
    for (int i = 0; i < entries && at + ENTRY_BYTES <= data.limit(); i++, at += ENTRY_BYTES) {
      if ((data.getShort((int) at) & 0xFFFF) == ORIENTATION) {
        return valueAt(data, (int) at);
      }
    }
    return UPRIGHT;
  }

  private static int valueAt(ByteBuffer data, int entry) {
    int type = data.getShort(entry + 2);
    int value =
        type == SHORT ? data.getShort(entry + 8) : type == LONG ? data.getInt(entry + 8) : UPRIGHT;
    return value >= 1 && value <= 8 ? value : UPRIGHT;
  }

  /** Returns whether turning the picture upright swaps width and height. */
  static boolean isTurned(int orientation) {
    return orientation >= 5;
  }

  /**
   * Turns a picture upright.
   *
   * @param pixels row by row; the caller must not change them any more
   */
  static int[] upright(int[] pixels, int width, int height, int orientation) {
    if (orientation == UPRIGHT) {
      return pixels;
    }
    int[] turned = new int[pixels.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at =
            switch (orientation) {
              case 2 -> y * width + width - 1 - x;
              case 3 -> (height - 1 - y) * width + width - 1 - x;
              case 4 -> (height - 1 - y) * width + x;
              case 5 -> x * height + y;
              case 6 -> x * height + height - 1 - y;
              case 7 -> (width - 1 - x) * height + height - 1 - y;
              default -> (width - 1 - x) * height + y;
            };
        turned[at] = pixels[y * width + x];
      }
    }
    return turned;
  }
}
