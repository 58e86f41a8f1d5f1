import { el } from '../dom.js';

/** Progress bar, in percent. */
export class Progress extends HTMLElement {
  #bar = el('div', { class: 'bar' });

  connectedCallback() {
    this.setAttribute('role', 'progressbar');
    this.setAttribute('aria-valuemin', '0');
    this.setAttribute('aria-valuemax', '100');
    this.replaceChildren(this.#bar);
  }

  /**
   * @param {number} percent
   * @param {string} label
   */
  show(percent, label) {
    this.setAttribute('aria-label', label);
    this.setAttribute('aria-valuenow', String(percent));
    this.#bar.style.setProperty('--done', `${percent}%`);
  }
}

customElements.define('maquette-progress', Progress);
