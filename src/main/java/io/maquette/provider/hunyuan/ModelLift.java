package io.maquette.provider.hunyuan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Filter that extracts models from a JSON text on its way to a parser, which gets empty strings for
 * {@code model_base64} and {@code initial_model_base64}. The first one is decoded as a stream. The
 * other one, the model before texturing, is dropped. As JSON strings they would take many times the
 * file's size in memory.
 */
final class ModelLift extends FilterInputStream {

  private static final String MODEL = "model_base64";
  private static final String UNPAINTED_MODEL = "initial_model_base64";

  /**
   * Base64 characters decoded at once; a multiple of four. Larger blocks would be humongous objects
   * for the G1 collector, which wastes the rest of their regions.
   */
  private static final int BLOCK = 1 << 18;

  /** Maximum number of bytes without the models; the rest is only a status and a message. */
  private static final long MAX_KEPT = 1 << 20;

  /** Maximum length of a member's name; longer names are irrelevant. */
  private static final int LONGEST_NAME = 32;

  private final byte[] raw = new byte[1 << 16];
  private final StringBuilder lastString = new StringBuilder();
  private byte[] encoded;
  private int encodedLength;
  private boolean inString;
  private boolean escaped;
  private boolean isValue;
  private boolean lifts;
  private ModelFile model;
  private long keptSoFar;

  ModelLift(InputStream json) {
    super(json);
  }

  /** Returns the model; null if the text had none. */
  ModelFile model() {
    return model;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int kept = 0;
    while (kept == 0 && length > 0) {
      int count = in.read(raw, 0, Math.min(raw.length, length));
      if (count < 0) {
        return -1;
      }
      for (int i = 0; i < count; i++) {
        if (isKept(raw[i])) {
          into[offset + kept++] = raw[i];
        }
      }
    }
    keptSoFar += kept;
    if (keptSoFar > MAX_KEPT) {
      throw new IOException("the answer is larger than " + MAX_KEPT + " bytes without its model");
    }
    return kept;
  }

  /**
   * Takes the next byte of the text; multi-byte characters of UTF-8 never contain the relevant
   * bytes.
   */
  private boolean isKept(byte next) throws IOException {
    if (!inString) {
      if (next == '"') {
        lifts = isValue && isName(MODEL, UNPAINTED_MODEL);
        beginString();
      } else if (!Character.isWhitespace(next)) {
        isValue = next == ':';
      }
      return true;
    }
    if (next == '"' && !escaped) {
      endString();
      return true;
    }
    if (lifts) {
      lift(next);
      return false;
    }
    escaped = next == '\\' && !escaped;
    if (lastString.length() <= LONGEST_NAME) {
      lastString.append((char) next);
    }
    return true;
  }

  private boolean isName(String... names) {
    return Arrays.stream(names).anyMatch(lastString.toString()::equals);
  }

  private void beginString() {
    inString = true;
    if (!lifts) {
      lastString.setLength(0);
    } else if (isName(MODEL)) {
      model = new ModelFile();
      encoded = new byte[BLOCK];
      encodedLength = 0;
    }
  }

  private void endString() throws IOException {
    inString = false;
    isValue = false;
    if (lifts && encoded != null) {
      decode();
      encoded = null;
    }
    lifts = false;
  }

  private void lift(byte next) throws IOException {
    if (encoded == null || next == '\\') {
      return; // JSON may write a slash as \/
    }
    if (encodedLength == BLOCK) {
      decode();
    }
    encoded[encodedLength++] = next;
  }

  private void decode() throws IOException {
    try {
      model.add(
          Base64.getDecoder()
              .decode(encodedLength == BLOCK ? encoded : Arrays.copyOf(encoded, encodedLength)));
      encodedLength = 0;
    } catch (IllegalArgumentException e) {
      throw new IOException("the model is not valid Base64", e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
