import { api, Refusal } from './api.js';
import { watch } from './push.js';

const OUTLOOK_MILLIS = 10_000;

/**
 * One task as it is now, kept up to date. Tells of it by events: task (it is new or has changed),
 * happened (detail: rows of its history; none where they were missed), gone (deleted, or never
 * there).
 */
export class TaskStore extends EventTarget {
  #id;
  #etag = null;
  #end = () => {};
  #outlookTimer;

  /** The newest version known. */
  task = null;

  constructor(id) {
    super();
    this.#id = id;
  }

  async start() {
    await this.refresh();
    if (this.task) {
      this.#end = watch(`tasks/${this.#id}/stream`, {
        snapshot: ({ task }) => {
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

  /** Fetches it unless it is still the version we have. */
  async refresh() {
    await this.#fetch(this.#etag);
  }

  /**
   * Place in the queue and estimate are told by GET alone. The estimate changes by time without
   * making a new version, so that no tag would do.
   */
  async #refreshOutlook() {
    if (/_(PENDING|GENERATING)$/.test(this.task.status) && !document.hidden) {
      await this.#fetch(null).catch(() => {}); // there will be another
    }
  }

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

  /** Takes a version from wherever it comes, unless a newer one is known. */
  accept(task, withOutlook = false) {
    const known = this.task;
    if (known && Date.parse(task.updatedAt) < Date.parse(known.updatedAt)) {
      return;
    }
    const moved = known?.status !== task.status;
    this.task = withOutlook || moved
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

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
