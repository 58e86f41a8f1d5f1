import { el, icon } from '../dom.js';
import { text } from '../i18n.js';
import { hasWebGl, libraries } from '../model/libraries.js';

const STEP = Math.PI / 16;
const ZOOM = 0.85;
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
 * Shows a model to be turned and looked at. data-state is loading, ready or failed; the event
 * measured tells the size of what was loaded (detail: x, y, z).
 */
class Viewer extends HTMLElement {
  #url = null;
  #scene = null;
  #view;
  #canvas;
  #message;
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
      'aria-describedby': 'viewer-help', onkeydown: (event) => this.#keyPressed(event),
    }, this.#message);
    this.#tools = el('div', { class: 'viewer-tools', role: 'toolbar', 'aria-label': text('viewer.tools'), hidden: true },
      this.#toggle('turn', !STILL.matches, (on) => this.#scene.setTurning(on)),
      this.#toggle('grid', true, (on) => this.#scene.setGrid(on, this.#gridColour())),
      this.#toggle('wire', false, (on) => this.#scene.setWireframe(on)),
      this.#button('zoomIn', 'plus', () => this.#scene.zoom(ZOOM)),
      this.#button('zoomOut', 'minus', () => this.#scene.zoom(1 / ZOOM)),
      this.#button('reset', 'reset', () => this.#scene.reset()),
      document.fullscreenEnabled ? this.#button('full', 'full', () => this.#toggleFullScreen()) : null,
      this.#materials());
    this.replaceChildren(this.#view, this.#tools,
      el('p', { id: 'viewer-help', class: 'viewer-help' }, text(TOUCHED.matches ? 'viewer.help.touch' : 'viewer.help')));
  }

  /** Shows the model of an address; the same one again changes nothing. */
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

  async #load(url) {
    this.dataset.state = 'loading';
    this.#say(text('viewer.loading', { percent: '' }));
    // the page must be usable before the viewer's code is there
    const [loaded, { ModelScene }] = await Promise.all([libraries(), import('../model/model-scene.js')]);
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

  /** What is to be seen now as a data address, or null. */
  snapshot() {
    return this.dataset.state === 'ready' ? this.#scene.snapshot() : null;
  }

  #fail(message) {
    this.#disposeScene();
    this.#tools.hidden = true;
    this.#say(message);
    this.dataset.state = 'failed';
  }

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

  #button(name, image, run) {
    return el('button', {
      type: 'button', class: 'icon-only', 'data-tool': name, title: text(`viewer.${name}`),
      'aria-label': text(`viewer.${name}`), onclick: run,
    }, icon(image));
  }

  /** A button that stays down; what it says is applied to every model that is loaded. */
  #toggle(name, pressed, apply) {
    const isPressed = (button) => button.getAttribute('aria-pressed') === 'true';
    const button = this.#button(name, name, ({ currentTarget }) => {
      currentTarget.setAttribute('aria-pressed', String(!isPressed(currentTarget)));
      apply(isPressed(currentTarget));
    });
    button.setAttribute('aria-pressed', String(pressed));
    button.dataset.apply = '';
    button.addEventListener('apply', () => apply(isPressed(button)));
    return button;
  }

  #materials() {
    const swatches = Object.keys(COLOURS).map((name) => el('button', {
      type: 'button', class: 'swatch', 'data-material': name, 'aria-pressed': String(name === 'original'),
      'aria-label': text(`material.${name}`), title: text(`material.${name}`),
      onclick: ({ currentTarget }) => {
        swatches.forEach((swatch) => swatch.setAttribute('aria-pressed', String(swatch === currentTarget)));
        this.#scene.setColour(COLOURS[name]);
      },
    }));
    const group = el('div', {
      class: 'swatches', role: 'group', 'aria-label': text('viewer.material'), 'data-apply': true,
    }, ...swatches);
    group.addEventListener('apply', () => {
      const { material } = group.querySelector('[aria-pressed="true"]').dataset;
      this.#scene.setColour(COLOURS[material]);
    });
    return group;
  }

  #gridColour() {
    return getComputedStyle(this).getPropertyValue('color');
  }

  #toggleFullScreen() {
    return document.fullscreenElement ? document.exitFullscreen() : this.requestFullscreen();
  }

  #keyPressed(event) {
    const run = {
      ArrowLeft: () => this.#scene.orbit(-STEP, 0),
      ArrowRight: () => this.#scene.orbit(STEP, 0),
      ArrowUp: () => this.#scene.orbit(0, -STEP),
      ArrowDown: () => this.#scene.orbit(0, STEP),
      '+': () => this.#scene.zoom(ZOOM),
      '=': () => this.#scene.zoom(ZOOM),
      '-': () => this.#scene.zoom(1 / ZOOM),
      0: () => this.#scene.reset(),
    }[event.key];
    if (run && this.dataset.state === 'ready' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      run();
    }
  }
}

customElements.define('maquette-viewer', Viewer);
