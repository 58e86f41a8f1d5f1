package io.maquette.mesh;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Materials of a file with their base colour textures. An unreadable texture is left out; its
 * material's colour replaces it.
 */
final class Materials {

  /**
   * Members that name the picture of a texture, besides its {@code source}; the last two are not
   * supported.
   */
  private static final List<String> SOURCES =
      List.of("EXT_texture_webp", "EXT_texture_avif", "KHR_texture_basisu", "MSFT_texture_dds");

  private static final int CLAMP = 33_071;
  private static final int MIRROR = 33_648;

  private final JsonObject gltf;
  private final Buffers buffers;
  private final Map<Integer, Material> known = new HashMap<>();
  private final Map<Integer, TexturePicture> pictures = new HashMap<>();

  Materials(JsonObject gltf, Buffers buffers) {
    this.gltf = gltf;
    this.buffers = buffers;
  }

  /** Returns the material of a primitive; the default one for -1. */
  Material of(int index) {
    return index < 0 ? Material.PLAIN : known.computeIfAbsent(index, this::read);
  }

  private Material read(int index) {
    JsonObject material = gltf.getJsonArray("materials").getJsonObject(index);
    JsonObject look = material.getJsonObject("pbrMetallicRoughness");
    if (look == null) {
      return Material.PLAIN;
    }
    int colour = 0xFFFFFF;
    double opacity = 1;
    if (look.containsKey("baseColorFactor")) {
      JsonArray factor = look.getJsonArray("baseColorFactor");
      colour = Material.srgb(number(factor, 0), number(factor, 1), number(factor, 2));
      opacity = factor.size() > 3 ? number(factor, 3) : 1;
    }
    if (!material.getString("alphaMode", "OPAQUE").equals("BLEND")) {
      opacity = 1;
    }
    JsonObject texture = look.getJsonObject("baseColorTexture");
    return new Material(
        colour, Math.max(0, Math.min(1, opacity)), texture == null ? null : texture(texture));
  }

  private static double number(JsonArray numbers, int index) {
    return numbers.getJsonNumber(index).doubleValue();
  }

  private Texture texture(JsonObject use) {
    JsonObject texture = gltf.getJsonArray("textures").getJsonObject(use.getInt("index"));
    int horizontal = Texture.REPEAT;
    int vertical = Texture.REPEAT;
    if (texture.containsKey("sampler")) {
      JsonObject sampler = gltf.getJsonArray("samplers").getJsonObject(texture.getInt("sampler"));
      horizontal = wrap(sampler.getInt("wrapS", 0));
      vertical = wrap(sampler.getInt("wrapT", 0));
    }
    return new Texture(
        picture(texture),
        horizontal,
        vertical,
        use.getInt("texCoord", 0),
        Texture.Transform.of(use));
  }

  private static int wrap(int mode) {
    return switch (mode) {
      case CLAMP -> Texture.CLAMP;
      case MIRROR -> Texture.MIRROR;
      default -> Texture.REPEAT;
    };
  }

  /** Returns the first readable picture of a texture; an unreadable one if there is none. */
  private TexturePicture picture(JsonObject texture) {
    TexturePicture found = null;
    if (texture.containsKey("source")) {
      found = image(texture.getInt("source"));
    }
    for (String name : SOURCES) {
      JsonObject extension = GlbFile.extension(texture, name);
      if (extension != null && (found == null || !found.hasKnownType())) {
        TexturePicture other = image(extension.getInt("source"));
        found = found == null || other.hasKnownType() ? other : found;
      }
    }
    return found == null ? TexturePicture.MISSING : found;
  }

  private TexturePicture image(int index) {
    return pictures.computeIfAbsent(index, this::readImage);
  }

  private TexturePicture readImage(int index) {
    try {
      JsonObject image = gltf.getJsonArray("images").getJsonObject(index);
      if (image.containsKey("bufferView")) {
        ByteBuffer view = buffers.view(image.getInt("bufferView"));
        byte[] content = new byte[view.limit()];
        view.get(0, content);
        return new TexturePicture(content);
      }
      return DataUri.read(image.getString("uri"))
          .map(TexturePicture::new)
          .orElse(TexturePicture.MISSING);
    } catch (InvalidModelFileException
        | JsonException
        | ClassCastException
        | NullPointerException
        | IndexOutOfBoundsException e) {
      return TexturePicture.MISSING; // the geometry is usable without it
    }
  }

  /** Returns whether a used picture is unreadable; decodes those not decoded yet. */
  boolean haveUnreadableTexture() {
    return known.values().stream()
        .map(Material::texture)
        .anyMatch(texture -> texture != null && !texture.picture().isReadable());
  }
}
