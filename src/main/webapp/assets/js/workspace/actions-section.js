import { api, fromRoot, toSave } from '../api.js';
import { el, icon, part, say } from '../dom.js';
import { text } from '../i18n.js';
import { loadLate } from '../late.js';
import { boundedPrompt } from '../prompt-rule.js';
import { statusOf } from '../statuses.js';
import { ask } from '../elements/dialog.js';
import { toast } from '../elements/toasts.js';
import { hasModel, mainActionOf, may, noteKeyOf } from './task-state.js';

/** The actions of the task: the main action, and the buttons that cancel, retry and replace. */
export class ActionsSection {
  /** @type {WorkspaceState} */
  #state;
  #change;
  #hasOptions = false;

  /** @param {(send: SendChange) => void} change */
  constructor(change) {
    this.#change = change;
    part('copy-link').addEventListener('click', copyLink);
    part('cancel').addEventListener('click', () => this.#cancel());
    part('retry-images').addEventListener('click', () => this.#retryImages());
    part('regenerate').addEventListener('click', () => this.#replaceModel());
    part('retry-other').addEventListener('click', () => this.#retry('new'));
    part('options').addEventListener('change', () => this.show(this.#state));
  }

  /** @param {WorkspaceState} state */
  show(state) {
    this.#state = state;
    const { task, busy } = state;
    this.#showMain();
    part('cancel').hidden = !may(task, 'CANCEL');
    part('retry-images').hidden = !(task.failedStage === 'MODEL' && may(task, 'RETRY_IMAGES'));
    part('regenerate').hidden = task.status !== 'MODEL_COMPLETED' || !this.#hasOtherChoice;
    this.#showOptions();
    part('retry-other').hidden = !hasSeed(task) || mainActionOf(task, this.#hasOtherChoice) !== 'retry';
    part('retry-other').disabled = busy;
    part('cancel').disabled = busy;
    part('retry-images').disabled = busy;
    part('regenerate').disabled = busy;
    const note = noteKeyOf(task, this.#hasOtherChoice);
    say(part('note'), note && text(note));
  }

  /** The options are loaded when a picture can be chosen, so that the page shows a task without one sooner. */
  async #showOptions() {
    part('options').hidden = !may(this.#state.task, 'SELECT_IMAGE');
    if (!part('options').hidden && !this.#hasOptions) {
      await loadLate(() => import('../elements/options.js'));
      this.#hasOptions = true;
    }
  }

  get #options() {
    return this.#hasOptions ? part('options').value : {};
  }

  #checksOptions() {
    return !this.#hasOptions || part('options').checks();
  }

  /** Whether the user has marked another picture, or has set options for the same one. */
  get #hasOtherChoice() {
    const { task, selection } = this.#state;
    return selection.isOtherIn(task)
      || (may(task, 'SELECT_IMAGE') && Object.keys(this.#options).length > 0);
  }

  #showMain() {
    const { task, statuses, screen, selection } = this.#state;
    const action = mainActionOf(task, this.#hasOtherChoice);
    if (action === 'download' && hasModel(task)) {
      showMainLink(screen.button, toSave(task.model.modelUrl));
    } else if (action === 'newTask') {
      const [{ button }] = statusOf(statuses, 'CANCELLED').screens;
      this.#showMainButton(button, true);
    } else {
      const isChosen = action !== 'select' || selection.indexIn(task) !== null;
      this.#showMainButton(screen.button, screen.buttonEnabled && isChosen);
    }
  }

  /**
   * @param {string} label
   * @param {boolean} enabled
   */
  #showMainButton(label, enabled) {
    const button = mainAs('button');
    button.type = 'button';
    button.disabled = !enabled || this.#state.busy;
    if (button.textContent !== label) {
      button.replaceChildren(el('span', {}, label));
    }
    button.onclick = () => this.#mainPressed();
  }

  #mainPressed() {
    const { task, selection } = this.#state;
    const action = mainActionOf(task, this.#hasOtherChoice);
    const index = selection.indexIn(task);
    if (action === 'newTask') {
      const prompt = encodeURIComponent(boundedPrompt(task.prompt));
      window.location.assign(fromRoot(`index.html?prompt=${prompt}`));
    } else if (action === 'select' && index !== null) {
      this.#choose(index);
    } else if (action === 'retry') {
      this.#retry('same');
    }
  }

  /** @param {number} index */
  #choose(index) {
    if (this.#checksOptions()) {
      const options = this.#options;
      this.#change(async () => {
        const answer = await api.choose(this.#state.task.id, index, options);
        if (this.#hasOptions) {
          part('options').clear();
        }
        return answer;
      });
    }
  }

  /** @param {'same' | 'new'} seed */
  #retry(seed) {
    const { task } = this.#state;
    this.#change(() => api.retry(task.id, task.failedStage === 'IMAGE' ? 'images' : 'model', seed));
  }

  async #cancel() {
    const { task, status } = this.#state;
    const isEdit = task.status === 'IMAGE_EDITING';
    const stage = status.stage === 'IMAGE' ? 'images' : 'model';
    if (await ask({
      heading: text(isEdit ? 'cancel.edit.heading' : 'cancel.heading'),
      body: text(isEdit ? 'cancel.edit' : `cancel.${stage}`),
      yes: text(isEdit ? 'cancel.edit.yes' : 'cancel.yes'),
      no: text('cancel.no'),
      dangerous: true,
    })) {
      this.#change(() => api.cancel(task.id));
    }
  }

  async #retryImages() {
    const { task } = this.#state;
    if (await confirm('redraw')) {
      this.#change(() => api.retry(task.id, 'images'));
    }
  }

  async #replaceModel() {
    const { task, selection } = this.#state;
    const index = selection.indexIn(task);
    if (index !== null && this.#checksOptions() && await confirm('replace')) {
      this.#choose(index);
    }
  }
}

/**
 * Whether the stage that failed has a seed, so that a retry can draw another one.
 *
 * @param {Task} task
 */
function hasSeed(task) {
  const options = task.failedStage === 'IMAGE' ? task.imageOptions : task.modelOptions;
  return (options?.seed ?? null) !== null;
}

/** @param {'redraw' | 'replace'} what */
function confirm(what) {
  return ask({
    heading: text(`${what}.heading`),
    body: text(`${what}.text`),
    yes: text(`${what}.yes`),
    no: text(`${what}.no`),
  });
}

/**
 * @param {string} label
 * @param {string} address
 */
function showMainLink(label, address) {
  const link = mainAs('a');
  link.href = address;
  link.setAttribute('download', '');
  link.replaceChildren(icon('download'), el('span', {}, label));
}

/**
 * The main action as a button, or as a link where there is a file to download.
 *
 * @template {'a' | 'button'} K
 * @param {K} name
 * @return {HTMLElementTagNameMap[K]}
 */
function mainAs(name) {
  const present = part('main-action');
  if (present.localName === name) {
    return /** @type {HTMLElementTagNameMap[K]} */ (present);
  }
  const other = el(name, { id: present.id, class: present.className });
  const hadFocus = document.activeElement === present;
  present.replaceWith(other);
  if (hadFocus) {
    other.focus();
  }
  return other;
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(window.location.href);
    toast(text('work.copied'));
  } catch {
    window.prompt(text('work.copyFailed'), window.location.href); // no clipboard over plain HTTP
  }
}
