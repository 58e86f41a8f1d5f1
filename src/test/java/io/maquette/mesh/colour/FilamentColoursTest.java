package io.maquette.mesh.colour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Test that colours of triangles become a few filament colours, as people see them. */
class FilamentColoursTest {

  private static final int RED = 0xC01010;
  private static final int GREEN = 0x10A020;
  private static final int BLUE = 0x2030B0;

  /** Creates a strip of triangles, each the neighbour of the next. */
  private static ColouredFaces strip(int[] colours, float[] areas) {
    int[] neighbours = new int[3 * colours.length];
    Arrays.fill(neighbours, -1);
    for (int face = 0; face < colours.length; face++) {
      neighbours[3 * face] = face - 1;
      neighbours[3 * face + 1] = face + 1 < colours.length ? face + 1 : -1;
    }
    return new ColouredFaces(colours, areas, neighbours);
  }

  private static ColouredFaces strip(int... colours) {
    float[] areas = new float[colours.length];
    Arrays.fill(areas, 1);
    return strip(colours, areas);
  }

  private static int[] shades(int colour, int count, Random random) {
    int[] shades = new int[count];
    for (int i = 0; i < count; i++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        int value = (colour >> shift & 255) + random.nextInt(31) - 15;
        shades[i] |= Math.max(0, Math.min(255, value)) << shift;
      }
    }
    return shades;
  }

  @Test
  void colours_that_are_few_stay_exact_and_the_largest_comes_first() {
    FilamentColours found =
        FilamentColours.of(
            strip(new int[] {RED, GREEN, BLUE}, new float[] {1, 3, 2}), FilamentChoice.of(4));
    assertThat(found.palette()).containsExactly(GREEN, BLUE, RED);
    assertThat(found.filaments()).containsExactly(2, 0, 1);
  }

  @Test
  void shades_of_three_colours_become_three_filaments() {
    Random random = new Random(7);
    int[] colours = new int[3_000];
    System.arraycopy(shades(RED, 1_500, random), 0, colours, 0, 1_500);
    System.arraycopy(shades(GREEN, 1_000, random), 0, colours, 1_500, 1_000);
    System.arraycopy(shades(BLUE, 500, random), 0, colours, 2_500, 500);
    FilamentColours found = FilamentColours.of(strip(colours), FilamentChoice.of(3));
    int[] expected = {RED, GREEN, BLUE};
    assertThat(found.palette()).hasSize(3);
    for (int filament = 0; filament < 3; filament++) {
      assertThat(Lab.of(found.palette().get(filament)).squaredDistance(Lab.of(expected[filament])))
          .isLessThan(9);
    }
    for (int face = 0; face < colours.length; face++) {
      int filament = face < 1_500 ? 0 : face < 2_500 ? 1 : 2;
      assertThat((int) found.filaments()[face]).as("triangle %d", face).isEqualTo(filament);
    }
  }

  @Test
  void the_colour_of_a_large_area_counts_more_than_many_small_triangles() {
    int[] colours = new int[101];
    float[] areas = new float[101];
    Arrays.fill(colours, 0xF0F0F0);
    Arrays.fill(areas, 0.01f);
    colours[0] = 0x303030;
    areas[0] = 1_000;
    FilamentColours found = FilamentColours.of(strip(colours, areas), FilamentChoice.of(1));
    assertThat(found.palette()).singleElement().isEqualTo(0x303030);
  }

  @Test
  void more_colours_than_a_table_has_are_reduced_to_sixteen() {
    int[] colours = new int[100_000];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = i * 167 & 0xFFFFFF;
    }
    float[] areas = new float[colours.length];
    Arrays.fill(areas, 1);
    int[] alone = new int[3 * colours.length];
    Arrays.fill(alone, -1);
    ColouredFaces faces = new ColouredFaces(colours, areas, alone);
    FilamentColours found = FilamentColours.of(faces, FilamentChoice.of(16));
    assertThat(found.palette()).hasSize(16).doesNotHaveDuplicates();
    FilamentColours again = FilamentColours.of(faces, FilamentChoice.of(16));
    assertThat(again.palette()).as("the same each time").isEqualTo(found.palette());
    assertThat(again.filaments()).isEqualTo(found.filaments());
  }

  @Test
  void a_lone_patch_gets_the_colour_around_it_and_a_larger_one_stays() {
    int[] colours = new int[1_000];
    float[] areas = new float[1_000];
    Arrays.fill(colours, RED);
    Arrays.fill(areas, 100);
    colours[500] = GREEN;
    areas[500] = 1; // less than 1/20,000 of the surface
    colours[800] = BLUE;
    FilamentColours found = FilamentColours.of(strip(colours, areas), FilamentChoice.of(3));
    assertThat(found.palette()).containsExactly(RED, BLUE);
    assertThat((int) found.filaments()[500]).isZero();
    assertThat((int) found.filaments()[800]).isEqualTo(1);
  }

  @Test
  void lone_patches_next_to_each_other_are_smoothed_together() {
    int[] colours = new int[1_000];
    float[] areas = new float[1_000];
    Arrays.fill(colours, RED);
    Arrays.fill(areas, 100);
    for (int face = 500; face < 504; face++) {
      colours[face] = face % 2 == 0 ? GREEN : BLUE;
      areas[face] = 0.5f;
    }
    FilamentColours found = FilamentColours.of(strip(colours, areas), FilamentChoice.of(3));
    assertThat(found.palette()).containsExactly(RED);
  }

  @Test
  void locked_colours_keep_their_places_and_free_ones_follow() {
    int white = 0xFFFFFF;
    int nearRed = 0xB01818;
    FilamentColours found =
        FilamentColours.of(
            strip(GREEN, GREEN, RED, BLUE), new FilamentChoice(4, List.of(white, nearRed)));
    assertThat(found.palette()).containsExactly(white, nearRed, GREEN, BLUE);
    assertThat(found.filaments()).containsExactly(2, 2, 1, 3);
  }

  @Test
  void a_full_palette_takes_every_triangle_to_its_nearest_colour() {
    FilamentColours found =
        FilamentColours.of(
            strip(0xFF2020, 0x101010, 0xE8E8E8),
            new FilamentChoice(2, List.of(0x000000, 0xFFFFFF)));
    assertThat(found.palette()).containsExactly(0x000000, 0xFFFFFF);
    assertThat(found.filaments()[1]).isZero();
    assertThat((int) found.filaments()[2]).isEqualTo(1);
  }

  @Test
  void surfaces_without_an_area_have_colours() {
    FilamentColours found =
        FilamentColours.of(strip(new int[] {RED, BLUE}, new float[2]), FilamentChoice.of(2));
    assertThat(found.palette()).containsExactlyInAnyOrder(RED, BLUE);
  }

  @Test
  void numbers_outside_the_bounds_are_refused() {
    for (int count : new int[] {0, 17}) {
      assertThatThrownBy(() -> FilamentColours.of(strip(RED), FilamentChoice.of(count)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> FilamentColours.of(strip(RED), new FilamentChoice(1, List.of(RED, BLUE))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ColouredFaces(new int[2], new float[2], new int[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void every_grey_and_primary_colour_survives_the_way_through_cielab() {
    for (int value = 0; value < 256; value++) {
      for (int colour : new int[] {value * 0x010101, value, value << 8, value << 16}) {
        assertThat(Lab.of(colour).rgb()).isEqualTo(colour);
      }
    }
    assertThat(Lab.of(0xFFFFFF).lightness()).isBetween(99.99, 100.01);
  }
}
