package io.maquette.asset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The list of colours that a WebP file may begin with (WebP lossless bitstream, 4.4). What is fully
 * transparent may be missing from it: it then has a number behind the list's end. Our reader takes
 * the last colour for that, as of version 3.15.0, so that such a picture would be filled with it.
 */
final class WebpPalette {

  private static final int COLOUR_INDEXING = 3;

  /** Chunks begin behind RIFF, a length and WEBP. */
  private static final int FIRST_CHUNK = 12;

  private static final int CHUNK_HEAD = 8;

  /** The signature, twice 14 bits of size, whether there is transparency, and the version. */
  private static final int LOSSLESS_HEAD = 5;

  private WebpPalette() {}

  /** Whether a number may be behind the end of a list in it. */
  static boolean mayEndEarly(byte[] webp) {
    int at = FIRST_CHUNK;
    while (at >= 0 && at + CHUNK_HEAD + LOSSLESS_HEAD + 2 <= webp.length) {
      String name = new String(webp, at, 4, StandardCharsets.ISO_8859_1);
      int content = at + CHUNK_HEAD;
      if (name.equals("ANMF")) { // its chunks are behind the frame's place, size and time
        at = content + 16;
        continue;
      }
      boolean isLossless = name.equals("VP8L");
      boolean isPackedAlpha = name.equals("ALPH") && (webp[content] & 3) == 1;
      if ((isLossless && endsEarly(webp, content + LOSSLESS_HEAD))
          || (isPackedAlpha && endsEarly(webp, content + 1))) {
        return true;
      }
      int length = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 4);
      at = length < 0 ? -1 : content + length + (length & 1);
    }
    return false;
  }

  /** A list has room for 2, 4, 16 or 256 colours; a full one has no number behind its end. */
  private static boolean endsEarly(byte[] webp, int transforms) {
    int bits = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN).getShort(transforms);
    boolean isThere = (bits & 1) == 1 && ((bits >> 1) & 3) == COLOUR_INDEXING;
    int colours = ((bits >> 3) & 255) + 1;
    return isThere && colours != 2 && colours != 4 && colours != 16 && colours != 256;
  }
}
