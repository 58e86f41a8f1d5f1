import { api, modelFromHere, toSave } from '../api.js';
import { el, foreign } from '../dom.js';
import { text } from '../i18n.js';
import { advisedFixes, FIXES, heightOf, MAX_HEIGHT, printOptions } from '../workspace/print-options.js';
import { messageOf } from './toasts.js';

const POLL_MILLIS = 1000;

/**
 * Section that prepares the model for a print. It loads the report when it is opened. The event
 * preview has the address of the model to show: the result, or null for the original.
 */
export class PrintKit extends HTMLElement {
  #taskId = '';
  #modelUrl = '';
  /** The id of the print file in work; empty without one. */
  #running = '';
  /** @type {Set<PrintFix>} */
  #fixes = new Set();
  #isLoaded = false;
  #verdict = el('p', { class: 'verdict' });
  #buttons = el('div', { class: 'print-fixes', role: 'group', 'aria-label': text('kit.fixes') });
  #height = el('input', {
    id: 'print-height', type: 'number', min: 1, max: MAX_HEIGHT, step: 'any', inputmode: 'decimal',
    'aria-describedby': 'print-error',
  });
  #error = el('p', { id: 'print-error', class: 'edit-error', role: 'alert', hidden: true });
  #make = el('button', { class: 'button quiet', type: 'submit' }, text('kit.make'));
  #work = el('div', { class: 'print-work', hidden: true });
  #percent = el('progress', { max: 100, value: 0, 'aria-label': text('kit.working') });
  #result = el('div', { class: 'print-result', 'aria-live': 'polite' });
  #details = el('details', { ontoggle: () => this.#load() },
    el('summary', {}, text('kit.heading')),
    el('form', { class: 'print-form', novalidate: true, onsubmit: (/** @type {Event} */ event) => this.#submit(event) },
      this.#verdict, this.#buttons,
      el('label', { for: 'print-height' }, text('kit.height'), this.#height),
      this.#error, this.#make),
    this.#work, this.#result);

  connectedCallback() {
    this.#work.replaceChildren(this.#percent,
      el('button', { class: 'link', type: 'button', onclick: () => this.#cancel() }, text('kit.cancel')));
    this.replaceChildren(this.#details);
  }

  disconnectedCallback() {
    this.#running = '';
  }

  /**
   * @param {string} taskId
   * @param {string} modelUrl
   * @param {string | null} remark of the model: whether it can be changed at all
   */
  show(taskId, modelUrl, remark) {
    if (this.#modelUrl === modelUrl) {
      return;
    }
    this.#taskId = taskId;
    this.#modelUrl = modelUrl;
    this.#running = '';
    this.#isLoaded = false;
    this.#details.hidden = remark?.startsWith('NOT_CONVERTIBLE') ?? false;
    this.#work.hidden = true;
    this.#make.disabled = false;
    this.#result.replaceChildren();
    this.#fixes.clear();
    this.#load();
  }

  async #load() {
    if (!this.#details.open || this.#isLoaded) {
      return;
    }
    this.#isLoaded = true;
    const asked = this.#modelUrl;
    this.#showFixes();
    this.#verdict.replaceChildren(text('printing.loading'));
    try {
      const { data } = await api.printability(this.#taskId);
      if (asked === this.#modelUrl) {
        this.#verdict.dataset.verdict = data.verdict;
        this.#verdict.replaceChildren(data.summary);
        advisedFixes(data).forEach((fix) => this.#fixes.add(fix));
        this.#showFixes();
      }
    } catch (e) {
      if (asked === this.#modelUrl) {
        this.#isLoaded = false;
        this.#verdict.replaceChildren(foreign(messageOf(e)));
      }
    }
  }

  #showFixes() {
    this.#buttons.replaceChildren(...FIXES.map((fix) => el('button', {
      class: 'button quiet', type: 'button', 'data-fix': fix, 'aria-pressed': String(this.#fixes.has(fix)),
      onclick: (/** @type {MouseEvent} */ event) => this.#toggle(fix, /** @type {HTMLElement} */ (event.currentTarget)),
    }, text(`kit.fix.${fix}`))));
  }

  /**
   * @param {PrintFix} fix
   * @param {HTMLElement} button
   */
  #toggle(fix, button) {
    const isChosen = !this.#fixes.delete(fix);
    if (isChosen) {
      this.#fixes.add(fix);
    }
    button.setAttribute('aria-pressed', String(isChosen));
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    const height = this.#height.validity.badInput ? undefined : heightOf(this.#height.value);
    if (height === undefined) {
      this.#refuse(text('kit.heightWrong', { max: MAX_HEIGHT }));
      this.#height.focus();
      return;
    }
    this.#refuse('');
    this.#make.disabled = true;
    const asked = this.#modelUrl;
    try {
      const { data } = await api.createPrintFile(this.#taskId, printOptions(this.#fixes, height));
      if (asked === this.#modelUrl) {
        this.#running = data.id;
        await this.#follow(data);
      }
    } catch (e) {
      if (asked === this.#modelUrl) {
        this.#end();
        this.#refuse(messageOf(e));
      }
    }
  }

  /** @param {string} words */
  #refuse(words) {
    this.#error.replaceChildren(foreign(words));
    this.#error.hidden = words === '';
  }

  /** @param {PrintFile} first */
  async #follow(first) {
    const { id } = first;
    let file = first;
    while (this.#running === id && (file.state === 'QUEUED' || file.state === 'RUNNING')) {
      this.#work.hidden = false;
      this.#percent.value = file.progress;
      await new Promise((resolve) => { window.setTimeout(resolve, POLL_MILLIS); });
      if (this.#running === id) {
        file = (await api.printFile(this.#taskId, id)).data;
      }
    }
    if (this.#running !== id) {
      return;
    }
    this.#end();
    if (file.links) {
      await this.#showResult(file.id, file.links);
    } else if (file.problem) {
      this.#refuse(file.problem.text);
    }
  }

  #end() {
    this.#running = '';
    this.#work.hidden = true;
    this.#make.disabled = false;
  }

  async #cancel() {
    const id = this.#running;
    this.#end();
    try {
      await api.deletePrintFile(this.#taskId, id);
    } catch (e) {
      this.#refuse(messageOf(e));
    }
  }

  /**
   * @param {string} id
   * @param {Record<string, string>} links
   */
  async #showResult(id, links) {
    const verdict = el('p', { class: 'verdict' }, text('printing.loading'));
    const back = el('button', { class: 'link', type: 'button' }, text('kit.back'));
    let isShown = true;
    back.addEventListener('click', () => {
      isShown = !isShown;
      back.textContent = text(isShown ? 'kit.back' : 'kit.show');
      this.#preview(isShown ? links.glb : null);
    });
    this.#result.replaceChildren(verdict,
      el('p', { class: 'formats' }, el('span', {}, text('kit.download')),
        ...['3mf', 'stl', 'glb'].map((format) => el('a', {
          href: toSave(links[format]), download: '', 'data-format': format,
        }, format.toUpperCase()))),
      back);
    this.#preview(links.glb);
    try {
      const { data } = await api.printFileReport(this.#taskId, id);
      verdict.dataset.verdict = data.verdict;
      verdict.replaceChildren(data.summary);
    } catch (e) {
      verdict.replaceChildren(foreign(messageOf(e)));
    }
  }

  /** @param {string | null} url */
  #preview(url) {
    this.dispatchEvent(new CustomEvent('preview', { detail: url && modelFromHere(url) }));
  }
}

customElements.define('maquette-print-kit', PrintKit);
