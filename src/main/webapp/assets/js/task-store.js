import { api, Refusal } from './api.js';
import { watch } from './push.js';

const OUTLOOK_MILLIS = 10_000;

/**
 * The current version of one task. It dispatches the events task (a new version), happened (detail: rows
 * of its history; none if they were missed), and gone (deleted, or never there).
 */
export class TaskStore extends EventTarget {
  #id;
  /** @type {string | null} */
  #etag = null;
  #end = () => {};
  /** @type {number | undefined} */
  #outlookTimer;

  /**
   * The newest known version; null before the first one, and when the task is gone.
   *
   * @type {Task | null}
   */
  task = null;

  /** @param {string} id */
  constructor(id) {
    super();
    this.#id = id;
  }

  async start() {
    await this.refresh();
    if (this.task) {
      this.#end = watch(`tasks/${this.#id}/stream`, {
        snapshot: (/** @type {{ task: Task }} */ { task }) => {
          this.accept(task);
          this.#tell('happened', []);
        },
        change: ({ event, task }) => {
          this.accept(task);
          this.#tell('happened', [event]);
        },
        deleted: () => this.#gone(),
        poll: () => this.refresh(),
      });
      this.#outlookTimer = setInterval(() => this.#refreshOutlook(), OUTLOOK_MILLIS);
    }
  }

  /** Fetches the task if there is a new version. */
  async refresh() {
    await this.#fetch(this.#etag);
  }

  /**
   * Fetches queue position and estimate, which only GET returns. The request has no ETag, as the estimate
   * changes without a new version.
   */
  async #refreshOutlook() {
    if (this.task && /_(PENDING|GENERATING)$/.test(this.task.status) && !document.hidden) {
      await this.#fetch(null).catch(() => {}); // the next one may succeed
    }
  }

  /** @param {string | null} etag */
  async #fetch(etag) {
    try {
      const answer = await api.task(this.#id, etag);
      if (answer) {
        this.#etag = answer.etag;
        const missed = answer.data.updatedAt !== this.task?.updatedAt;
        this.accept(answer.data, true);
        if (missed) {
          this.#tell('happened', []);
        }
      }
    } catch (e) {
      if (!(e instanceof Refusal && e.status === 404)) {
        throw e;
      }
      this.#gone();
    }
  }

  /**
   * Accepts a version from a stream or an answer, unless a newer one is known.
   *
   * @param {Task} task
   * @param {boolean} withOutlook whether the version has queue position and estimate
   */
  accept(task, withOutlook = false) {
    const known = this.task;
    if (known && Date.parse(task.updatedAt) < Date.parse(known.updatedAt)) {
      return;
    }
    const moved = known?.status !== task.status;
    this.task = withOutlook || moved || !known
      ? task
      : { ...task, queuePosition: known.queuePosition, estimate: known.estimate };
    this.#tell('task');
    if (known && moved && !withOutlook) {
      this.#refreshOutlook();
    }
  }

  #gone() {
    clearInterval(this.#outlookTimer);
    this.#end();
    this.task = null;
    this.#tell('gone');
  }

  /**
   * @param {'task' | 'happened' | 'gone'} type
   * @param {TaskEvent[]} [detail]
   */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
