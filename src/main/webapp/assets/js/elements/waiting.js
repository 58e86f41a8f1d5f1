import { serverNow } from '../clock.js';
import { el } from '../dom.js';
import { clockTime, estimateInWords } from '../durations.js';
import { locale, text } from '../i18n.js';

const ORDINAL_RULES = new Intl.PluralRules(locale, { type: 'ordinal' });
const SUFFIXES = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** Returns the queue position in words: 第 3 位, 3rd. */
function placeInWords(place) {
  const n = locale === 'en' ? place + SUFFIXES[ORDINAL_RULES.select(place)] : place;
  return text('wait.place', { n });
}

/**
 * When the task entered its status. The server says so once the task is overdue. Before that,
 * updatedAt stands for the time where no other time is known: it moves on with every change.
 */
function enteredAt(task) {
  return Date.parse(task.overdue?.since ?? {
    IMAGE_PENDING: task.updatedAt, // a retried task was created long before
    IMAGE_GENERATING: task.imageGenerationStartedAt,
    IMAGE_EDITING: task.edit?.askedAt,
    MODEL_PENDING: task.model?.createdAt,
    MODEL_GENERATING: task.modelGenerationStartedAt,
  }[task.status] ?? task.updatedAt);
}

/** What those who wait want to know: how long already, how many before them, how long still. */
class Waiting extends HTMLElement {
  #task = null;
  #start = null; // { period, at }: the earliest known start of the task's time in its status
  #timer;
  #values;

  connectedCallback() {
    this.#values = { elapsed: el('dd'), queue: el('dd'), estimate: el('dd'), reason: el('dd') };
    this.replaceChildren(el('dl', { class: 'facts' },
      ...Object.entries(this.#values).map(([name, value]) =>
        el('div', { class: `wait-${name}` }, el('dt', {}, text(`wait.${name}`)), value))));
    this.#timer = setInterval(() => this.#tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  /** @param task in progress, or null: nobody waits */
  show(task) {
    this.#task = task;
    this.#start = task && this.#startOf(task);
    this.hidden = task === null;
    this.#tick();
  }

  /** A later time for the same status comes from a change within it: the time never jumps back. */
  #startOf(task) {
    const period = [task.id, task.status, task.model?.createdAt, task.edit?.askedAt].join();
    const at = enteredAt(task);
    return { period, at: this.#start?.period === period ? Math.min(at, this.#start.at) : at };
  }

  #tick() {
    if (this.#task === null) {
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
    for (const [name, value] of Object.entries(this.#values)) {
      value.textContent = said[name] ?? '';
      value.parentElement.hidden = said[name] === null;
    }
    this.toggleAttribute('data-slow', estimate?.slowerThanUsual === true || Boolean(overdue));
  }
}

customElements.define('maquette-waiting', Waiting);
