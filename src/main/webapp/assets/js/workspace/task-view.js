import { Refusal } from '../api.js';
import { part } from '../dom.js';
import { loadLate } from '../late.js';
import { screenOf, statusOf } from '../statuses.js';
import { toast, toastError } from '../elements/toasts.js';
import '../elements/timeline.js';
import { ActionsSection } from './actions-section.js';
import { showHeading } from './heading.js';
import { ModelSection } from './model-section.js';
import { PicturesSection } from './pictures-section.js';
import { Selection } from './selection.js';
import { showStatus } from './status-section.js';
import { may } from './task-state.js';

/** View of one task: passes the state of the task to the sections, and sends the changes that they ask for. */
export class TaskView {
  #element;
  #store;
  #statuses;
  #selection = new Selection();
  #busy = false;
  #pictures = new PicturesSection((index) => this.#mark(index));
  #model = new ModelSection(() => this.show());
  #actions = new ActionsSection((send) => this.#change(send));
  /** @type {import('./edit-section.js').EditSection | null} */
  #edit = null;

  /**
   * @param {HTMLElement} element
   * @param {import('../task-store.js').TaskStore} store
   * @param {Statuses} statuses
   */
  constructor(element, store, statuses) {
    this.#element = element;
    this.#store = store;
    this.#statuses = statuses;
    store.addEventListener('happened', (event) =>
      part('timeline').happened(/** @type {CustomEvent} */ (event).detail));
  }

  show() {
    const { task } = this.#store;
    if (!task) {
      return; // it is gone
    }
    if (this.#selection.follow(task)) {
      this.#edit?.clear();
    }
    const state = {
      task,
      statuses: this.#statuses,
      status: statusOf(this.#statuses, task.status),
      screen: screenOf(this.#statuses, task),
      selection: this.#selection,
      busy: this.#busy,
    };
    this.#element.hidden = false;
    this.#element.dataset.status = task.status;
    showHeading(task);
    showStatus(state);
    this.#pictures.show(state);
    this.#model.show(state);
    this.#actions.show(state);
    this.#showEdit(state);
    part('timeline').watch(task.id, this.#statuses);
  }

  /**
   * The form is loaded when a picture can be edited, so that the page shows a task without one sooner.
   *
   * @param {WorkspaceState} state
   */
  async #showEdit(state) {
    if (this.#edit) {
      this.#edit.show(state);
    } else if (may(state.task, 'EDIT_IMAGE')) {
      const { EditSection } = await loadLate(() => import('./edit-section.js'));
      this.#edit ??= new EditSection((send) => this.#change(send));
      this.show(); // the task may have changed meanwhile
    }
  }

  /** @param {number} index */
  #mark(index) {
    this.#selection.mark(index);
    this.show();
  }

  /**
   * Sends a change. The buttons are disabled meanwhile, and a refusal is explained.
   *
   * @param {SendChange} send
   */
  async #change(send) {
    const hadFocus = part('panel').contains(document.activeElement);
    this.#busy = true;
    this.show();
    try {
      const { data, message } = await send();
      this.#selection.clear();
      this.#store.accept(data);
      toast(message);
    } catch (e) {
      toastError(e);
      if (e instanceof Refusal) {
        await this.#store.refresh().catch(() => {}); // the task has changed without this page
      }
    } finally {
      this.#busy = false;
      this.show();
      if (hadFocus) {
        keepFocus();
      }
    }
  }
}

/** Keeps the keyboard in the panel when the pressed button is gone or disabled. */
function keepFocus() {
  const at = document.activeElement;
  if (!at || !part('panel').contains(at) || at.matches(':disabled') || !at.checkVisibility()) {
    const main = part('main-action');
    (main.matches(':disabled') ? part('panel') : main).focus({ preventScroll: true });
  }
}
