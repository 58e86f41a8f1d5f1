import { el, icon } from '../dom.js';
import { text } from '../i18n.js';
import { loadLate } from '../late.js';
import { hasWebGl, libraries } from '../model/libraries.js';

const STEP = Math.PI / 16;
const ZOOM = 0.85;
/** @type {Record<string, number | null>} */
const COLOURS = {
  original: null,
  clay: 0xb9673f,
  grey: 0x9a9a9a,
  blue: 0x3f5a8c,
  green: 0x7fa48c,
  gold: 0xc9962f,
};
const TOUCHED = window.matchMedia('(hover: none)');
const STILL = window.matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Viewer of a model. data-state is loading, ready or failed; the event measured has the size of the
 * loaded model.
 */
export class Viewer extends HTMLElement {
  /** @type {string | null} */
  #url = null;
  /** @type {import('../model/model-scene.js').ModelScene | null} */
  #scene = null;
  /** @type {HTMLElement} */
  #view;
  /** @type {HTMLCanvasElement | undefined} */
  #canvas;
  /** @type {HTMLElement} */
  #message;
  /** @type {HTMLElement} */
  #tools;

  connectedCallback() {
    if (!this.#view) {
      this.#build();
    }
  }

  disconnectedCallback() {
    this.#clear();
    this.#url = null;
  }

