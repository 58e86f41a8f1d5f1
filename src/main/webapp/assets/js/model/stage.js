// What every view of a model has in common: soft light from all around, a model that stands in the
// middle of the ground, and a camera from which it is seen whole.

import { withDecoders } from './decoders.js';

const FIELD_OF_VIEW = 35;
const MARGIN = 1.08;

export function makeRenderer({ three }, canvas) {
  const renderer = new three.WebGLRenderer({ canvas, antialias: true, alpha: true });
  renderer.toneMapping = three.NeutralToneMapping; // colours stay what they are
  return renderer;
}

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

export function makeCamera({ three }) {
  return new three.PerspectiveCamera(FIELD_OF_VIEW, 1, 0.01, 100);
}

/** Only what is in the file is loaded: an address of elsewhere in it is never asked for. */
function managerFor({ LoadingManager }, url) {
  const manager = new LoadingManager();
  manager.setURLModifier((asked) => (asked === url || /^(blob|data):/i.test(asked) ? asked : 'data:,'));
  return manager;
}

/** What a file without a scene shows: all nodes that are in no other. */
async function sceneOf({ Group }, { scene, parser }) {
  if (scene) {
    return scene;
  }
  const nodes = await parser.getDependencies('node');
  const children = new Set(parser.json.nodes.flatMap((node) => node.children ?? []));
  const group = new Group();
  group.add(...nodes.filter((_, index) => !children.has(index)));
  return group;
}

/** @return the model, with its size as it is in the file, made to stand at the origin 1 unit large */
export async function loadModel({ three, GLTFLoader }, url, onProgress) {
  const loader = withDecoders(new GLTFLoader(managerFor(three, url)), three);
  const model = await sceneOf(three, await loader.loadAsync(url, onProgress));
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

/** Where the camera has to be to see all of a model, in the direction given. */
export function distanceFor(camera, radius) {
  const vertical = (camera.fov * Math.PI) / 360;
  const narrower = Math.min(vertical, Math.atan(Math.tan(vertical) * camera.aspect));
  return (radius / Math.sin(narrower)) * MARGIN;
}

/** Gives back what a model holds on the graphics card. */
export function disposeModel(model) {
  model.traverse((part) => {
    part.geometry?.dispose();
    for (const material of [part.material ?? []].flat()) {
      for (const value of Object.values(material)) {
        if (value?.isTexture) {
          value.dispose();
        }
      }
      material.dispose();
    }
  });
}
