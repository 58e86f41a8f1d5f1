package io.maquette.picture;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Colour profile of a picture and its conversion to sRGB. Without a usable profile, grey and RGB
 * count as sRGB, and CMYK is mixed as browsers do it.
 *
 * <p>Java's own grey colour space is never used: its grey is linear, so that 128 would become 188.
 */
final class ColourProfile {

  /** Maximum size of a profile, in bytes; profiles of printers have up to 3 MB. */
  static final int MAX_BYTES = 4 << 20;

  private static final int HEADER_BYTES = 128;

  private static final Set<String> CLASSES = Set.of("scnr", "mntr", "prtr", "spac");
  private static final Set<String> CONNECTION_SPACES = Set.of("XYZ ", "Lab ");

  private final int components;
  private final ColorConvertOp conversion;

  private ColourProfile(int components, ColorConvertOp conversion) {
    this.components = components;
    this.conversion = conversion;
  }

  /** Creates the interpretation of samples without a profile. */
  static ColourProfile none(int components) {
    return new ColourProfile(components, null);
  }

  /**
   * Creates the interpretation of samples with an embedded profile.
   *
   * @param icc the profile; may be null or invalid
   * @param components 1 for grey, 3 for RGB, 4 for CMYK
   */
  static ColourProfile of(byte[] icc, int components) {
    if (icc == null || !fits(icc, components)) {
      return none(components);
    }
    try {
      ColorConvertOp conversion =
          new ColorConvertOp(
              new ICC_Profile[] {
                ICC_Profile.getInstance(icc), ICC_Profile.getInstance(ColorSpace.CS_sRGB)
              },
              null);
      ColourProfile profile = new ColourProfile(components, conversion);
      return profile.changesNothing() ? none(components) : profile;
    } catch (RuntimeException e) { // Java throws various exceptions for an invalid profile
      return none(components);
    }
  }

  /**
   * Returns whether the header is of a profile with this number of components (ICC.1:2022, 7.2).
   */
  private static boolean fits(byte[] icc, int components) {
    if (icc.length < HEADER_BYTES || icc.length > MAX_BYTES) {
      return false;
    }
    String space = components == 1 ? "GRAY" : components == 3 ? "RGB " : "CMYK";
    return text(icc, 36).equals("acsp")
        && text(icc, 16).equals(space)
        && CLASSES.contains(text(icc, 12))
        && CONNECTION_SPACES.contains(text(icc, 20));
  }

  private static String text(byte[] icc, int at) {
    return new String(icc, at, 4, StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns whether the profile is that of sRGB. A conversion would cost time and round each sample
   * once more.
   */
  private boolean changesNothing() {
    if (components == 4) {
      convert(new byte[4], new int[1], 1); // fails here if the profile is invalid
      return false;
    }
    int steps = components == 1 ? 256 : 6 * 6 * 6;
    byte[] probe = new byte[steps * components];
    for (int i = 0; i < steps; i++) {
      if (components == 1) {
        probe[i] = (byte) i;
      } else {
        probe[3 * i] = (byte) (i % 6 * 51);
        probe[3 * i + 1] = (byte) (i / 6 % 6 * 51);
        probe[3 * i + 2] = (byte) (i / 36 * 51);
      }
    }
    int[] converted = new int[steps];
    int[] plain = new int[steps];
    convert(probe, converted, steps);
    none(components).convert(probe, plain, steps);
    for (int i = 0; i < steps; i++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        if (Math.abs((converted[i] >> shift & 255) - (plain[i] >> shift & 255)) > 1) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Converts a row.
   *
   * @param colour samples of each pixel, one after the other; of CMYK, 0 is no ink
   * @param rgb receives 0xRRGGBB of each pixel
   */
  void convert(byte[] colour, int[] rgb, int pixels) {
    if (conversion != null) {
      convertByProfile(colour, rgb, pixels);
      return;
    }
    switch (components) {
      case 1 -> {
        for (int i = 0; i < pixels; i++) {
          rgb[i] = (colour[i] & 255) * 0x010101;
        }
      }
      case 3 -> {
        for (int i = 0, at = 0; i < pixels; i++, at += 3) {
          rgb[i] = (colour[at] & 255) << 16 | (colour[at + 1] & 255) << 8 | (colour[at + 2] & 255);
        }
      }
      default -> {
        for (int i = 0, at = 0; i < pixels; i++, at += 4) {
          int white = 255 - (colour[at + 3] & 255);
          rgb[i] =
              withoutInk(colour[at], white) << 16
                  | withoutInk(colour[at + 1], white) << 8
                  | withoutInk(colour[at + 2], white);
        }
      }
    }
  }

  private static int withoutInk(byte ink, int white) {
    return ((255 - (ink & 255)) * white + 127) / 255;
  }

  private void convertByProfile(byte[] colour, int[] rgb, int pixels) {
    WritableRaster from =
        Raster.createInterleavedRaster(
            new DataBufferByte(colour, pixels * components),
            pixels,
            1,
            pixels * components,
            components,
            bands(components),
            null);
    byte[] converted = new byte[3 * pixels];
    WritableRaster to =
        Raster.createInterleavedRaster(
            new DataBufferByte(converted, converted.length),
            pixels,
            1,
            3 * pixels,
            3,
            bands(3),
            null);
    conversion.filter(from, to);
    for (int i = 0, at = 0; i < pixels; i++, at += 3) {
      rgb[i] =
          (converted[at] & 255) << 16 | (converted[at + 1] & 255) << 8 | (converted[at + 2] & 255);
    }
  }

  private static int[] bands(int count) {
    int[] bands = new int[count];
    for (int i = 0; i < count; i++) {
      bands[i] = i;
    }
    return bands;
  }
}
