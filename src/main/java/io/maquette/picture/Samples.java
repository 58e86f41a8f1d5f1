package io.maquette.picture;

/** The numbers of a decoded picture, row by row, before they mean colours. */
interface Samples {

  int width();

  int height();

  /** 1 for grey, 3 for RGB, 4 for CMYK. */
  int components();

  /**
   * Reads a row.
   *
   * @param colour receives the numbers of each pixel, one after the other; of CMYK, 0 is no ink
   * @param alpha receives the opacity of each pixel
   */
  void read(int row, byte[] colour, byte[] alpha);
}
