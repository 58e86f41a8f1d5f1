package io.maquette.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.maquette.picture.UnusablePictureException.Reason;
import io.maquette.storage.FileType;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * JPEG file (ITU-T T.81). Java's reader decodes the samples; this class interprets them as libjpeg
 * and browsers do (ITU-T T.872). Java's own interpretation refuses CMYK and differs for rare files.
 */
final class JpegFile implements PictureFile {

  /**
   * Maximum number of scans, each of which covers the whole picture; cameras and programs use about
   * ten.
   */
  private static final int MAX_SCANS = 64;

  /**
   * Maximum number of pixels of all scans together; a scan takes 0.3 seconds per 100 million
   * pixels.
   */
  private static final long MAX_SCANNED_PIXELS = 1_500_000_000;

  private static final int MAX_SEGMENTS = 10_000;

  private static final long MAX_PIXELS = 220_000_000;

  private static final byte[] EXIF = "Exif\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final int NO_ADOBE = -1;

  private int width;
  private int height;
  private int[] ids;
  private long coefficients;
  private boolean hasCoefficients;
  private boolean isProgressive;
  private boolean isJfif;
  private int adobeTransform = NO_ADOBE;
  private boolean hasExif;
  private int orientation = ExifOrientation.UPRIGHT;
  private final SortedMap<Integer, byte[]> profileParts = new TreeMap<>();
  private int scans;
  private boolean hasEnd;
  private byte[] essence;

  private JpegFile() {}

  static JpegFile of(byte[] file) throws UnusablePictureException {
    JpegFile jpeg = new JpegFile();
    jpeg.read(file);
    return jpeg;
  }

  private static UnusablePictureException broken(String what) {
    return new UnusablePictureException(Reason.BROKEN, "JPEG " + what);
  }

  private static UnusablePictureException cutOff(String where) {
    return new UnusablePictureException(Reason.CUT_OFF, "JPEG " + where);
  }

