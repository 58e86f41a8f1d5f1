import { api, Refusal, Unreachable } from '../api.js';
import { el, icon } from '../dom.js';
import { text } from '../i18n.js';
import { preparedPicture } from '../picture-file.js';
import { countCharacters, PROMPT_MAX, tidyPrompt } from '../prompt-rule.js';
import './options.js';
import { messageOf } from './toasts.js';

const EXAMPLES = 6;
const DRAFT = 'maquette.draft';

/** An idempotency key: one submission may be sent several times. */
function newKey() {
  // not randomUUID, which pages over plain HTTP do not have
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The form that creates a task. The event created has the task. */
export class PromptForm extends HTMLElement {
  /**
   * The submission without an answer yet.
   *
   * @type {{ what: string, key: string, picture?: Blob } | null}
   */
  #submission = null;
  /** @type {HTMLTextAreaElement} */
  #input;
  /** @type {HTMLOutputElement} */
  #counter;
  /** @type {HTMLElement} */
  #error;
  /** @type {HTMLButtonElement} */
  #button;
  /** @type {HTMLInputElement} */
  #picture;
  /** @type {HTMLButtonElement} */
  #pictureButton;
  /** @type {HTMLElement} */
  #progress; // of the upload
  /** @type {HTMLElementTagNameMap['maquette-options']} */
  #options;

  connectedCallback() {
    this.#input = el('textarea', {
      id: 'prompt-input', name: 'prompt', rows: 3, dir: 'auto', autocomplete: 'off',
      placeholder: text('form.placeholder'), 'aria-describedby': 'prompt-counter prompt-error',
      oninput: () => this.#changed(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#keyPressed(event),
    });
    this.#counter = el('output', { id: 'prompt-counter', class: 'counter', for: 'prompt-input' });
    this.#error = el('p', { id: 'prompt-error', class: 'field-error', role: 'alert', dir: 'auto', hidden: true });
    this.#button = el('button', { class: 'button primary', type: 'submit' },
      icon('spark'), el('span', {}, text('form.submit')));
    this.#picture = el('input', {
      id: 'picture-input', type: 'file', accept: 'image/*', hidden: true,
      onchange: () => this.#sendPicture(),
    });
    this.#pictureButton = el('button', {
      id: 'picture-button', class: 'button quiet', type: 'button', 'aria-describedby': 'prompt-error',
      onclick: () => this.#picture.click(),
    }, text('form.picture'));
    this.#options = el('maquette-options', { 'data-of': 'pictures', onchange: () => this.#showSubmit() });
    this.#progress = el('p', { id: 'picture-progress', class: 'picture-progress', role: 'status' });
    this.replaceChildren(
      el('form', { class: 'prompt-form', novalidate: true, onsubmit: (/** @type {Event} */ event) => this.#submit(event) },
        el('label', { for: 'prompt-input' }, text('form.label')),
        this.#input,
        this.#error,
        this.#options,
        el('div', { class: 'prompt-bar' },
          this.#counter,
          el('span', { class: 'shortcut' }, text('form.shortcut')),
          this.#picture,
          this.#pictureButton,
          this.#button),
        this.#progress),
      el('div', { class: 'examples', role: 'group', 'aria-label': text('form.examples') },
        el('span', { class: 'examples-label', 'aria-hidden': 'true' }, text('form.examples')),
        ...Array.from({ length: EXAMPLES }, (_, i) => text(`example.${i + 1}`)).map((example) =>
          el('button', { type: 'button', class: 'chip', onclick: () => this.fill(example) }, example))));
    this.#input.value = sessionStorage.getItem(DRAFT) ?? '';
    this.#changed();
    window.addEventListener('pageshow', () => this.#setBusy(false)); // when the user returns from the task's page
  }

  /** @param {string} prompt */
  fill(prompt) {
    this.#input.value = prompt;
    this.#changed();
    this.#input.focus();
  }

  #changed() {
    const length = countCharacters(tidyPrompt(this.#input.value));
    this.#counter.textContent = length > PROMPT_MAX
      ? `${text('form.count', { n: length, max: PROMPT_MAX })} · ${text('form.over', { n: length - PROMPT_MAX })}`
      : text('form.count', { n: length, max: PROMPT_MAX });
    this.#counter.toggleAttribute('data-over', length > PROMPT_MAX);
    this.#showError(null);
    sessionStorage.setItem(DRAFT, this.#input.value);
  }

  /** @param {KeyboardEvent} event */
  #keyPressed(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      this.querySelector('form')?.requestSubmit();
    }
  }

  /**
   * Sends the prompt. Only the server checks it, and answers in the reader's language.
   *
   * @param {Event} event
   */
  async #submit(event) {
    event.preventDefault();
    if (this.#button.disabled) {
      return;
    }
    if (!this.#options.checks()) {
      return;
    }
    const prompt = tidyPrompt(this.#input.value);
    const options = this.#options.value;
    await this.#create(this.#input, `${prompt} ${JSON.stringify(options)}`, (key) => api.create(prompt, options, key));
  }

  /** Sends a picture as soon as it is chosen, with the text in the field as its prompt. */
  async #sendPicture() {
    const chosen = this.#picture.files?.[0];
    if (chosen) {
      const prompt = tidyPrompt(this.#input.value);
      const what = `${chosen.name} ${chosen.size} ${chosen.lastModified} ${prompt}`;
      await this.#create(this.#pictureButton, what, async (key) => {
        this.#progress.textContent = text('form.picture.preparing');
        const submission = /** @type {{ picture?: Blob }} */ (this.#submission);
        submission.picture ??= await preparedPicture(chosen);
        return api.createFromPicture(submission.picture, prompt, key, (share) => {
          // in steps, as each is read out
          this.#progress.textContent = text('form.picture.sending', { n: 10 * Math.floor(10 * share) });
        });
      });
      this.#picture.value = ''; // the same file may be chosen again
    }
  }

  /**
   * Creates a task, with one key until there is an answer.
   *
   * @param {HTMLElement} control focused after a refusal, unless the prompt is refused
   * @param {string} what identifies the submission
   * @param {(key: string) => Promise<Answer<Task>>} send
   */
  async #create(control, what, send) {
    this.#showError(null); // of an earlier attempt
    if (this.#submission?.what !== what) {
      this.#submission = { what, key: newKey() };
    }
    this.#setBusy(true);
    try {
      const { data } = await send(this.#submission.key);
      this.#submission = null;
      sessionStorage.removeItem(DRAFT);
      this.dispatchEvent(new CustomEvent('created', { detail: data }));
    } catch (e) {
      if (e instanceof Refusal && e.status < 500) {
        this.#submission = null; // there was an answer; the next attempt is a new submission
      }
      this.#setBusy(false);
      const own = refusedField(e);
      const refused = own?.field === 'prompt' ? this.#input : control;
      this.#showError(explain(e, own), refused);
      refused.focus();
    }
  }

  /**
   * Shows an error at its control; null removes it.
   *
   * @param {string | null} message
   * @param {HTMLElement | null} control
   */
  #showError(message, control = null) {
    this.#error.hidden = message === null;
    this.#error.textContent = message ?? '';
    for (const candidate of [this.#input, this.#pictureButton]) {
      candidate.setAttribute('aria-invalid', String(candidate === control));
    }
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.#progress.textContent = '';
    this.#button.disabled = busy;
    this.#pictureButton.disabled = busy;
    this.#showSubmit();
  }

  #showSubmit() {
    const { count } = this.#options.value;
    const idle = count === undefined ? text('form.submit')
      : text(count === 1 ? 'form.submit.one' : 'form.submit.some', { n: Number(count) });
    const label = /** @type {Element} */ (this.#button.lastElementChild);
    label.textContent = this.#button.disabled ? text('form.submitting') : idle;
  }
}

/**
 * The field that the server refuses; undefined if it names none.
 *
 * @param {any} error
 * @return {{ field: string, message: string } | undefined}
 */
function refusedField(error) {
  return Array.isArray(error.details)
    ? error.details.find((/** @type {{ field: string }} */ { field }) => field === 'prompt' || field === 'picture')
    : undefined;
}

/**
 * @param {unknown} error
 * @param {{ field: string, message: string } | undefined} own
 */
function explain(error, own) {
  if (error instanceof Unreachable) {
    return text('form.unknown');
  }
  const name = own?.field === 'picture' ? 'form.picture.field' : 'form.prompt';
  return own ? text(name) + own.message : messageOf(error);
}

customElements.define('maquette-prompt-form', PromptForm);
