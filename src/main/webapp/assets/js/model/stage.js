// Parts of every view of a model: soft light from all sides, a model in the middle of the ground, and a
// camera that sees all of it.

import { withDecoders } from './decoders.js';

const FIELD_OF_VIEW = 35;
const MARGIN = 1.08;

/**
 * @param {Libraries} libraries
 * @param {HTMLCanvasElement} canvas
 */
export function makeRenderer({ three }, canvas) {
  const renderer = new three.WebGLRenderer({ canvas, antialias: true, alpha: true });
  renderer.toneMapping = three.NeutralToneMapping; // colours stay what they are
  return renderer;
}

/**
 * @param {Libraries} libraries
 * @param {import('three').WebGLRenderer} renderer
 */
export function makeScene({ three, RoomEnvironment }, renderer) {
  const scene = new three.Scene();
  const generator = new three.PMREMGenerator(renderer);
  const room = new RoomEnvironment();
  scene.environment = generator.fromScene(room, 0.04).texture;
  scene.environmentIntensity = 0.6;
  room.dispose();
  generator.dispose();
  return scene;
}

/** @param {Libraries} libraries */
export function makeCamera({ three }) {
  return new three.PerspectiveCamera(FIELD_OF_VIEW, 1, 0.01, 100);
}

/**
 * A manager that loads only what is in the file, and requests no other address.
 *
 * @param {Three} three
 * @param {string} url
 */
function managerFor({ LoadingManager }, url) {
  const manager = new LoadingManager();
  manager.setURLModifier((asked) => (asked === url || /^(blob|data):/i.test(asked) ? asked : 'data:,'));
  return manager;
}

/**
 * The scene of a file; without one, all nodes that are in no other.
 *
 * @param {Three} three
 * @param {Pick<GLTF, 'parser'> & { scene: Object3D | null }} file
 */
async function sceneOf({ Group }, { scene, parser }) {
  if (scene) {
    return scene;
  }
  /** @type {Object3D[]} */
  const nodes = await parser.getDependencies('node');
  const children = new Set(parser.json.nodes.flatMap((/** @type {{ children?: number[] }} */ node) => node.children ?? []));
  const group = new Group();
  group.add(...nodes.filter((_, index) => !children.has(index)));
  return group;
}

/**
 * @param {Libraries} libraries
 * @param {string} url
 * @param {(event: ProgressEvent) => void} [onProgress]
 * @return {Promise<StandingModel>}
 */
export async function loadModel({ three, GLTFLoader }, url, onProgress) {
  const loader = withDecoders(new GLTFLoader(managerFor(three, url)), three);
  const model = await sceneOf(three, await loader.loadAsync(url, onProgress));
  /** @type {Object3D[]} */
  const hidden = [];
  model.traverse((part) => {
    if (part.userData.gltfExtensions?.KHR_node_visibility?.visible === false) {
      hidden.push(part);
    }
  });
  hidden.forEach((part) => part.removeFromParent()); // they would count in the size
  const box = new three.Box3().setFromObject(model, true); // by its vertices: what the file says may be wrong
  const size = box.getSize(new three.Vector3());
  const largest = Math.max(size.x, size.y, size.z);
  if (!Number.isFinite(largest) || largest <= 0) {
    throw new Error('The model is empty');
  }
  const scale = 1 / largest;
  const middle = box.getCenter(new three.Vector3());
  model.position.sub(new three.Vector3(middle.x, box.min.y, middle.z));
  const standing = new three.Group();
  standing.add(model);
  standing.scale.setScalar(scale);
  return { model: standing, size, height: size.y * scale, radius: (size.length() / 2) * scale };
}

/**
 * The distance from which the camera sees all of a model.
 *
 * @param {import('three').PerspectiveCamera} camera
 * @param {number} radius
 */
export function distanceFor(camera, radius) {
  const vertical = (camera.fov * Math.PI) / 360;
  const narrower = Math.min(vertical, Math.atan(Math.tan(vertical) * camera.aspect));
  return (radius / Math.sin(narrower)) * MARGIN;
}

/**
 * Frees the memory of a model on the graphics card.
 *
 * @param {Object3D} model
 */
export function disposeModel(model) {
  model.traverse((part) => {
    const { geometry, material: materials } = /** @type {import('three').Mesh} */ (part);
    geometry?.dispose();
    for (const material of [materials ?? []].flat()) {
      for (const value of Object.values(material)) {
        if (value?.isTexture) {
          value.dispose();
        }
      }
      material.dispose();
    }
  });
}
