import { hasWebGl, libraries } from './libraries.js';
import { disposeModel, distanceFor, loadModel, makeCamera, makeRenderer, makeScene } from './stage.js';

const RADIANS_PER_SECOND = 0.9;
const KEPT_MODELS = 6;

/**
 * Turns models in place of their pictures, one at a time: one canvas and one context for the whole
 * page, moved to wherever it is wanted.
 */
class Turntable {
  #libraries;
  #canvas = document.createElement('canvas');
  #renderer;
  #scene;
  #camera;
  #models = new Map(); // url -> promise of a model; the oldest first
  #host = null;

  constructor(loaded) {
    this.#libraries = loaded;
    this.#canvas.className = 'turntable';
    this.#canvas.setAttribute('aria-hidden', 'true');
    this.#renderer = makeRenderer(loaded, this.#canvas);
    this.#scene = makeScene(loaded, this.#renderer);
    this.#scene.environmentIntensity = 1;
    this.#camera = makeCamera(loaded);
  }

  async show(host, url) {
    this.#host = host;
    const { model, height, radius } = await this.#model(url);
    if (this.#host !== host) {
      return; // another one is wanted by now
    }
    const { clientWidth, clientHeight } = host;
    this.#renderer.setPixelRatio(Math.min(2, window.devicePixelRatio));
    this.#renderer.setSize(clientWidth, clientHeight, false);
    this.#camera.aspect = clientWidth / clientHeight;
    this.#camera.updateProjectionMatrix();
    const distance = distanceFor(this.#camera, radius);
    this.#camera.position.set(0, height / 2 + distance * 0.3, distance * 0.95);
    this.#camera.lookAt(0, height / 2, 0);
    this.#scene.clear();
    this.#scene.add(model);
    host.append(this.#canvas);
    this.#renderer.setAnimationLoop((now) => {
      model.rotation.y = (now / 1000) * RADIANS_PER_SECOND;
      this.#renderer.render(this.#scene, this.#camera);
    });
  }

  hide(host) {
    if (this.#host === host) {
      this.#host = null;
      this.#renderer.setAnimationLoop(null);
      this.#canvas.remove();
      this.#scene.clear();
    }
  }

  #model(url) {
    let model = this.#models.get(url);
    if (!model) {
      model = loadModel(this.#libraries, url);
      model.catch(() => this.#models.delete(url));
      this.#models.set(url, model);
      this.#forgetOldest();
    }
    return model;
  }

  #forgetOldest() {
    if (this.#models.size > KEPT_MODELS) {
      const [url, oldest] = this.#models.entries().next().value;
      this.#models.delete(url);
      oldest.then(({ model }) => disposeModel(model), () => {});
    }
  }
}

let turntable = null;

/** The page's turntable, made at its first use; null where there is no WebGL. */
export function theTurntable() {
  turntable ??= hasWebGl()
    ? libraries().then((loaded) => new Turntable(loaded))
    : Promise.resolve(null);
  return turntable;
}
