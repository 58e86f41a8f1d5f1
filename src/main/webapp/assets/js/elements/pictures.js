import { fromRoot } from '../api.js';
import { el, icon } from '../dom.js';
import { text } from '../i18n.js';

const PICTURES = 4;
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * The four pictures, of which one can be marked: a group of radio buttons. What is not there yet is
 * a skeleton. Tells of a choice by the event marked (detail: the index).
 */
class Pictures extends HTMLElement {
  #cells = [];
  #marked = null;
  #choosable = false;

  connectedCallback() {
    this.setAttribute('role', 'radiogroup');
    this.setAttribute('aria-label', text('pictures.choose'));
    this.#cells = Array.from({ length: PICTURES }, (_, i) => skeleton(i));
    this.replaceChildren(...this.#cells);
    this.addEventListener('keydown', (event) => this.#keyPressed(event));
    window.addEventListener('online', () => this.#fetchBroken());
  }

  /**
   * @param images as the API has them
   * @param marked index of the marked one, or null
   * @param choosable whether another may be marked
   * @param waiting whether those that are missing will come
   */
  show({ images, marked, choosable, waiting }) {
    this.#marked = marked;
    this.#choosable = choosable;
    this.setAttribute('aria-disabled', String(!choosable));
    this.setAttribute('aria-busy', String(waiting));
    this.toggleAttribute('data-waiting', waiting);
    for (let i = 0; i < PICTURES; i++) {
      this.#place(i, images.find(({ index }) => index === i));
      this.#cells[i].hidden = !waiting && this.#cells[i].classList.contains('skeleton');
    }
    this.#refreshMarks();
  }

  #place(i, image) {
    const cell = this.#cells[i];
    const url = image ? fromRoot(image.url) : '';
    if (url === (cell.dataset.url ?? '')) {
      return;
    }
    this.#cells[i] = image ? this.#picture(i, url, image.prompt) : skeleton(i);
    cell.replaceWith(this.#cells[i]);
  }

  /** What could not be fetched while there was no connection may be had now. */
  #fetchBroken() {
    this.#cells.forEach((cell, i) => {
      if (cell.querySelector('.picture-broken')) {
        this.#cells[i] = this.#picture(i, cell.dataset.url, cell.title);
        cell.replaceWith(this.#cells[i]);
      }
    });
    this.#refreshMarks();
  }

  #picture(i, url, prompt) {
    const img = el('img', {
      src: url, alt: '', width: 512, height: 512, decoding: 'async', draggable: 'false',
      onload: ({ target }) => target.classList.add('shown'),
      onerror: ({ target }) => target.replaceWith(
        el('span', { class: 'picture-broken' }, text('pictures.broken'))),
    });
    return el('button', {
      type: 'button',
      role: 'radio',
      class: 'picture',
      'data-index': i,
      'data-url': url,
      'aria-label': text('pictures.one', { n: i + 1 }),
      title: prompt,
      onclick: () => this.#mark(i),
    }, img, el('span', { class: 'picture-mark', 'aria-hidden': 'true' }, icon('check')));
  }

  #mark(i) {
    if (this.#choosable && i !== this.#marked) {
      this.#marked = i;
      this.#refreshMarks();
      this.dispatchEvent(new CustomEvent('marked', { detail: i }));
    }
  }

  #refreshMarks() {
    const radios = this.#radios();
    const reachable = radios.find((radio) => Number(radio.dataset.index) === this.#marked) ?? radios[0];
    for (const radio of radios) {
      radio.setAttribute('aria-checked', String(Number(radio.dataset.index) === this.#marked));
      radio.setAttribute('aria-disabled', String(!this.#choosable));
      radio.tabIndex = radio === reachable ? 0 : -1;
    }
  }

  #radios() {
    return this.#cells.filter((cell) => cell.getAttribute('role') === 'radio');
  }

  #keyPressed(event) {
    const radios = this.#radios();
    const at = radios.indexOf(document.activeElement);
    const step = STEPS[event.key];
    if (at < 0 || step === undefined) {
      return;
    }
    event.preventDefault();
    const next = radios[(at + step + radios.length) % radios.length];
    next.focus();
    this.#mark(Number(next.dataset.index));
  }
}

function skeleton(i) {
  return el('div', { class: 'picture skeleton', role: 'img', 'aria-label': text('pictures.missing', { n: i + 1 }) });
}

customElements.define('maquette-pictures', Pictures);
