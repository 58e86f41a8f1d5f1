package io.maquette.provider;

import io.maquette.option.ModelOptions;
import java.util.ArrayList;
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

  /** Returns the options that the provider does not accept; empty if it accepts all. */
  public List<UnsupportedOption> unsupported(ModelOptions options) {
    List<UnsupportedOption> unsupported = new ArrayList<>();
    options
        .faces()
        .filter(number -> !isIn(mesh.faces(), number))
        .ifPresent(number -> unsupported.add(new UnsupportedOption("faces", words(mesh.faces()))));
    options
        .topology()
        .filter(name -> !mesh.topologies().contains(name))
        .ifPresent(name -> unsupported.add(new UnsupportedOption("topology", mesh.topologies())));
    options
        .texture()
        .filter(wanted -> !surface.texture())
        .ifPresent(wanted -> unsupported.add(new UnsupportedOption("texture", List.of())));
    options
        .pbr()
        .filter(wanted -> !surface.pbr() || isBare(options))
        .ifPresent(wanted -> unsupported.add(new UnsupportedOption("pbr", List.of())));
    options
        .seed()
        .filter(number -> !isIn(seed, number))
        .ifPresent(number -> unsupported.add(new UnsupportedOption("seed", words(seed))));
    options
        .form()
        .filter(name -> !forms.contains(name))
        .ifPresent(name -> unsupported.add(new UnsupportedOption("form", forms)));
    return unsupported;
  }

  /** Returns whether PBR materials are requested for a model without a texture. */
  private static boolean isBare(ModelOptions options) {
    return options.pbr().orElse(false) && !options.texture().orElse(true);
  }

  private static boolean isIn(Optional<NumberRange> range, long number) {
    return range.isPresent() && range.get().contains(number);
  }

  private static List<String> words(Optional<NumberRange> range) {
    return range.map(NumberRange::words).stream().toList();
  }

  /** Creates the capabilities of a provider that makes GLB from a picture, without options. */
  public static ModelCapabilities plain(CostBasis cost) {
    return new ModelCapabilities(
        Inputs.PICTURE, Mesh.plain("glb"), Surface.PLAIN, Optional.empty(), List.of(), cost);
  }
}
