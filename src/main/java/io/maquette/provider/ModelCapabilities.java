package io.maquette.provider;

import java.util.List;
import java.util.Optional;

/**
 * Options of models that a provider accepts with the model of the settings.
 *
 * @param inputs what a job is made from
 * @param mesh options of the mesh
 * @param surface options of the surface
 * @param seed accepted seeds; empty if a model cannot be repeated
 * @param forms forms of the built-in studio; empty for other providers
 * @param cost basis of the charges
 */
public record ModelCapabilities(
    Inputs inputs,
    Mesh mesh,
    Surface surface,
    Optional<NumberRange> seed,
    List<String> forms,
    CostBasis cost) {

  /**
   * Input of a job.
   *
   * @param kinds {@code picture}, {@code text}, or both
   * @param views views of the object that a job accepts, e.g. {@code front}
   */
  public record Inputs(List<String> kinds, List<String> views) {

    /** One picture of the front. */
    public static final Inputs PICTURE = new Inputs(List.of("picture"), List.of("front"));

    public Inputs {
      kinds = List.copyOf(kinds);
      views = List.copyOf(views);
    }
  }

  /**
   * Options of the mesh.
   *
   * @param faces accepted numbers of faces; empty if there is no choice
   * @param topologies accepted topologies, {@code triangle} and {@code quad}; empty if there is no
   *     choice
   * @param formats formats that the provider delivers and Maquette reads
   */
  public record Mesh(Optional<NumberRange> faces, List<String> topologies, List<String> formats) {
    public Mesh {
      topologies = List.copyOf(topologies);
      formats = List.copyOf(formats);
    }

    /** Creates a mesh whose number of faces a task can choose. */
    public static Mesh ofFaces(long min, long max, String... formats) {
      return new Mesh(Optional.of(new NumberRange(min, max)), List.of(), List.of(formats));
    }

    /** Creates a mesh without a choice. */
    public static Mesh plain(String... formats) {
      return new Mesh(Optional.empty(), List.of(), List.of(formats));
    }
  }

  /**
   * Options of the surface.
   *
   * @param texture whether a task can choose a model with or without a texture
   * @param pbr whether a task can choose materials for physically based rendering (PBR)
   */
  public record Surface(boolean texture, boolean pbr) {

    /** A surface without a choice. */
    public static final Surface PLAIN = new Surface(false, false);
  }

  public ModelCapabilities {
    forms = List.copyOf(forms);
  }

  /** Creates the capabilities of a provider that makes GLB from a picture, without options. */
  public static ModelCapabilities plain(CostBasis cost) {
    return new ModelCapabilities(
        Inputs.PICTURE, Mesh.plain("glb"), Surface.PLAIN, Optional.empty(), List.of(), cost);
  }
}
