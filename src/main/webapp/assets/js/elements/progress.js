import { el } from '../dom.js';

/** How far something is, in percent. */
class Progress extends HTMLElement {
  #bar;

  connectedCallback() {
    this.#bar = el('div', { class: 'bar' });
    this.setAttribute('role', 'progressbar');
    this.setAttribute('aria-valuemin', '0');
    this.setAttribute('aria-valuemax', '100');
    this.replaceChildren(this.#bar);
  }

  show(percent, label) {
    this.setAttribute('aria-label', label);
    this.setAttribute('aria-valuenow', String(percent));
    this.#bar.style.setProperty('--done', `${percent}%`);
  }
}

customElements.define('maquette-progress', Progress);
