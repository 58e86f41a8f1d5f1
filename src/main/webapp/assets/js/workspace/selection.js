import { may } from './task-state.js';

/**
 * The picture that the user has marked. The history entry keeps the mark, because a switch of language
 * loads the page again.
 */
export class Selection {
  #history;
  /** @type {number | null} */
  #marked;
  /** @type {number | null} */
  #imagesBeforeEdit = null;

  constructor(history = window.history) {
    this.#history = history;
    this.#marked = history.state?.marked ?? null;
  }

  /** The index that the user has marked, null if it is the task's own. */
  get marked() {
    return this.#marked;
  }

  /** @param {number} index */
  mark(index) {
    this.#marked = index;
    this.#history.replaceState({ marked: index }, '');
  }

  clear() {
    this.#marked = null;
  }

  /**
   * The index that is shown as marked: the user's, else the task's.
   *
   * @param {Task} task
   */
  indexIn(task) {
    return this.#marked ?? task.edit?.imageIndex ?? task.selectedImageIndex ?? (task.ownPicture ? 0 : null);
  }

  /**
   * Whether the user has marked another picture than the one that the model is made from.
   *
   * @param {Task} task
   */
  isOtherIn(task) {
    return this.#marked !== null && this.#marked !== task.selectedImageIndex;
  }

  /**
   * Adapts the mark to a new version of the task. A mark ends when no picture can be selected any more;
   * a picture that an edit has added is marked.
   *
   * @param {Task} task
   * @return {boolean} whether an edit has added a picture
   */
  follow(task) {
    if (this.#marked !== null && !may(task, 'SELECT_IMAGE')) {
      this.#marked = null;
      this.#history.replaceState(null, '');
    }
    const { status, images } = task;
    const isEdited = status === 'IMAGE_COMPLETED'
      && this.#imagesBeforeEdit !== null && images.length > this.#imagesBeforeEdit;
    if (isEdited) {
      this.#marked = images[images.length - 1].index;
    }
    this.#imagesBeforeEdit = status === 'IMAGE_EDITING' ? images.length : null;
    return isEdited;
  }
}
