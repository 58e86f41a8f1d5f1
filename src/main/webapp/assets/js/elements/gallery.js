import { api, modelFromHere } from '../api.js';
import { el } from '../dom.js';
import { text } from '../i18n.js';
import { loadLate } from '../late.js';
import { statuses, statusOf } from '../statuses.js';
import './task-card.js';

const SHOWN = 8;
const STILL = window.matchMedia('(prefers-reduced-motion: reduce)');

/** The newest models. The pointed or focused model turns in its place. */
class Gallery extends HTMLElement {
  async connectedCallback() {
    try {
      const [known, { data }] = await Promise.all([
        statuses(), api.list({ status: 'MODEL_COMPLETED', limit: SHOWN })]);
      this.replaceChildren(data.length === 0
        ? el('p', { class: 'quiet' }, text('home.recent.none'))
        : el('ul', { class: 'cards' }, ...data.map((task) => el('li', {}, card(task, known)))));
    } catch {
      this.replaceChildren(el('p', { class: 'quiet' }, text('home.recent.failed')));
    }
  }
}

/**
 * @param {Task} task
 * @param {Statuses} known
 */
function card(task, known) {
  const shown = document.createElement('maquette-task-card');
  shown.show(task, statusOf(known, task.status));
  /** @type {HTMLElement | null} */
  const host = shown.querySelector('.card-picture');
  const url = task.model?.modelUrl;
  if (host && url && task.model?.format === 'glb') {
    shown.addEventListener('pointerenter', (event) => event.pointerType === 'mouse' && turn(host, url));
    shown.addEventListener('pointerleave', () => stop(host));
    shown.addEventListener('focusin', () => turn(host, url));
    shown.addEventListener('focusout', () => stop(host));
  }
  return shown;
}

/** Loads the turntable when the first model turns. */
async function loadTurntable() {
  const { theTurntable } = await loadLate(() => import('../model/turntable.js'));
  return theTurntable();
}

/** @type {Set<HTMLElement>} */
const wanted = new Set();

/**
 * Turns the model. A failure leaves its picture.
 *
 * @param {HTMLElement} host
 * @param {string} url
 */
async function turn(host, url) {
  if (STILL.matches) {
    return;
  }
  wanted.add(host);
  try {
    const turntable = await loadTurntable();
    if (turntable && wanted.has(host)) {
      await turntable.show(host, modelFromHere(url));
    }
  } catch (e) {
    console.warn(e);
  }
}

/** @param {HTMLElement} host */
async function stop(host) {
  if (wanted.delete(host)) {
    const turntable = await loadTurntable().catch(() => null);
    turntable?.hide(host);
  }
}

customElements.define('maquette-gallery', Gallery);