  private void read(byte[] file) throws UnusablePictureException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length + 2);
    kept.write(file, 0, 2);
    int at = 2;
    int segments = 0;
    while (true) {
      while (at < file.length && (file[at] != -1 || isNoMarker(file, at))) {
        at++; // fill bytes, and data that some programs leave between segments
      }
      if (at + 1 >= file.length) {
        break;
      }
      int marker = file[at + 1] & 0xFF;
      if (marker == 0xD9) {
        hasEnd = true;
        break;
      }
      if (++segments > MAX_SEGMENTS) {
        throw broken("of more than " + MAX_SEGMENTS + " segments");
      }
      if (at + 4 > file.length) {
        throw cutOff("in a segment");
      }
      int length = (file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF);
      int end = at + 2 + length;
      if (length < 2) {
        throw broken("segment without length");
      }
      if (end > file.length) {
        throw cutOff("in a segment");
      }
      if (marker == 0xDA) {
        beginScan(file[at + 4]);
        end = endOfScan(file, end);
      }
      if (take(marker, file, at + 4, end)) {
        kept.write(file, at, end - at);
      }
      at = end;
    }
    if (scans == 0) {
      throw hasEnd ? broken("without a picture") : cutOff("before its picture");
    }
    kept.write(0xFF);
    kept.write(0xD9);
    essence = kept.toByteArray();
  }

  /**
   * Returns whether the byte is a stuffed byte, a fill byte, a restart marker or another start
   * marker.
   */
  private static boolean isNoMarker(byte[] file, int at) {
    int code = at + 1 < file.length ? file[at + 1] & 0xFF : 0;
    return code == 0 || code == 0xFF || code == 1 || (code >= 0xD0 && code <= 0xD8);
  }

  private void beginScan(int components) throws UnusablePictureException {
    if (ids == null) {
      throw broken("scan before its frame");
    }
    if (++scans > MAX_SCANS) {
      throw broken("of more than " + MAX_SCANS + " scans");
    }
    if ((long) scans * width * height > MAX_SCANNED_PIXELS) {
      throw new UnusablePictureException(
          Reason.TOO_LARGE, scans + " scans of " + width + " x " + height);
    }
    if (scans == 1) {
      hasCoefficients = isProgressive || components < ids.length;
    }
  }

  private static int endOfScan(byte[] file, int from) {
    int at = from;
    while (at + 1 < file.length && (file[at] != -1 || isNoMarker(file, at))) {
      at++;
    }
    return at + 1 < file.length ? at : file.length;
  }

  /** Reads a segment; returns true if the decoder needs it. */
  private boolean take(int marker, byte[] file, int from, int end) throws UnusablePictureException {
    switch (marker) {
      case 0xDB, 0xC4, 0xDD, 0xDA -> { // tables, restarts, scans
        return true;
      }
      case 0xC0, 0xC1, 0xC2 -> {
        frame(marker, ByteBuffer.wrap(file, from, end - from));
        return true;
      }
      case 0xE0 -> isJfif |= startsWith(file, from, end, JFIF);
      case 0xE1 -> {
        if (!hasExif && startsWith(file, from, end, EXIF) && end - from > 6) {
          hasExif = true;
          orientation = ExifOrientation.of(ByteBuffer.wrap(file, from + 6, end - from - 6));
        }
      }
      case 0xE2 -> {
        if (startsWith(file, from, end, ICC) && end - from > 14) {
          profileParts.putIfAbsent(
              file[from + 12] & 0xFF, Arrays.copyOfRange(file, from + 14, end));
        }
      }
      case 0xEE -> {
        if (startsWith(file, from, end, ADOBE) && end - from >= 12) {
          adobeTransform = file[from + 11];
        }
      }
      case 0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF, 0xF7 ->
          throw new UnusablePictureException(
              Reason.RARE, "JPEG process " + Integer.toHexString(marker));
      default -> {
        return false;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] file, int from, int end, byte[] name) {
    return end - from >= name.length
        && Arrays.equals(file, from, from + name.length, name, 0, name.length);
  }

  private void frame(int marker, ByteBuffer segment) throws UnusablePictureException {
    if (ids != null) {
      throw broken("with two frames");
    }
    if (segment.remaining() < 6) {
      throw broken("frame");
    }
    int precision = segment.get();
    height = segment.getShort() & 0xFFFF;
    width = segment.getShort() & 0xFFFF;
    int components = segment.get() & 0xFF;
    if (precision != 8 || components == 2 || components > 4) {
      throw new UnusablePictureException(
          Reason.RARE, "JPEG of " + components + " components of " + precision + " bits");
    }
    if (width == 0 || height == 0 || components == 0 || segment.remaining() < 3 * components) {
      throw broken("frame");
    }
    isProgressive = marker == 0xC2;
    ids = new int[components];
    int[] sampling = new int[components];
    int across = 1;
    int down = 1;
    for (int i = 0; i < components; i++) {
      ids[i] = segment.get() & 0xFF;
      sampling[i] = segment.get();
      segment.get();
      if ((sampling[i] >> 4) < 1
          || (sampling[i] >> 4) > 4
          || (sampling[i] & 15) < 1
          || (sampling[i] & 15) > 4) {
        throw broken("sampling");
      }
      across = Math.max(across, sampling[i] >> 4);
      down = Math.max(down, sampling[i] & 15);
    }
    long unitsAcross = (width + 8L * across - 1) / (8L * across);
    long unitsDown = (height + 8L * down - 1) / (8L * down);
    for (int each : sampling) {
      coefficients += unitsAcross * (each >> 4) * unitsDown * (each & 15) * 64;
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int orientation() {
    return orientation;
  }

  @Override
  public byte[] profile() {
    if (profileParts.isEmpty()) {
      return null;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    profileParts.values().forEach(whole::writeBytes);
    return whole.toByteArray();
  }

  @Override
  public long mostPixels() {
    return MAX_PIXELS;
  }

  @Override
  public long heapBytes(int step) {
    long kept = ((width + step - 1L) / step) * ((height + step - 1L) / step);
    long rows = 64L * width * ids.length;
    return essence.length + kept * ids.length + rows;
  }

  /**
   * Returns the native memory. With several scans, the decoder keeps the coefficients of all
   * blocks, two bytes each, until all are read.
   */
  @Override
  public long nativeBytes() {
    return hasCoefficients ? 2 * coefficients : 0;
  }

  @Override
  public PictureFile.Samples samples(int step) throws IOException, UnusablePictureException {
    ImageReader reader = PictureReaders.of(FileType.JPEG);
    AtomicBoolean warned = new AtomicBoolean();
    try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(essence)) {
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener((source, warning) -> warned.set(true));
      ImageReadParam param = reader.getDefaultReadParam();
      param.setSourceSubsampling(step, step, 0, 0);
      Raster raster = reader.readRaster(0, param);
      if (!hasEnd && (isProgressive || warned.get())) {
        throw cutOff("in its picture");
      }
      return new Rows(raster, isYcc());
    } finally {
      reader.dispose();
    }
  }

  /** Returns whether the first three components are luminance and colour differences. */
  private boolean isYcc() {
    if (ids.length < 3) {
      return false;
    }
    if (ids.length == 4) {
      return adobeTransform == 2;
    }
    if (isJfif || adobeTransform != NO_ADOBE) {
      return isJfif || adobeTransform != 0;
    }
    return !(ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B');
  }

  private static final class Rows implements PictureFile.Samples {
    private final Raster raster;
    private final boolean isYcc;
    private final int[] row;

    Rows(Raster raster, boolean isYcc) {
      this.raster = raster;
      this.isYcc = isYcc;
      row = new int[raster.getWidth() * raster.getNumBands()];
    }

    @Override
    public int width() {
      return raster.getWidth();
    }

    @Override
    public int height() {
      return raster.getHeight();
    }

    @Override
    public int components() {
      return raster.getNumBands();
    }

    @Override
    public void read(int y, byte[] colour, byte[] alpha) {
      raster.getPixels(0, y, width(), 1, row);
      Arrays.fill(alpha, 0, width(), (byte) 255);
      int components = components();
      if (isYcc) {
        for (int at = 0; at < row.length; at += components) {
          toRgb(at);
        }
      }
      for (int i = 0; i < row.length; i++) {
        colour[i] = (byte) row[i];
      }
      if (components == 4) {
        // files store 255 for no ink, as Adobe began to; for YCCK the conversion has already made
        // it 0
        for (int i = isYcc ? 3 : 0; i < row.length; i += isYcc ? 4 : 1) {
          colour[i] = (byte) (255 - row[i]);
        }
      }
    }

    /** Converts to RGB by JFIF 1.02, section "colour space". */
    private void toRgb(int at) {
      int y = row[at];
      int cb = row[at + 1] - 128;
      int cr = row[at + 2] - 128;
      row[at] = bounded(y + ((91_881 * cr + 32_768) >> 16));
      row[at + 1] = bounded(y + ((-22_554 * cb - 46_802 * cr + 32_768) >> 16));
      row[at + 2] = bounded(y + ((116_130 * cb + 32_768) >> 16));
    }

    private static int bounded(int value) {
      return Math.max(0, Math.min(255, value));
    }
  }
}
