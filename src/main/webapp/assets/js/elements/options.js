import { api } from '../api.js';
import { el, foreign } from '../dom.js';
import { text } from '../i18n.js';
import { count } from '../measures.js';
import { bodyOf, modelFields, pictureFields } from '../option-fields.js';
import { messageOf } from './toasts.js';

/**
 * Closed list of the options of a task, which shows what the provider accepts. The attribute data-of is
 * pictures or models. The providers are loaded when the list is opened. The event change follows each change.
 */
export class Options extends HTMLElement {
  /** @type {ProviderOptions[] | null} */
  #providers = null;
  #loading = false;
  /** @type {OptionField[]} */
  #fields = [];
  #controls = el('div', { class: 'option-fields' });
  #details = el('details', { class: 'options', ontoggle: () => this.#load() },
    el('summary', {}, text('options.heading')), this.#controls);

  connectedCallback() {
    this.replaceChildren(this.#details);
    this.addEventListener('change', (event) => {
      if (/** @type {HTMLElement} */ (event.target).dataset.option === 'provider') {
        this.#render(); // another provider has other options
      }
    });
  }

  /** The options that the user has set, as members of a request. */
  get value() {
    return bodyOf(this.#fields, this.#values);
  }

  /** Whether every value can be sent; shows the user the first that cannot. */
  checks() {
    const wrong = this.#inputs.find((input) => !input.checkValidity());
    if (wrong) {
      this.#details.open = true;
      wrong.reportValidity();
    }
    return !wrong;
  }

  /** Removes all values. */
  clear() {
    this.#inputs.forEach((input) => {
      input.value = '';
    });
    this.#render();
  }

  /** @return {(HTMLInputElement | HTMLSelectElement)[]} */
  get #inputs() {
    return [...this.#controls.querySelectorAll(/** @type {'input'} */ ('[data-option]'))];
  }

  get #values() {
    return Object.fromEntries(this.#inputs.map((input) => [input.dataset.option ?? '', input.value]));
  }

  async #load() {
    if (!this.#details.open || this.#providers || this.#loading) {
      return;
    }
    this.#loading = true;
    try {
      this.#providers = (await api.providers()).data;
      this.#render();
    } catch (e) {
      this.#controls.replaceChildren(el('p', {}, foreign(messageOf(e))));
    } finally {
      this.#loading = false;
    }
  }

  /** Shows the fields, with the values that they have had. */
  #render() {
    const values = this.#values;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.option;
    this.#fields = this.dataset.of === 'pictures'
      ? pictureFields(this.#providers ?? []) : modelFields(this.#providers ?? [], values.provider ?? '');
    this.#controls.replaceChildren(...this.#fields.map((field) =>
      el('label', {}, el('span', {}, text(`option.${field.name}`)), control(field, values[field.name] ?? ''))));
    this.#inputs.find((input) => input.dataset.option === focused)?.focus();
  }
}

/**
 * @param {OptionField} field
 * @param {string} value
 */
function control(field, value) {
  const attributes = { 'data-option': field.name };
  if (field.choices) {
    const select = el('select', attributes, el('option', { value: '' }, field.none),
      ...field.choices.map((one) => el('option', { value: one.value }, one.label)));
    select.value = field.choices.some((one) => one.value === value) ? value : '';
    return select;
  }
  const input = field.kind === 'number'
    ? el('input', {
      ...attributes, type: 'number', inputmode: 'numeric', step: 1, min: field.min, max: field.max,
      placeholder: text('options.range', { min: count(field.min ?? 0), max: count(field.max ?? 0) }),
    })
    : el('input', { ...attributes, type: 'text', dir: 'auto', autocomplete: 'off', maxlength: field.maxLength });
  input.value = value;
  return input;
}

customElements.define('maquette-options', Options);
