import { api } from '../api.js';
import { serverNow } from '../clock.js';
import { el, foreign } from '../dom.js';
import { fullTime, lengthInWords, timeOfDay } from '../durations.js';
import { hasText, text } from '../i18n.js';
import { messageOf } from './toasts.js';

/** A shorter time would be shown as 0.0 seconds; in milliseconds. */
const SHORTEST_SHOWN = 50;

/** The events of a task with the time in each status. They are loaded when the list is opened. */
export class Timeline extends HTMLElement {
  #taskId = '';
  /** @type {Statuses} */
  #statuses = new Map();
  /** @type {TaskEvent[] | null} */
  #events = null;
  #loading = false;
  #list = el('ol', { class: 'timeline', tabindex: 0, 'aria-label': text('timeline.heading') });
  #details = el('details', { ontoggle: () => this.#load() },
    el('summary', {}, text('timeline.heading')), this.#list);

  /** @type {number | undefined} */
  #timer;

  connectedCallback() {
    this.#timer = setInterval(() => this.#tick(), 1000);
    this.replaceChildren(this.#details);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  /**
   * @param {string} taskId
   * @param {Statuses} statuses
   */
  watch(taskId, statuses) {
    this.#taskId = taskId;
    this.#statuses = statuses;
  }

  /** @param {TaskEvent[]} events new ones; none if they were missed */
  happened(events) {
    if (events.length === 0) {
      this.#events = null;
      this.#load();
    } else if (this.#events) {
      const known = new Set(this.#events.map(({ id }) => id));
      this.#events.push(...events.filter(({ id }) => !known.has(id)));
      this.#render();
    }
  }

  async #load() {
    if (!this.#details.open || this.#events || this.#loading) {
      return;
    }
    this.#loading = true;
    if (!this.#list.hasChildNodes()) {
      this.#list.replaceChildren(el('li', {}, text('timeline.loading')));
    }
    try {
      /** @type {TaskEvent[]} */
      const events = [];
      /** @type {string | null} */
      let cursor = null;
      do {
        /** @type {PagedAnswer<TaskEvent>} */
        const page = await api.events(this.#taskId, cursor);
        events.push(...page.data);
        cursor = page.nextCursor;
      } while (cursor);
      this.#events = events;
      this.#render();
    } catch (e) {
      this.#list.replaceChildren(el('li', {}, foreign(messageOf(e))));
    } finally {
      this.#loading = false;
    }
  }

  #render() {
    const events = this.#events ?? [];
    const moves = events.filter(isMove);
    this.#list.replaceChildren(...events.filter(isWorthARow).map((event) => this.#row(event, moves)));
    this.#tick();
  }

  /** Updates the time in the present status. */
  #tick() {
    /** @type {NodeListOf<HTMLElement>} */
    const lasting = this.#list.querySelectorAll('[data-since]');
    for (const time of lasting) {
      time.textContent = text('timeline.sofar', {
        time: lengthInWords(serverNow() - Date.parse(time.dataset.since ?? '')),
      });
    }
  }

  /**
   * @param {TaskEvent} event
   * @param {TaskEvent[]} moves
   */
  #row(event, moves) {
    /** @type {(string | HTMLElement)[]} */
    const details = [];
    if (isMove(event)) {
      details.push(...this.#dwell(event, moves));
    }
    if (event.attempt > 1) {
      details.push(text('timeline.attempt', { n: event.attempt }));
    }
    const kind = event.actor?.split(':')[0];
    if (hasText(`actor.${kind}`)) {
      details.push(text(`actor.${kind}`));
    }
    return el('li', { 'data-type': isMove(event) ? event.to : event.type },
      el('time', { datetime: event.at, title: fullTime(event.at) }, timeOfDay(event.at)),
      el('div', {},
        el('strong', {}, this.#name(event)),
        el('span', { class: 'quiet' }, ...details.flatMap((detail, i) => (i > 0 ? [' · ', detail] : [detail])))));
  }

  /** @param {TaskEvent} event */
  #name(event) {
    if (event.from === null) {
      return text(hasText(`event.created.${event.detail}`) ? `event.created.${event.detail}` : 'event.created');
    }
    const name = `event.${event.type}`;
    const key = [`${name}.${event.detail}`, name].find(hasText);
    return text(key ?? 'event.STATUS_CHANGED', {
      status: this.#statuses.get(event.to)?.label ?? event.to,
      n: (event.imageIndex ?? 0) + 1,
      progress: event.progress ?? 0,
    });
  }

  /**
   * The time in the status that the event began, as work or as waiting for the user; none for a final status.
   *
   * @param {TaskEvent} event
   * @param {TaskEvent[]} moves
   */
  #dwell(event, moves) {
    const next = moves[moves.indexOf(event) + 1];
    const isWork = this.#statuses.get(event.to)?.inProgress;
    if (next) {
      const millis = Date.parse(next.at) - Date.parse(event.at);
      return millis < SHORTEST_SHOWN
        ? [] : [text(isWork ? 'timeline.took' : 'timeline.waited', { time: lengthInWords(millis) })];
    }
    return isWork ? [el('span', { 'data-since': event.at })] : [];
  }
}

/**
 * Whether to show an event. Of several model percentages in a row, only the last one is shown.
 *
 * @param {TaskEvent} event
 * @param {number} i
 * @param {TaskEvent[]} events
 */
function isWorthARow(event, i, events) {
  return event.type !== 'MODEL_PROGRESSED' || events[i + 1]?.type !== 'MODEL_PROGRESSED';
}

/** @param {TaskEvent} event */
function isMove(event) {
  return event.type === 'STATUS_CHANGED' && event.from !== event.to;
}

customElements.define('maquette-timeline', Timeline);
