import { api, smallPicture } from '../api.js';
import { el, foreign, part, say } from '../dom.js';
import { text } from '../i18n.js';
import { may } from './task-state.js';

/** The form that edits the marked picture; for an edited picture, its versions before and after. */
export class EditSection {
  /** @type {WorkspaceState} */
  #state;
  #change;

  /** @param {(send: SendChange) => void} change */
  constructor(change) {
    this.#change = change;
    part('edit').addEventListener('submit', (event) => this.#submit(event));
    part('edit-instruction').placeholder = text('edit.placeholder');
  }

  /** @param {WorkspaceState} state */
  show(state) {
    this.#state = state;
    const { task, selection, busy } = state;
    const index = selection.indexIn(task);
    part('edit').hidden = index === null || !may(task, 'EDIT_IMAGE');
    if (index === null || part('edit').hidden) {
      return;
    }
    say(part('edit-label'), labelOf(task.images, index));
    const failed = task.edit?.imageIndex === index ? task.edit : null;
    say(part('edit-error'), failed?.errorMessage);
    const field = part('edit-instruction');
    if (failed && field.dataset.failed !== failed.askedAt) {
      field.dataset.failed = failed.askedAt;
      field.value ||= failed.instruction;
    }
    part('edit-send').disabled = busy;
    showVersions(task.images, index);
  }

  /** Empties the field after an edit. */
  clear() {
    part('edit-instruction').value = '';
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const { task, selection, busy } = this.#state;
    const instruction = part('edit-instruction').value.trim();
    const index = selection.indexIn(task);
    if (!busy && index !== null) {
      this.#change(() => api.edit(task.id, index, instruction));
    }
  }
}

/**
 * A new version has the number of its original, as in the grid.
 *
 * @param {TaskImage[]} images
 * @param {number} index
 */
function labelOf(images, index) {
  const original = images.find((image) => image.index === index)?.editOf ?? null;
  return original === null
    ? text('edit.label', { n: index + 1 }) : text('edit.labelOfVersion', { n: original + 1 });
}

/**
 * @param {TaskImage[]} images
 * @param {number} index
 */
function showVersions(images, index) {
  const now = images.find((image) => image.index === index);
  const old = images.find((image) => image.index === now?.editOf);
  const shown = part('edit-versions');
  shown.hidden = !old;
  if (now && old && shown.dataset.of !== now.url) {
    shown.dataset.of = now.url;
    shown.replaceChildren(version('edit.before', old, ''), version('edit.after', now, now.prompt));
  }
}

/**
 * @param {string} key
 * @param {TaskImage} image
 * @param {string} words
 */
function version(key, { url }, words) {
  return el('figure', {},
    el('img', { src: smallPicture(url, 320), alt: '', width: 512, height: 512, decoding: 'async' }),
    el('figcaption', {}, text(key), words && el('span', { class: 'quiet' }, foreign(words))));
}
