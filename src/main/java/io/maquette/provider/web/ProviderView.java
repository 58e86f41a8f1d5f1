package io.maquette.provider.web;

import io.maquette.provider.CostBasis;
import io.maquette.provider.ImageCapabilities;
import io.maquette.provider.ImageProvider;
import io.maquette.provider.ModelCapabilities;
import io.maquette.provider.ModelProvider;
import io.maquette.provider.NumberRange;
import java.util.List;

/**
 * JSON view of a provider that the settings choose.
 *
 * @param name name of the provider, as in the settings
 * @param pictures its options of pictures; null if it makes none here
 * @param models its options of models; null if it makes none here
 */
public record ProviderView(String name, PicturesView pictures, ModelsView models) {

  /**
   * JSON view of the options of pictures.
   *
   * @param count number of pictures that one request can make; Maquette requests one at a time
   * @param sizes accepted aspect ratios, each with its size
   * @param qualities accepted qualities, the lowest first
   * @param negativePrompt whether a request can say what the picture must not contain
   * @param seed accepted seeds; null if a picture cannot be repeated
   */
  public record PicturesView(
      int count,
      List<SizeView> sizes,
      List<String> qualities,
      boolean negativePrompt,
      NumberRange seed) {

    static PicturesView of(ImageCapabilities all) {
      return new PicturesView(
          all.count(),
          all.sizes().entrySet().stream()
              .map(size -> new SizeView(size.getKey(), size.getValue()))
              .toList(),
          all.qualities(),
          all.negativePrompt(),
          all.seed().orElse(null));
    }
  }

  /** JSON view of an aspect ratio, such as {@code 3:2}, and its size in pixels, {@code WxH}. */
  public record SizeView(String aspect, String size) {}

  /**
   * JSON view of the options of models.
   *
   * @param inputs what a model is made from
   * @param mesh options of the mesh
   * @param surface options of the surface
   * @param seed accepted seeds; null if a model cannot be repeated
   * @param forms forms of the built-in studio; empty for other providers
   * @param cost basis of the charges
   */
  public record ModelsView(
      ModelCapabilities.Inputs inputs,
      MeshView mesh,
      ModelCapabilities.Surface surface,
      NumberRange seed,
      List<String> forms,
      CostBasis cost) {

    static ModelsView of(ModelCapabilities all) {
      return new ModelsView(
          all.inputs(),
          new MeshView(
              all.mesh().faces().orElse(null), all.mesh().topologies(), all.mesh().formats()),
          all.surface(),
          all.seed().orElse(null),
          all.forms(),
          all.cost());
    }
  }

  /**
   * JSON view of the options of the mesh.
   *
   * @param faces accepted numbers of faces; null if there is no choice
   * @param topologies accepted topologies; empty if there is no choice
   * @param formats formats that the provider delivers
   */
  public record MeshView(NumberRange faces, List<String> topologies, List<String> formats) {}

  static ProviderView of(ImageProvider provider) {
    return new ProviderView(provider.name(), PicturesView.of(provider.capabilities()), null);
  }

  static ProviderView of(ModelProvider provider) {
    return new ProviderView(provider.name(), null, ModelsView.of(provider.capabilities()));
  }

  /** Returns the view of a provider that has both views. */
  ProviderView and(ProviderView other) {
    return new ProviderView(
        name, pictures == null ? other.pictures : pictures, models == null ? other.models : models);
  }
}