  #build() {
    this.#message = el('p', { class: 'viewer-message', role: 'status' });
    this.#view = el('div', {
      class: 'viewer-view', tabindex: 0, role: 'application', 'aria-label': text('viewer.label'),
      'aria-describedby': 'viewer-help', onkeydown: (/** @type {KeyboardEvent} */ event) => this.#keyPressed(event),
    }, this.#message);
    this.#tools = el('div', { class: 'viewer-tools', role: 'toolbar', 'aria-label': text('viewer.tools'), hidden: true },
      this.#toggle('turn', !STILL.matches, (on) => this.#scene?.setTurning(on)),
      this.#toggle('grid', true, (on) => this.#scene?.setGrid(on, this.#gridColour())),
      this.#toggle('wire', false, (on) => this.#scene?.setWireframe(on)),
      this.#button('zoomIn', 'plus', () => this.#scene?.zoom(ZOOM)),
      this.#button('zoomOut', 'minus', () => this.#scene?.zoom(1 / ZOOM)),
      this.#button('reset', 'reset', () => this.#scene?.reset()),
      document.fullscreenEnabled ? this.#button('full', 'full', () => this.#toggleFullScreen()) : null,
      this.#materials());
    this.replaceChildren(this.#view, this.#tools,
      el('p', { id: 'viewer-help', class: 'viewer-help' }, text(TOUCHED.matches ? 'viewer.help.touch' : 'viewer.help')));
  }

  /**
   * Shows the model of an address; the same address again changes nothing.
   *
   * @param {string} url
   * @param {string} format
   */
  async show(url, format) {
    if (url === this.#url) {
      return;
    }
    this.#clear();
    this.#url = url;
    if (format !== 'glb') {
      this.#fail(text('viewer.format', { format }));
    } else if (!hasWebGl()) {
      this.#fail(text('viewer.noWebgl'));
    } else {
      try {
        await this.#load(url);
      } catch (e) {
        if (url === this.#url) {
          console.error(e);
          this.#fail(text('viewer.failed'));
        }
      }
    }
  }

  /** @param {string} url */
  async #load(url) {
    this.dataset.state = 'loading';
    this.#say(text('viewer.loading', { percent: '' }));
    // the page must be usable before the viewer's code is there
    const [loaded, { ModelScene }] = await loadLate(
      () => Promise.all([libraries(), import('../model/model-scene.js')]));
    if (url !== this.#url) {
      return;
    }
    this.#canvas = el('canvas');
    this.#view.prepend(this.#canvas);
    const scene = new ModelScene(loaded, this.#canvas);
    this.#scene = scene;
    const size = await scene.load(url, ({ loaded: bytes, total }) => {
      if (total > 0 && scene === this.#scene) {
        this.#say(text('viewer.loading', { percent: `${Math.round((bytes / total) * 100)}%` }));
      }
    });
    if (scene !== this.#scene) {
      return;
    }
    for (const tool of this.#tools.querySelectorAll('[data-apply]')) {
      tool.dispatchEvent(new Event('apply'));
    }
    this.#tools.hidden = false;
    this.#say('');
    this.dataset.state = 'ready';
    this.dispatchEvent(new CustomEvent('measured', { detail: size }));
  }

  /** The present view as a data address; null without a model. */
  snapshot() {
    return this.dataset.state === 'ready' && this.#scene ? this.#scene.snapshot() : null;
  }

  /** @param {string} message */
  #fail(message) {
    this.#disposeScene();
    this.#tools.hidden = true;
    this.#say(message);
    this.dataset.state = 'failed';
  }

  /** @param {string} message */
  #say(message) {
    this.#message.textContent = message;
    this.#message.hidden = message === '';
  }

  #clear() {
    this.#disposeScene();
    if (this.#tools) {
      this.#tools.hidden = true;
    }
    delete this.dataset.state;
  }

  #disposeScene() {
    this.#scene?.dispose();
    this.#scene = null;
    this.#canvas?.remove();
  }

  /**
   * @param {string} name
   * @param {keyof typeof import('../dom.js').ICONS} image
   * @param {(event: Event) => void} run
   */
  #button(name, image, run) {
    return el('button', {
      type: 'button', class: 'icon-only', 'data-tool': name, title: text(`viewer.${name}`),
      'aria-label': text(`viewer.${name}`), onclick: run,
    }, icon(image));
  }

  /**
   * A toggle button, which is applied to every model that is loaded.
   *
   * @param {'turn' | 'grid' | 'wire'} name
   * @param {boolean} pressed
   * @param {(on: boolean) => void} apply
   */
  #toggle(name, pressed, apply) {
    const isPressed = () => button.getAttribute('aria-pressed') === 'true';
    /** @type {HTMLButtonElement} */
    const button = this.#button(name, name, () => {
      button.setAttribute('aria-pressed', String(!isPressed()));
      apply(isPressed());
    });
    button.setAttribute('aria-pressed', String(pressed));
    button.dataset.apply = '';
    button.addEventListener('apply', () => apply(isPressed()));
    return button;
  }

  #materials() {
    /** @type {HTMLButtonElement[]} */
    const swatches = Object.keys(COLOURS).map((name) => el('button', {
      type: 'button', class: 'swatch', 'data-material': name, 'aria-pressed': String(name === 'original'),
      'aria-label': text(`material.${name}`), title: text(`material.${name}`),
      onclick: (/** @type {Event} */ { currentTarget }) => {
        swatches.forEach((swatch) => swatch.setAttribute('aria-pressed', String(swatch === currentTarget)));
        this.#scene?.setColour(COLOURS[name]);
      },
    }));
    const group = el('div', {
      class: 'swatches', role: 'group', 'aria-label': text('viewer.material'), 'data-apply': true,
    }, ...swatches);
    group.addEventListener('apply', () => {
      const chosen = swatches.find((swatch) => swatch.getAttribute('aria-pressed') === 'true');
      this.#scene?.setColour(COLOURS[chosen?.dataset.material ?? 'original']);
    });
    return group;
  }

  #gridColour() {
    return getComputedStyle(this).getPropertyValue('color');
  }

  #toggleFullScreen() {
    return document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen();
  }

  /** @param {KeyboardEvent} event */
  #keyPressed(event) {
    const scene = this.#scene;
    if (!scene || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowLeft: () => scene.orbit(-STEP, 0),
      ArrowRight: () => scene.orbit(STEP, 0),
      ArrowUp: () => scene.orbit(0, -STEP),
      ArrowDown: () => scene.orbit(0, STEP),
      '+': () => scene.zoom(ZOOM),
      '=': () => scene.zoom(ZOOM),
      '-': () => scene.zoom(1 / ZOOM),
      0: () => scene.reset(),
    };
    const run = actions[event.key];
    if (run && this.dataset.state === 'ready') {
      event.preventDefault();
      run();
    }
  }
}

customElements.define('maquette-viewer', Viewer);
