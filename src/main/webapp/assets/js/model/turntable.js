import { loadLate } from '../late.js';
import { hasWebGl, libraries } from './libraries.js';
import { disposeModel, distanceFor, loadModel, makeCamera, makeRenderer, makeScene } from './stage.js';

const RADIANS_PER_SECOND = 0.9;
const KEPT_MODELS = 6;

/**
 * Turns models in place of their pictures, one at a time. The page has one canvas and one context, which
 * moves to the model.
 */
class Turntable {
  #libraries;
  #canvas = document.createElement('canvas');
  #renderer;
  #scene;
  #camera;
  /**
   * The models by address, the oldest first.
   *
   * @type {Map<string, Promise<StandingModel>>}
   */
  #models = new Map();
  /** @type {HTMLElement | null} */
  #host = null;

  /** @param {Libraries} loaded */
  constructor(loaded) {
    this.#libraries = loaded;
    this.#canvas.className = 'turntable';
    this.#canvas.setAttribute('aria-hidden', 'true');
    this.#renderer = makeRenderer(loaded, this.#canvas);
    this.#scene = makeScene(loaded, this.#renderer);
    this.#scene.environmentIntensity = 1;
    this.#camera = makeCamera(loaded);
  }

  /**
   * @param {HTMLElement} host
   * @param {string} url
   */
  async show(host, url) {
    this.#host = host;
    const { model, height, radius } = await this.#model(url);
    if (this.#host !== host) {
      return; // another model is shown by now
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
    this.#renderer.setAnimationLoop((/** @type {number} */ now) => {
      model.rotation.y = (now / 1000) * RADIANS_PER_SECOND;
      this.#renderer.render(this.#scene, this.#camera);
    });
  }

  /** @param {HTMLElement} host */
  hide(host) {
    if (this.#host === host) {
      this.#host = null;
      this.#renderer.setAnimationLoop(null);
      this.#canvas.remove();
      this.#scene.clear();
    }
  }

  /** @param {string} url */
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
    const [[url, oldest]] = this.#models;
    if (this.#models.size > KEPT_MODELS) {
      this.#models.delete(url);
      oldest.then(({ model }) => disposeModel(model), () => {});
    }
  }
}

/** @type {Promise<Turntable | null> | null} */
let turntable = null;

/** The page's turntable, created at its first use; null without WebGL. */
export function theTurntable() {
  turntable ??= hasWebGl()
    ? loadLate(libraries).then((loaded) => new Turntable(loaded))
    : Promise.resolve(null);
  return turntable;
}
