import { modelFromHere, toSave } from '../api.js';
import { el } from '../dom.js';
import { text } from '../i18n.js';
import { filaments, setFilaments } from '../preferences.js';

const MOST = 16;
const USUAL = 4;
const FIRST = '#d9662b';

/**
 * Choice of the filaments of a coloured print: their number, and the colours that the user has. The
 * event shown has the address of a model in these colours, or null for the model's own colours.
 */
export class Filaments extends HTMLElement {
  #modelUrl = '';
  #count = el('select', { id: 'filament-count', onchange: () => this.#chosen() },
    ...Array.from({ length: MOST }, (_, i) => el('option', { value: i + 1, selected: i + 1 === USUAL }, String(i + 1))));
  #palette = el('div', { class: 'filament-palette' });
  #add = el('button', { type: 'button', class: 'button quiet', 'data-filament': 'add', onclick: () => this.#addColour() }, text('filaments.add'));
  #download = el('a', { class: 'button', download: '', 'data-format': '3mf-filaments' }, text('filaments.download'));
  #preview = el('button', {
    type: 'button', class: 'button quiet', 'data-filament': 'preview', 'aria-pressed': 'false', onclick: () => this.#togglePreview(),
  }, text('filaments.preview'));

  connectedCallback() {
    this.#palette.replaceChildren(...filaments().slice(0, MOST).map((colour) => this.#field(colour)));
    this.#showAddress();
    this.replaceChildren(el('details', {}, el('summary', {}, text('filaments.heading')),
      el('p', {}, text('filaments.explained')),
      el('p', { class: 'filament-row' }, el('label', { for: 'filament-count' }, text('filaments.count')), this.#count),
      el('div', { class: 'filament-row', role: 'group', 'aria-label': text('filaments.palette') },
        el('span', {}, text('filaments.palette')), this.#palette, this.#add),
      el('p', { class: 'filament-row' }, this.#download, this.#preview)));
  }

  /** @param {string} modelUrl */
  show(modelUrl) {
    this.#modelUrl = modelUrl;
    this.#preview.setAttribute('aria-pressed', 'false');
    this.#showAddress();
  }

  /** @param {string} colour */
  #field(colour) {
    const name = text('filaments.colour');
    const field = el('span', { class: 'filament' },
      el('input', { type: 'color', value: colour, 'aria-label': name, title: name, onchange: () => this.#chosen() }),
      el('button', {
        type: 'button', class: 'button quiet', 'data-filament': 'remove', 'aria-label': text('filaments.remove'), title: text('filaments.remove'),
        onclick: () => {
          field.remove();
          this.#chosen();
          this.#add.focus();
        },
      }, '×'));
    return field;
  }

  #addColour() {
    const colours = this.#colours();
    const field = this.#field(colours[colours.length - 1] ?? FIRST);
    this.#palette.append(field);
    this.#chosen();
    field.querySelector('input')?.focus();
  }

  #colours() {
    return [...this.#palette.querySelectorAll('input')].map(({ value }) => value);
  }

  /** A palette never has more colours than the print has filaments. */
  #chosen() {
    const colours = this.#colours();
    setFilaments(colours);
    this.#count.value = String(Math.max(Number(this.#count.value), colours.length));
    this.#showAddress();
    if (this.#isPreviewed()) {
      this.#tell();
    }
  }

  #showAddress() {
    const colours = this.#colours();
    this.#add.hidden = colours.length >= MOST;
    if (Number(this.#count.value) < colours.length) {
      this.#count.value = String(colours.length);
    }
    this.#download.href = this.#modelUrl && withFilaments(toSave(this.#modelUrl), '3mf', this.#count.value, colours);
  }

  #isPreviewed() {
    return this.#preview.getAttribute('aria-pressed') === 'true';
  }

  #togglePreview() {
    this.#preview.setAttribute('aria-pressed', String(!this.#isPreviewed()));
    this.#tell();
  }

  #tell() {
    const detail = this.#isPreviewed()
      ? withFilaments(modelFromHere(this.#modelUrl), 'glb', this.#count.value, this.#colours())
      : null;
    this.dispatchEvent(new CustomEvent('shown', { detail, bubbles: true }));
  }
}

/**
 * @param {string} address
 * @param {string} format
 * @param {string} count
 * @param {string[]} colours
 */
function withFilaments(address, format, count, colours) {
  const url = new URL(address);
  url.searchParams.set('format', format);
  url.searchParams.set('colors', count);
  if (colours.length > 0) {
    url.searchParams.set('palette', colours.map((colour) => colour.slice(1)).join(','));
  }
  return url.href;
}

customElements.define('maquette-filaments', Filaments);
