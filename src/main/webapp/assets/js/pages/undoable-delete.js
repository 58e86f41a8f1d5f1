import { api, Refusal } from '../api.js';
import { text } from '../i18n.js';
import { toast, toastError } from '../elements/toasts.js';

const SHORT = 60;

/**
 * Deletion that can be undone: the request is sent when the toast goes, or the page is left.
 */
export class UndoableDelete {
  /** @type {Set<Task>} */
  #pending = new Set();
  #onBack;

  /** @param {(task: Task, undone: boolean) => void} onBack called with a task that is not deleted */
  constructor(onBack) {
    this.#onBack = onBack;
    window.addEventListener('pagehide', () => {
      for (const task of this.#pending) {
        this.#send(task);
      }
    });
  }

  /**
   * Whether the task is shown as deleted.
   *
   * @param {string} id
   */
  has(id) {
    return [...this.#pending].some((task) => task.id === id);
  }

  /** @param {Task} task */
  start(task) {
    this.#pending.add(task);
    const characters = [...task.prompt];
    const prompt = characters.length > SHORT ? `${characters.slice(0, SHORT).join('')}…` : task.prompt;
    toast(text('history.deleted', { prompt }), {
      action: { label: text('action.undo'), run: () => this.#back(task, true) },
      onGone: () => this.#send(task),
    });
  }

  /** @param {Task} task */
  async #send(task) {
    if (!this.#pending.has(task)) {
      return;
    }
    try {
      await api.remove(task.id);
      this.#pending.delete(task);
    } catch (e) {
      if (e instanceof Refusal && e.status === 404) {
        this.#pending.delete(task); // it is deleted already
      } else {
        toastError(e);
        this.#back(task, false);
      }
    }
  }

  /**
   * @param {Task} task
   * @param {boolean} undone
   */
  #back(task, undone) {
    this.#pending.delete(task);
    this.#onBack(task, undone);
  }
}
