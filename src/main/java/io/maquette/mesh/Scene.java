package io.maquette.mesh;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Nodes of a file's default scene with their placements (glTF 2.0 specification, section 3.5).
 * Without a scene, the roots are all nodes without a parent.
 */
final class Scene {

  /** Maximum number of placed nodes; a node that is used twice counts twice. */
  private static final int MAX_NODES = 100_000;

  /** Maximum path length to a joint; each joint's path is followed separately. */
  private static final int MAX_JOINT_DEPTH = 1_000;

  /**
   * Node in the scene.
   *
   * @param placement placement in millimetres
   */
  record Placed(JsonObject node, Placement placement) {}

  private record Visit(int node, Placement around, int depth) {}

  private final JsonObject gltf;
  private final JsonArray nodes;
  private final int[] parents;

  Scene(JsonObject gltf) {
    this.gltf = gltf;
    nodes = GlbFile.array(gltf, "nodes");
    parents = new int[nodes.size()];
    Arrays.fill(parents, -1);
    for (int i = 0; i < parents.length; i++) {
      JsonArray children = GlbFile.array(nodes.getJsonObject(i), "children");
      for (int child = 0; child < children.size(); child++) {
        parents[children.getInt(child)] = i;
      }
    }
  }

  /**
   * Returns the nodes with a mesh, in the order of the file's tree.
   *
   * @throws InvalidModelFileException if nodes contain themselves or are too many
   */
  List<Placed> meshes() throws InvalidModelFileException {
    Deque<Visit> open = new ArrayDeque<>();
    List<Integer> roots = roots();
    for (int i = roots.size() - 1; i >= 0; i--) {
      open.push(new Visit(roots.get(i), Placement.MILLIMETRES, 1));
    }
    List<Placed> placed = new ArrayList<>();
    int visits = 0;
    while (!open.isEmpty()) {
      Visit visit = open.pop();
      if (visit.depth() > parents.length) {
        throw new InvalidModelFileException("a node contains itself");
      }
      JsonArray children = addMesh(visit, placed);
      visits += 1 + children.size();
      if (visits > 2 * MAX_NODES) {
        throw new InvalidModelFileException(
            InvalidModelFileException.Fault.TOO_MANY_NODES,
            "more than " + MAX_NODES + " nodes",
            MAX_NODES);
      }
      Placement placement = visit.around().with(nodes.getJsonObject(visit.node()));
      for (int i = children.size() - 1; i >= 0; i--) {
        open.push(new Visit(children.getInt(i), placement, visit.depth() + 1));
      }
    }
    return placed;
  }

  private JsonArray addMesh(Visit visit, List<Placed> placed) {
    JsonObject node = nodes.getJsonObject(visit.node());
    JsonObject visibility = GlbFile.extension(node, "KHR_node_visibility");
    if (visibility != null && !visibility.getBoolean("visible", true)) {
      return jakarta.json.JsonValue.EMPTY_JSON_ARRAY;
    }
    if (node.containsKey("mesh")) {
      placed.add(new Placed(node, visit.around().with(node)));
    }
    return GlbFile.array(node, "children");
  }

  private List<Integer> roots() {
    List<Integer> roots = new ArrayList<>();
    JsonArray scenes = GlbFile.array(gltf, "scenes");
    if (scenes.isEmpty()) {
      for (int i = 0; i < parents.length; i++) {
        if (parents[i] < 0) {
          roots.add(i);
        }
      }
    } else {
      JsonArray listed = GlbFile.array(scenes.getJsonObject(gltf.getInt("scene", 0)), "nodes");
      for (int i = 0; i < listed.size(); i++) {
        roots.add(listed.getInt(i));
      }
    }
    return roots;
  }

  /** Returns the placement of a node in millimetres, e.g. of a joint at rest. */
  Placement placementOf(int node) throws InvalidModelFileException {
    Deque<Integer> path = new ArrayDeque<>();
    for (int at = node; at >= 0; at = parents[at]) {
      path.push(at);
      if (path.size() > MAX_JOINT_DEPTH) {
        throw new InvalidModelFileException(
            "a joint contains itself, or is nested more than " + MAX_JOINT_DEPTH + " deep");
      }
    }
    Placement placement = Placement.MILLIMETRES;
    for (int at : path) {
      placement = placement.with(nodes.getJsonObject(at));
    }
    return placement;
  }
}
