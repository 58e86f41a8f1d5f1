import { api, modelFromHere } from '../api.js';
import { el } from '../dom.js';
import { text } from '../i18n.js';
import { theTurntable } from '../model/turntable.js';
import { statuses } from '../statuses.js';
import './task-card.js';

const SHOWN = 8;
const STILL = window.matchMedia('(prefers-reduced-motion: reduce)');

/** The newest models; the one that is pointed at or focused turns in place. */
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

function card(task, known) {
  const shown = document.createElement('maquette-task-card');
  shown.show(task, known.get(task.status));
  const host = shown.querySelector('.card-picture');
  if (task.model.format === 'glb') {
    shown.addEventListener('pointerenter', (event) => event.pointerType === 'mouse' && turn(host, task));
    shown.addEventListener('pointerleave', () => stop(host));
    shown.addEventListener('focusin', () => turn(host, task));
    shown.addEventListener('focusout', () => stop(host));
  }
  return shown;
}

const wanted = new Set();

/** A picture that does not turn is good enough wherever anything is in the way. */
async function turn(host, task) {
  if (STILL.matches) {
    return;
  }
  wanted.add(host);
  try {
    const turntable = await theTurntable();
    if (turntable && wanted.has(host)) {
      await turntable.show(host, modelFromHere(task.model.modelUrl));
    }
  } catch (e) {
    console.warn(e);
  }
}

async function stop(host) {
  if (wanted.delete(host)) {
    const turntable = await theTurntable().catch(() => null);
    turntable?.hide(host);
  }
}

customElements.define('maquette-gallery', Gallery);
