import { fromRoot, reasonOfRefusal } from '../api.js';
import { el, icon } from '../dom.js';
import { text } from '../i18n.js';

const DRAWN = 4;
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * The four pictures, and new versions of them, of which one can be marked: a group of radio buttons.
 * What is not there yet is a skeleton. Tells of a choice by the event marked (detail: the index).
 */
class Pictures extends HTMLElement {
  #cells = [];
  #marked = null;
  #choosable = false;

  connectedCallback() {
    this.setAttribute('role', 'radiogroup');
    this.setAttribute('aria-label', text('pictures.choose'));
    this.#addCells(DRAWN);
    this.addEventListener('keydown', (event) => this.#keyPressed(event));
    window.addEventListener('online', () => this.#fetchBroken());
  }

  /**
   * @param images as the API has them
   * @param marked index of the marked one, or null
   * @param choosable whether another may be marked
   * @param own whether the user uploaded the first one: it may have any shape and is shown whole
   * @param coming indices of those that are being made, there or not
   */
  show({ images, marked, choosable, own, coming }) {
    const waiting = coming.length > 0;
    this.#marked = marked;
    this.#choosable = choosable;
    this.setAttribute('aria-disabled', String(!choosable));
    this.setAttribute('aria-busy', String(waiting));
    this.toggleAttribute('data-waiting', waiting);
    this.toggleAttribute('data-own', own);
    this.#addCells(Math.max(0, ...images.map(({ index }) => index), ...coming) + 1);
    for (let i = 0; i < this.#cells.length; i++) {
      this.#place(i, images.find(({ index }) => index === i));
      this.#cells[i].hidden = !coming.includes(i) && this.#cells[i].classList.contains('skeleton');
    }
    this.#refreshMarks();
  }

  #addCells(count) {
    while (this.#cells.length < count) {
      this.#cells.push(skeleton(this.#cells.length));
      this.append(this.#cells.at(-1));
    }
  }

  #place(i, image) {
    const cell = this.#cells[i];
    const url = image ? fromRoot(image.url) : '';
    if (url === (cell.dataset.url ?? '')) {
      return;
    }
    this.#cells[i] = image ? this.#picture(image, url) : skeleton(i);
    cell.replaceWith(this.#cells[i]);
  }

  /** What could not be fetched while there was no connection may be had now. */
  #fetchBroken() {
    this.#cells.forEach((cell, i) => {
      if (cell.querySelector('.picture-broken')) {
        const { of } = cell.dataset;
        const image = { index: i, prompt: cell.title, editOf: of === undefined ? null : Number(of) };
        this.#cells[i] = this.#picture(image, cell.dataset.url);
        cell.replaceWith(this.#cells[i]);
      }
    });
    this.#refreshMarks();
  }

  #picture({ index: i, prompt, editOf }, url) {
    const isVersion = editOf !== null && editOf !== undefined;
    const version = isVersion ? text('pictures.version', { n: editOf + 1 }) : null;
    const img = el('img', {
      src: url, alt: '', width: 512, height: 512, decoding: 'async', draggable: 'false',
      onload: ({ target }) => target.classList.add('shown'),
      onerror: ({ target }) => showBroken(target, url),
    });
    return el('button', {
      type: 'button',
      role: 'radio',
      class: 'picture',
      'data-index': i,
      'data-url': url,
      'data-of': isVersion ? editOf : undefined,
      'aria-label': [text('pictures.one', { n: i + 1 }), version].filter(Boolean).join(', '),
      title: prompt,
      onclick: () => this.#mark(i),
    }, img, isVersion ? el('span', { class: 'picture-version', 'aria-hidden': 'true' }, version) : null, el('span', { class: 'picture-mark', 'aria-hidden': 'true' }, icon('check')));
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

/** Says that a picture cannot be shown and, once the server has answered, why. */
async function showBroken(img, url) {
  const broken = el('span', { class: 'picture-broken' }, el('span', {}, text('pictures.broken')));
  const cell = img.closest('.picture');
  img.replaceWith(broken);
  const reason = await reasonOfRefusal(url);
  if (reason) {
    broken.title = reason;
    broken.append(el('span', { class: 'picture-reason', dir: 'auto' }, reason));
    cell.setAttribute('aria-label', `${cell.getAttribute('aria-label')}, ${reason}`);
  }
}

function skeleton(i) {
  return el('div', { class: 'picture skeleton', role: 'img', 'aria-label': text('pictures.missing', { n: i + 1 }) });
}

customElements.define('maquette-pictures', Pictures);
