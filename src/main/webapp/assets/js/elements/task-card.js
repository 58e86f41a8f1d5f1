import { fromRoot, smallPicture } from '../api.js';
import { el, foreign, icon } from '../dom.js';
import { text } from '../i18n.js';
import { imageCountOf, isOwnPictureLost } from '../statuses.js';
import { relativeTime } from './relative-time.js';

const MOSAIC = 4;

/** @type {[string, CardAction, string, keyof typeof import('../dom.js').ICONS][]} */
const ACTIONS = [
  ['CANCEL', 'cancel', 'action.cancel', 'stop'],
  ['RETRY', 'retry', 'action.retry', 'again'],
  ['DELETE', 'delete', 'action.delete', 'trash'],
];

/** A task in a list. The event act has the action that the user chooses. */
export class TaskCard extends HTMLElement {
  #shown = '';

  /**
   * The task that is shown.
   *
   * @type {Task | null}
   */
  task = null;

  /**
   * @param {Task} task
   * @param {StatusInfo} status
   * @param {boolean} actions whether there are buttons
   */
  show(task, status, actions = false) {
    this.task = task;
    const version = JSON.stringify([task, actions]);
    if (version === this.#shown) {
      return;
    }
    this.#shown = version;
    this.dataset.taskId = task.id;
    this.dataset.status = task.status;
    const focus = document.activeElement;
    const focused = focus instanceof HTMLElement && this.contains(focus) && focus.dataset.act;
    this.replaceChildren(
      el('article', { class: 'card' },
        el('a', { class: 'card-link', href: fromRoot(`workspace.html?taskId=${task.id}`) },
          el('div', { class: 'card-picture' }, ...pictures(task)),
          el('h3', { class: 'card-prompt' }, foreign(task.prompt))),
        el('div', { class: 'card-foot' },
          el('span', { class: 'status-chip', 'data-status': task.status }, statusLine(task, status)),
          relativeTime(task.createdAt),
          actions ? this.#actions(task) : null)));
    if (focused) {
      /** @type {HTMLElement | null} */ (this.querySelector(`[data-act="${focused}"]`))?.focus();
    }
  }

  /** @param {Task} task */
  #actions(task) {
    const allowed = task.allowedActions.map((action) => action.replace(/^RETRY_.*/, 'RETRY'))
      .filter((action) => action !== 'RETRY' || !isOwnPictureLost(task));
    return el('div', { class: 'card-actions' },
      ...ACTIONS.filter(([action]) => allowed.includes(action)).map(([, name, key, image]) => el('button', {
        type: 'button',
        class: 'icon-only',
        'data-act': name,
        'aria-label': `${text(key)}: ${task.prompt}`,
        title: text(key),
        onclick: () => this.dispatchEvent(new CustomEvent('act', { detail: name, bubbles: true })),
      }, icon(image))));
  }
}

/**
 * The picture of the model, the selected picture, or all pictures so far.
 *
 * @param {Task} task
 */
function pictures(task) {
  const chosen = task.images.find(({ index }) => index === task.selectedImageIndex);
  const single = task.model?.previewUrl ?? chosen?.url;
  if (single) {
    return [picture(single, 640)];
  }
  if (task.images.length === 0) {
    return [el('div', { class: 'card-blank' }, icon(task.status === 'FAILED' ? 'warn' : 'spark'))];
  }
  return [el('div', { class: 'card-mosaic' }, ...task.images.slice(0, MOSAIC).map(({ url }) => picture(url, 320)))];
}

/**
 * @param {string} url
 * @param {320 | 640} pixels
 */
function picture(url, pixels) {
  return el('img', { src: smallPicture(url, pixels), alt: '', loading: 'lazy', decoding: 'async', width: 512, height: 512 });
}

/**
 * @param {Task} task
 * @param {StatusInfo} status
 */
function statusLine(task, status) {
  if (task.status === 'IMAGE_GENERATING') {
    return `${status.label} ${task.images.length}/${imageCountOf(task)}`;
  }
  return task.status === 'MODEL_GENERATING' ? `${status.label} ${task.model?.progress ?? 0}%` : status.label;
}

customElements.define('maquette-task-card', TaskCard);
