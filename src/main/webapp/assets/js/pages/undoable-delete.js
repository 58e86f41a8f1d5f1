import { api, Refusal } from '../api.js';
import { text } from '../i18n.js';
import { toast, toastError } from '../elements/toasts.js';

const SHORT = 24;

/**
 * Deletes with a chance to undo: the request is sent once that chance has gone, or with the page.
 */
export class UndoableDelete {
  #pending = new Set();
  #onBack;

  /** @param onBack called with a task that is not deleted after all, and whether that was wished */
  constructor(onBack) {
    this.#onBack = onBack;
    window.addEventListener('pagehide', () => {
      for (const task of this.#pending) {
        this.#send(task);
      }
    });
  }

  /** Whether it is, for those who look, gone already. */
  has(id) {
    return [...this.#pending].some((task) => task.id === id);
  }

  start(task) {
    this.#pending.add(task);
    const characters = [...task.prompt];
    const prompt = characters.length > SHORT ? `${characters.slice(0, SHORT).join('')}…` : task.prompt;
    toast(text('history.deleted', { prompt }), {
      action: { label: text('action.undo'), run: () => this.#back(task, true) },
      onGone: () => this.#send(task),
    });
  }

  async #send(task) {
    if (!this.#pending.has(task)) {
      return;
    }
    try {
      await api.remove(task.id);
      this.#pending.delete(task);
    } catch (e) {
      if (e instanceof Refusal && e.status === 404) {
        this.#pending.delete(task); // somebody else was faster
      } else {
        toastError(e);
        this.#back(task, false);
      }
    }
  }

  #back(task, wished) {
    this.#pending.delete(task);
    this.#onBack(task, wished);
  }
}
