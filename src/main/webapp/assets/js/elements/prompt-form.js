import { api, Refusal, Unreachable } from '../api.js';
import { el, icon } from '../dom.js';
import { text } from '../i18n.js';
import { preparedPicture } from '../picture-file.js';
import { countCharacters, PROMPT_MAX, tidyPrompt } from '../prompt-rule.js';
import { messageOf } from './toasts.js';

const EXAMPLES = 6;
const DRAFT = 'maquette.draft';

/** A key for one submission, however often it has to be sent. */
function newKey() {
  // not randomUUID: that is kept from pages over plain HTTP
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Where a task begins. Tells of a new one by the event created (detail: the task). */
class PromptForm extends HTMLElement {
  #submission = null; // { what, key, picture } until its answer has come
  #input;
  #counter;
  #error;
  #button;
  #picture; // the picture of one's own to begin with
  #pictureButton;
  #progress; // what is done with it

  connectedCallback() {
    this.#input = el('textarea', {
      id: 'prompt-input', name: 'prompt', rows: 3, dir: 'auto', autocomplete: 'off',
      placeholder: text('form.placeholder'), 'aria-describedby': 'prompt-counter prompt-error',
      oninput: () => this.#changed(),
      onkeydown: (event) => this.#keyPressed(event),
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
    this.#progress = el('p', { id: 'picture-progress', class: 'picture-progress', role: 'status' });
    this.replaceChildren(
      el('form', { class: 'prompt-form', novalidate: true, onsubmit: (event) => this.#submit(event) },
        el('label', { for: 'prompt-input' }, text('form.label')),
        this.#input,
        this.#error,
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
    window.addEventListener('pageshow', () => this.#setBusy(false)); // back from the new task's page
  }

  /** Puts a prompt in, ready to be changed or sent. */
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

  #keyPressed(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      this.querySelector('form').requestSubmit();
    }
  }

  /** The server alone decides what is acceptable, and says so in the reader's language. */
  async #submit(event) {
    event.preventDefault();
    if (this.#button.disabled) {
      return;
    }
    const prompt = tidyPrompt(this.#input.value);
    await this.#create(this.#input, prompt, (key) => api.create(prompt, key));
  }

  /** A picture is sent as soon as it is chosen; what is written there stands for it. */
  async #sendPicture() {
    const [chosen] = this.#picture.files;
    if (chosen) {
      const prompt = tidyPrompt(this.#input.value);
      const what = `${chosen.name} ${chosen.size} ${chosen.lastModified} ${prompt}`;
      await this.#create(this.#pictureButton, what, async (key) => {
        this.#progress.textContent = text('form.picture.preparing');
        this.#submission.picture ??= await preparedPicture(chosen);
        return api.createFromPicture(this.#submission.picture, prompt, key, (share) => {
          // in steps: each is read out
          this.#progress.textContent = text('form.picture.sending', { n: 10 * Math.floor(10 * share) });
        });
      });
      this.#picture.value = ''; // the same one may be chosen again
    }
  }

  /**
   * Sends what a task begins with, under one key until it is answered.
   *
   * @param control what is marked and focused if it is refused, unless the prompt is to blame
   */
  async #create(control, what, send) {
    this.#showError(null); // of an earlier try
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
        this.#submission = null; // it was answered; the next try is a new one
      }
      this.#setBusy(false);
      const own = refusedField(e);
      const refused = own?.field === 'prompt' ? this.#input : control;
      this.#showError(explain(e, own), refused);
      refused.focus();
    }
  }

  /** Shows an error at the control that it is about; null takes it away. */
  #showError(message, control = null) {
    this.#error.hidden = message === null;
    this.#error.textContent = message ?? '';
    for (const candidate of [this.#input, this.#pictureButton]) {
      candidate.setAttribute('aria-invalid', String(candidate === control));
    }
  }

  #setBusy(busy) {
    this.#progress.textContent = '';
    this.#button.disabled = busy;
    this.#pictureButton.disabled = busy;
    this.#button.lastElementChild.textContent = text(busy ? 'form.submitting' : 'form.submit');
  }
}

/** The part of a request that the server refused, undefined where it names none. */
function refusedField(error) {
  return Array.isArray(error.details)
    ? error.details.find(({ field }) => field === 'prompt' || field === 'picture')
    : undefined;
}

function explain(error, own) {
  if (error instanceof Unreachable) {
    return text('form.unknown');
  }
  const name = own?.field === 'picture' ? 'form.picture.field' : 'form.prompt';
  return own ? text(name) + own.message : messageOf(error);
}

customElements.define('maquette-prompt-form', PromptForm);
