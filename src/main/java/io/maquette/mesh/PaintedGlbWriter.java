package io.maquette.mesh;

import io.maquette.mesh.colour.FilamentColours;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writer of a GLB that shows a surface in its filament colours: in metres, Y up, one primitive and
 * one material for each filament. All primitives share the points. There are no normals, so viewers
 * shade each triangle flat (glTF 2.0, section 3.7.2.1).
 */
final class PaintedGlbWriter {

  private static final int MAGIC = 0x46546C67; // "glTF"
  private static final int JSON_CHUNK = 0x4E4F534A; // "JSON"
  private static final int BINARY_CHUNK = 0x004E4942; // "BIN"
  private static final int FLOAT = 5126;
  private static final int UNSIGNED_INT = 5125;
  private static final int ARRAY_BUFFER = 34962;
  private static final int ELEMENT_ARRAY_BUFFER = 34963;
  private static final int POINT = 3 * Float.BYTES;
  private static final int TRIANGLE = 3 * Integer.BYTES;
  private static final float MILLIMETRE = 0.001f;

  private PaintedGlbWriter() {}

  /** Writes the whole file; filaments without a triangle have no primitive. */
  static void write(Surface surface, FilamentColours colours, OutputStream out) throws IOException {
    int[] faces = new int[colours.palette().size()];
    for (byte filament : colours.filaments()) {
      faces[filament]++;
    }
    long length = (long) POINT * surface.pointCount() + (long) TRIANGLE * surface.faceCount();
    byte[] json = padded(json(surface, colours, faces, length));
    out.write(
        buffer(20)
            .putInt(MAGIC)
            .putInt(2)
            .putInt(Math.toIntExact(28 + json.length + length))
            .putInt(json.length)
            .putInt(JSON_CHUNK)
            .array());
    out.write(json);
    out.write(buffer(8).putInt((int) length).putInt(BINARY_CHUNK).array());
    writePoints(surface, out);
    for (int filament = 0; filament < faces.length; filament++) {
      writeFaces(surface, colours.filaments(), filament, out);
    }
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] padded(JsonObject json) {
    byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + 3) & ~3);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void writePoints(Surface surface, OutputStream out) throws IOException {
    byte[] bytes = new byte[POINT];
    ByteBuffer point = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int corner : surface.cornerOfEachPoint()) {
      point.clear();
      for (int axis = 0; axis < 3; axis++) {
        point.putFloat(surface.positions()[3 * corner + axis] * MILLIMETRE);
      }
      out.write(bytes);
    }
  }

  private static void writeFaces(Surface surface, byte[] filaments, int filament, OutputStream out)
      throws IOException {
    byte[] bytes = new byte[TRIANGLE];
    ByteBuffer triangle = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int face = 0; face < filaments.length; face++) {
      if (filaments[face] == filament) {
        triangle.clear();
        for (int side = 0; side < 3; side++) {
          triangle.putInt(surface.point()[surface.corners()[3 * face + side]]);
        }
        out.write(bytes);
      }
    }
  }

  private static JsonObject json(
      Surface surface, FilamentColours colours, int[] faces, long length) {
    JsonArrayBuilder views = Json.createArrayBuilder();
    JsonArrayBuilder accessors = Json.createArrayBuilder();
    JsonArrayBuilder primitives = Json.createArrayBuilder();
    JsonArrayBuilder materials = Json.createArrayBuilder();
    views.add(view(0, POINT * surface.pointCount(), ARRAY_BUFFER));
    accessors.add(points(surface));
    int offset = POINT * surface.pointCount();
    int next = 0;
    for (int filament = 0; filament < faces.length; filament++) {
      if (faces[filament] == 0) {
        continue;
      }
      views.add(view(offset, TRIANGLE * faces[filament], ELEMENT_ARRAY_BUFFER));
      offset += TRIANGLE * faces[filament];
      accessors.add(accessor(next + 1, UNSIGNED_INT, 3 * faces[filament], "SCALAR"));
      primitives.add(
          Json.createObjectBuilder()
              .add("attributes", Json.createObjectBuilder().add("POSITION", 0))
              .add("indices", next + 1)
              .add("material", next));
      materials.add(material(filament, colours.palette().get(filament)));
      next++;
    }
    return Json.createObjectBuilder()
        .add("asset", Json.createObjectBuilder().add("version", "2.0").add("generator", "Maquette"))
        .add("scene", 0)
        .add(
            "scenes",
            array(Json.createObjectBuilder().add("nodes", Json.createArrayBuilder().add(0))))
        .add("nodes", array(Json.createObjectBuilder().add("mesh", 0)))
        .add("meshes", array(Json.createObjectBuilder().add("primitives", primitives)))
        .add("materials", materials)
        .add("buffers", array(Json.createObjectBuilder().add("byteLength", length)))
        .add("bufferViews", views)
        .add("accessors", accessors)
        .build();
  }

  private static JsonArrayBuilder array(JsonObjectBuilder only) {
    return Json.createArrayBuilder().add(only);
  }

  private static JsonObjectBuilder view(int offset, int length, int target) {
    return Json.createObjectBuilder()
        .add("buffer", 0)
        .add("byteOffset", offset)
        .add("byteLength", length)
        .add("target", target);
  }

  private static JsonObjectBuilder accessor(int view, int type, int count, String shape) {
    return Json.createObjectBuilder()
        .add("bufferView", view)
        .add("componentType", type)
        .add("count", count)
        .add("type", shape);
  }

  private static JsonObjectBuilder points(Surface surface) {
    JsonArrayBuilder least = Json.createArrayBuilder();
    JsonArrayBuilder most = Json.createArrayBuilder();
    for (int axis = 0; axis < 3; axis++) {
      float[] extent = surface.extent(axis);
      least.add((double) (extent[0] * MILLIMETRE));
      most.add((double) (extent[1] * MILLIMETRE));
    }
    return accessor(0, FLOAT, surface.pointCount(), "VEC3").add("min", least).add("max", most);
  }

  private static JsonObjectBuilder material(int filament, int colour) {
    JsonArrayBuilder light = Json.createArrayBuilder();
    for (int shift = 16; shift >= 0; shift -= 8) {
      light.add(Material.linear(colour >> shift & 255));
    }
    return Json.createObjectBuilder()
        .add("name", "filament " + (filament + 1))
        .add(
            "pbrMetallicRoughness",
            Json.createObjectBuilder()
                .add("baseColorFactor", light.add(1))
                .add("metallicFactor", 0)
                .add("roughnessFactor", 0.8));
  }
}
