import { api } from '../api.js';
import { serverNow } from '../clock.js';
import { el, foreign } from '../dom.js';
import { fullTime, lengthInWords, timeOfDay } from '../durations.js';
import { hasText, text } from '../i18n.js';
import { messageOf } from './toasts.js';

/** What happened to a task, when, and how long each state took. Loaded once it is opened. */
class Timeline extends HTMLElement {
  #taskId;
  #statuses;
  #events = null;
  #loading = false;
  #details;
  #list;
  #timer;

  connectedCallback() {
    this.#timer = setInterval(() => this.#tick(), 1000);
    this.#list = el('ol', { class: 'timeline', tabindex: 0, 'aria-label': text('timeline.heading') });
    this.#details = el('details', { ontoggle: () => this.#load() },
      el('summary', {}, text('timeline.heading')), this.#list);
    this.replaceChildren(this.#details);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  /** @param statuses the catalogue, for the names of states */
  watch(taskId, statuses) {
    this.#taskId = taskId;
    this.#statuses = statuses;
  }

  /** @param events that just happened; none where it is not known what did */
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
      const events = [];
      let cursor = null;
      do {
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
    const moves = this.#events.filter(isMove);
    this.#list.replaceChildren(...this.#events.filter(isWorthARow).map((event) => this.#row(event, moves)));
    this.#tick();
  }

  /** Says how long the state that is not over has lasted. */
  #tick() {
    for (const lasting of this.#list.querySelectorAll('[data-since]')) {
      lasting.textContent = text('timeline.sofar', {
        time: lengthInWords(serverNow() - Date.parse(lasting.dataset.since)),
      });
    }
  }

  #row(event, moves) {
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

  #name(event) {
    if (event.from === null) {
      return text(hasText(`event.created.${event.detail}`) ? `event.created.${event.detail}` : 'event.created');
    }
    const name = `event.${event.type}`;
    const told = [`${name}.${event.detail}`, name, 'event.STATUS_CHANGED'].find(hasText);
    return text(told, {
      status: this.#statuses.get(event.to)?.label ?? event.to,
      n: (event.imageIndex ?? 0) + 1,
      progress: event.progress ?? 0,
    });
  }

  /** How long the state lasted that the event began; nothing for one that nobody waits in. */
  #dwell(event, moves) {
    const next = moves[moves.indexOf(event) + 1];
    if (next) {
      return [text('timeline.took', { time: lengthInWords(Date.parse(next.at) - Date.parse(event.at)) })];
    }
    return this.#statuses.get(event.to)?.inProgress ? [el('span', { 'data-since': event.at })] : [];
  }
}

/** Of a model's percentages in a row the last one says it all. */
function isWorthARow(event, i, events) {
  return event.type !== 'MODEL_PROGRESSED' || events[i + 1]?.type !== 'MODEL_PROGRESSED';
}

function isMove(event) {
  return event.type === 'STATUS_CHANGED' && event.from !== event.to;
}

customElements.define('maquette-timeline', Timeline);
