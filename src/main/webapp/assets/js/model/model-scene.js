import { disposeModel, distanceFor, loadModel, makeCamera, makeRenderer, makeScene } from './stage.js';

const START = { x: 0.55, y: 0.38, z: 1 };
const TURN_SPEED = 1.6;
const MAX_PIXEL_RATIO = 2;

/** A model that turns and can be seen from all sides. It is drawn only after a change. */
export class ModelScene {
  #libraries;
  #renderer;
  #scene;
  #camera;
  #controls;
  /** @type {Object3D | null} */
  #model = null;
  #radius = 1;

  /**
   * The materials of the file.
   *
   * @type {Map<import('three').Mesh, import('three').Mesh['material']>}
   */
  #originals = new Map();
  /** @type {import('three').Material | null} */
  #override = null;
  #wireframe = false;
  /** @type {import('three').GridHelper | null} */
  #grid = null;
  /** @type {import('three').Mesh} */
  #shadow;
  #frame = 0;
  #resizing;
  #visible = true;
  #looking;

  /**
   * @param {Libraries} libraries
   * @param {HTMLCanvasElement} canvas
   */
  constructor(libraries, canvas) {
    const { three, OrbitControls } = libraries;
    this.#libraries = libraries;
    this.#renderer = makeRenderer(libraries, canvas);
    this.#renderer.shadowMap.enabled = true;
    this.#renderer.shadowMap.type = three.PCFSoftShadowMap;
    this.#scene = makeScene(libraries, this.#renderer);
    this.#camera = makeCamera(libraries);
    this.#controls = new OrbitControls(this.#camera, canvas);
    this.#controls.enablePan = false;
    this.#controls.autoRotateSpeed = TURN_SPEED;
    this.#controls.maxPolarAngle = Math.PI * 0.55; // hardly from below the ground
    this.#controls.addEventListener('change', () => this.draw());
    this.#light();
    this.#resizing = new ResizeObserver(() => this.#resize());
    const view = /** @type {HTMLElement} */ (canvas.parentElement);
    this.#resizing.observe(view);
    this.#looking = new IntersectionObserver(([{ isIntersecting }]) => this.#setVisible(isIntersecting));
    this.#looking.observe(view);
  }

