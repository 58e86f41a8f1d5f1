import { fromRoot, reasonOfRefusal, smallPicture } from '../api.js';
import { el, icon } from '../dom.js';
import { text } from '../i18n.js';

const DRAWN = 4;
/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/**
 * The four pictures and their edited versions, of which one can be marked: a group of radio buttons.
 * Missing pictures are skeletons. The event marked has the chosen index.
 */
export class Pictures extends HTMLElement {
  /** @type {HTMLElement[]} */
  #cells = [];
  /** @type {number | null} */
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
   * Shows pictures. An uploaded picture (own) may have any shape and is shown whole; coming has the
   * indices of the pictures that are being generated.
   *
   * @param {{ images: TaskImage[], marked: number | null, choosable: boolean, own: boolean,
   *     coming: number[] }} pictures
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

  /** @param {number} count */
  #addCells(count) {
    while (this.#cells.length < count) {
      const cell = skeleton(this.#cells.length);
      this.#cells.push(cell);
      this.append(cell);
    }
  }

  /**
   * @param {number} i
   * @param {TaskImage | undefined} image
   */
  #place(i, image) {
    const cell = this.#cells[i];
    const url = image ? fromRoot(image.url) : '';
    if (url === (cell.dataset.url ?? '')) {
      return;
    }
    this.#cells[i] = image ? this.#picture(image, url) : skeleton(i);
    cell.replaceWith(this.#cells[i]);
  }

  /** Fetches again the pictures that failed without a connection. */
  #fetchBroken() {
    this.#cells.forEach((cell, i) => {
      if (cell.querySelector('.picture-broken')) {
        const { of } = cell.dataset;
        const image = { index: i, prompt: cell.title, editOf: of === undefined ? null : Number(of) };
        this.#cells[i] = this.#picture(image, cell.dataset.url ?? '');
        cell.replaceWith(this.#cells[i]);
      }
    });
    this.#refreshMarks();
  }

  /**
   * @param {Pick<TaskImage, 'index' | 'prompt' | 'editOf'>} image
   * @param {string} url
   */
  #picture({ index: i, prompt, editOf }, url) {
    const isVersion = editOf !== null && editOf !== undefined;
    const version = isVersion ? text('pictures.version', { n: editOf + 1 }) : null;
    /** @type {HTMLImageElement} */
    const img = el('img', {
      src: smallPicture(url, 640), alt: '', width: 512, height: 512, decoding: 'async', draggable: 'false',
      onload: () => img.classList.add('shown'),
      onerror: () => showBroken(img, url),
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
    }, img,
    isVersion ? el('span', { class: 'picture-version', 'aria-hidden': 'true' }, version) : null,
    el('span', { class: 'picture-mark', 'aria-hidden': 'true' }, icon('check')));
  }

  /** @param {number} i */
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

  /** @param {KeyboardEvent} event */
  #keyPressed(event) {
    const radios = this.#radios();
    const at = radios.findIndex((radio) => radio === document.activeElement);
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

/**
 * Says that a picture cannot be shown, and the server's reason.
 *
 * @param {HTMLImageElement} img
 * @param {string} url
 */
async function showBroken(img, url) {
  const broken = el('span', { class: 'picture-broken' }, el('span', {}, text('pictures.broken')));
  const cell = img.closest('.picture');
  img.replaceWith(broken);
  const reason = await reasonOfRefusal(url);
  if (reason) {
    broken.title = reason;
    broken.append(el('span', { class: 'picture-reason', dir: 'auto' }, reason));
    cell?.setAttribute('aria-label', `${cell.getAttribute('aria-label')}, ${reason}`);
  }
}

/** @param {number} i */
function skeleton(i) {
  return el('div', { class: 'picture skeleton', role: 'img', 'aria-label': text('pictures.missing', { n: i + 1 }) });
}

customElements.define('maquette-pictures', Pictures);
