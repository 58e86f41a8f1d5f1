package io.maquette.picture;

/** Samples of a decoded picture, row by row, before conversion to colours. */
interface Samples {

  int width();

  int height();

  /** Returns 1 for grey, 3 for RGB, 4 for CMYK. */
  int components();

  /**
   * Reads a row.
   *
   * @param colour receives the samples of each pixel, one after the other; of CMYK, 0 is no ink
   * @param alpha receives the opacity of each pixel
   */
  void read(int row, byte[] colour, byte[] alpha);
}
