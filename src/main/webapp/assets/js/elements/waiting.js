import { serverNow } from '../clock.js';
import { el } from '../dom.js';
import { clockTime, estimateInWords } from '../durations.js';
import { locale, text } from '../i18n.js';

const ORDINAL_RULES = new Intl.PluralRules(locale, { type: 'ordinal' });
/** @type {Partial<Record<Intl.LDMLPluralRule, string>>} */
const SUFFIXES = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/**
 * Returns the queue position in words: 第 3 位, 3rd.
 *
 * @param {number} place
 */
function placeInWords(place) {
  const n = locale === 'en' ? `${place}${SUFFIXES[ORDINAL_RULES.select(place)]}` : place;
  return text('wait.place', { n });
}

/**
 * When the task entered its status. The server says so once the task is overdue. Before that,
 * updatedAt is used where no other time is known; it grows with every change.
 *
 * @param {Task} task
 */
function enteredAt(task) {
  /** @type {Partial<Record<TaskStatus, Instant | null>>} */
  const times = {
    IMAGE_PENDING: task.updatedAt, // a retried task was created long before
    IMAGE_GENERATING: task.imageGenerationStartedAt,
    IMAGE_EDITING: task.edit?.askedAt,
    MODEL_PENDING: task.model?.createdAt,
    MODEL_GENERATING: task.modelGenerationStartedAt,
  };
  return Date.parse(task.overdue?.since ?? times[task.status] ?? task.updatedAt);
}

/** The waiting time of a task: elapsed time, place in the queue, estimate, and why it is overdue. */
export class Waiting extends HTMLElement {
  /** @type {Task | null} */
  #task = null;

  /**
   * The earliest known start of the task's time in its status.
   *
   * @type {{ period: string, at: number } | null}
   */
  #start = null;

  /** @type {number | undefined} */
  #timer;
  #values = { elapsed: el('dd'), queue: el('dd'), estimate: el('dd'), reason: el('dd') };

  connectedCallback() {
    this.replaceChildren(el('dl', { class: 'facts' },
      ...Object.entries(this.#values).map(([name, value]) =>
        el('div', { class: `wait-${name}` }, el('dt', {}, text(`wait.${name}`)), value))));
    this.#timer = setInterval(() => this.#tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  /** @param {Task | null} task in progress, or null */
  show(task) {
    this.#task = task;
    this.#start = task && this.#startOf(task);
    this.hidden = task === null;
    this.#tick();
  }

  /**
   * A later time for the same status comes from a change within it: the time never jumps back.
   *
   * @param {Task} task
   */
  #startOf(task) {
    const period = [task.id, task.status, task.model?.createdAt, task.edit?.askedAt].join();
    const at = enteredAt(task);
    return { period, at: this.#start?.period === period ? Math.min(at, this.#start.at) : at };
  }

  #tick() {
    if (this.#task === null || this.#start === null) {
      return;
    }
    const now = serverNow();
    const { queuePosition, estimate, overdue } = this.#task;
    const said = {
      elapsed: clockTime(now - this.#start.at),
      queue: queuePosition ? placeInWords(queuePosition) : null,
      estimate: estimate ? estimateInWords(estimate, now) : null,
      reason: overdue ? text(`wait.${overdue.waitsFor}`) : null,
    };
    for (const name of /** @type {(keyof said)[]} */ (Object.keys(said))) {
      const value = this.#values[name];
      value.textContent = said[name] ?? '';
      value.parentElement?.toggleAttribute('hidden', said[name] === null);
    }
    this.toggleAttribute('data-slow', estimate?.slowerThanUsual === true || Boolean(overdue));
  }
}

customElements.define('maquette-waiting', Waiting);