  /**
   * @param {string} url
   * @param {(event: ProgressEvent) => void} onProgress
   * @return {Promise<Size>} the size of the model in the file
   */
  async load(url, onProgress) {
    const { model, size, height, radius } = await loadModel(this.#libraries, url, onProgress);
    this.#model = model;
    this.#radius = radius;
    model.traverse((part) => {
      const mesh = /** @type {import('three').Mesh} */ (part);
      if (mesh.isMesh) {
        mesh.castShadow = true;
        mesh.receiveShadow = true;
        this.#originals.set(mesh, mesh.material);
      }
    });
    this.#scene.add(model);
    this.#controls.target.set(0, height / 2, 0);
    this.#resize();
    this.reset();
    return size;
  }

  #light() {
    const { three } = this.#libraries;
    const sun = new three.DirectionalLight(0xfff1df, 1.3);
    sun.position.set(1.2, 2.4, 1.6);
    sun.castShadow = true;
    sun.shadow.mapSize.set(1024, 1024);
    sun.shadow.radius = 6;
    sun.shadow.bias = -0.0005;
    sun.shadow.normalBias = 0.01;
    Object.assign(sun.shadow.camera, { left: -1.2, right: 1.2, top: 1.4, bottom: -1.2, near: 0.5, far: 6 });
    this.#shadow = new three.Mesh(
      new three.PlaneGeometry(6, 6), new three.ShadowMaterial({ opacity: 0.22 }));
    this.#shadow.rotation.x = -Math.PI / 2;
    this.#shadow.receiveShadow = true;
    this.#scene.add(sun, this.#shadow);
  }

  /** Returns to the first view. */
  reset() {
    const { three } = this.#libraries;
    const distance = distanceFor(this.#camera, this.#radius);
    this.#controls.minDistance = distance / 4;
    this.#controls.maxDistance = distance * 2.5;
    this.#camera.position.copy(this.#controls.target)
      .add(new three.Vector3(START.x, START.y, START.z).setLength(distance));
    this.#controls.update();
    this.draw();
  }

  /**
   * Moves the camera around the model, by angles in radians.
   *
   * @param {number} aside
   * @param {number} up
   */
  orbit(aside, up) {
    this.#move((around) => {
      around.theta += aside;
      around.phi = Math.min(this.#controls.maxPolarAngle, Math.max(0.05, around.phi + up));
    });
  }

  /** @param {number} factor nearer below 1, farther above */
  zoom(factor) {
    this.#move((around) => {
      around.radius = Math.min(
        this.#controls.maxDistance, Math.max(this.#controls.minDistance, around.radius * factor));
    });
  }

  /** @param {(around: import('three').Spherical) => void} change */
  #move(change) {
    const { three } = this.#libraries;
    const { target } = this.#controls;
    const around = new three.Spherical().setFromVector3(this.#camera.position.clone().sub(target));
    change(around);
    this.#camera.position.setFromSpherical(around).add(target);
    this.#controls.update();
    this.draw();
  }

  /** @param {boolean} on */
  setTurning(on) {
    this.#controls.autoRotate = on;
    this.draw();
  }

  /**
   * @param {boolean} on
   * @param {string} [colour]
   */
  setGrid(on, colour) {
    const { three } = this.#libraries;
    if (this.#grid) {
      this.#scene.remove(this.#grid);
      this.#grid.dispose();
      this.#grid = null;
    }
    if (on) {
      this.#grid = new three.GridHelper(4, 32, colour, colour);
      this.#grid.material.transparent = true;
      this.#grid.material.opacity = 0.35;
      this.#scene.add(this.#grid);
    }
    this.draw();
  }

  /** @param {number | null} colour of one plain material, or null for the model's materials */
  setColour(colour) {
    const { three } = this.#libraries;
    this.#override?.dispose();
    this.#override = colour === null
      ? null
      : new three.MeshStandardMaterial({ color: colour, roughness: 0.85, metalness: 0 });
    for (const [mesh, original] of this.#originals) {
      mesh.material = this.#override ?? original;
    }
    this.setWireframe(this.#wireframe);
  }

  /** @param {boolean} on */
  setWireframe(on) {
    this.#wireframe = on;
    for (const mesh of this.#originals.keys()) {
      const materials = /** @type {import('three').MeshStandardMaterial[]} */ ([mesh.material].flat());
      for (const material of materials) {
        material.wireframe = on;
      }
    }
    this.draw();
  }

  /** @param {boolean} visible a model outside the visible part of the page does not turn */
  #setVisible(visible) {
    this.#visible = visible;
    this.draw();
  }

  draw() {
    if (!this.#visible) {
      return;
    }
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#controls.update(); // turns it, which asks for the next frame
      this.#renderer.render(this.#scene, this.#camera);
    });
  }

  /** The present view, as a picture (a data address). */
  snapshot() {
    this.#renderer.render(this.#scene, this.#camera); // the buffer lasts until the next task only
    return this.#renderer.domElement.toDataURL('image/png');
  }

  #resize() {
    const view = this.#renderer.domElement.parentElement;
    const width = view?.clientWidth ?? 0;
    const height = view?.clientHeight ?? 0;
    if (width === 0 || height === 0) {
      return;
    }
    this.#renderer.setPixelRatio(Math.min(MAX_PIXEL_RATIO, window.devicePixelRatio));
    this.#renderer.setSize(width, height, false);
    this.#camera.aspect = width / height;
    this.#camera.updateProjectionMatrix();
    this.draw();
  }

  dispose() {
    cancelAnimationFrame(this.#frame);
    this.#resizing.disconnect();
    this.#looking.disconnect();
    this.#controls.dispose();
    this.setGrid(false);
    cancelAnimationFrame(this.#frame);
    for (const [mesh, original] of this.#originals) {
      mesh.material = original;
    }
    this.#override?.dispose();
    if (this.#model) {
      disposeModel(this.#model);
    }
    disposeModel(this.#shadow);
    this.#scene.environment?.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss(); // browsers allow only a few contexts at a time
  }
}
