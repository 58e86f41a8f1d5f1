import { api, toSave } from '../api.js';
import { el, foreign } from '../dom.js';
import { text } from '../i18n.js';
import { area, count, degrees, share, volume } from '../measures.js';
import { messageOf } from './toasts.js';

const FORMATS = ['stl', 'obj', '3mf', 'ply', 'usdz'];

/** Downloads of the model in other formats, and the printability report, which is loaded when it is opened. */
export class Printing extends HTMLElement {
  #taskId = '';
  #modelUrl = '';
  #formats = el('p', { class: 'formats' });
  #answer = el('div', { 'aria-live': 'polite' });
  #details = el('details', { ontoggle: () => this.#load() },
    el('summary', {}, text('printing.heading')), this.#answer);

  connectedCallback() {
    this.replaceChildren(this.#formats, this.#details);
  }

  /**
   * @param {string} taskId
   * @param {string} modelUrl
   * @param {string | null} remark of the model: whether there are other formats at all
   */
  show(taskId, modelUrl, remark) {
    if (this.#modelUrl === modelUrl) {
      return;
    }
    const isConvertible = !remark?.startsWith('NOT_CONVERTIBLE');
    this.#formats.hidden = !isConvertible;
    this.#details.hidden = !isConvertible;
    this.#taskId = taskId;
    this.#modelUrl = modelUrl;
    this.#formats.replaceChildren(el('span', {}, text('printing.formats')),
      ...FORMATS.map((format) => el('a', { href: addressOf(modelUrl, format), download: '', 'data-format': format },
        format.toUpperCase())));
    this.#answer.replaceChildren();
    this.#load();
  }

  async #load() {
    if (!this.#details.open || this.#answer.hasChildNodes()) {
      return;
    }
    const asked = this.#modelUrl;
    this.#answer.replaceChildren(el('p', {}, text('printing.loading')));
    let answer;
    try {
      const { data } = await api.printability(this.#taskId);
      answer = [
        el('p', { class: 'verdict', 'data-verdict': data.verdict }, data.summary),
        el('ul', { class: 'remarks' }, ...data.remarks.map((remark) => el('li', {}, remark.text))),
        el('dl', { class: 'facts' }, ...factsOf(data)),
      ];
    } catch (e) {
      answer = [el('p', {}, foreign(messageOf(e)))];
    }
    if (asked === this.#modelUrl) {
      this.#answer.replaceChildren(...answer);
    }
  }
}

/**
 * @param {string} modelUrl
 * @param {string} format
 */
function addressOf(modelUrl, format) {
  const url = new URL(toSave(modelUrl));
  url.searchParams.set('format', format);
  return url.href;
}

/** @param {Printability} data */
function factsOf(data) {
  const facts = {
    volume: volume(data.volume),
    surface: area(data.surface),
    closed: text(data.closed ? 'printing.yes' : 'printing.no'),
    parts: count(data.parts),
    thinWalls: share(data.thinWalls),
    overhangs: share(data.overhangs),
    contact: area(data.contact),
    tipping: degrees(data.tipping),
    support: volume(data.support),
  };
  return Object.entries(facts).map(([name, value]) => el('div', { 'data-print': name },
    el('dt', {}, text(`printing.${name}`)), el('dd', {}, value)));
}

customElements.define('maquette-printing', Printing);
