import { api, fromRoot, Refusal } from '../api.js';
import { el, part } from '../dom.js';
import { text } from '../i18n.js';
import { watch } from '../push.js';
import { statuses } from '../statuses.js';
import { ask } from '../elements/dialog.js';
import { messageOf, toast, toastError } from '../elements/toasts.js';
import { FILTERS, fits } from './filters.js';
import { UndoableDelete } from './undoable-delete.js';
import '../elements/task-card.js';

const PAGE = 20;
const MOST_AT_ONCE = 100; // the server's limit
const DEBOUNCE_MILLIS = 300;
const SEARCH_MAX = 100;

/** All tasks, newest first: filtered, searched, loaded as one scrolls, and kept up to date. */
export class TaskList {
  #statuses;
  #filter;
  #search;
  #tasks = new Map(); // id -> task, in the order of the server
  #cards = new Map(); // id -> list item
  #nextCursor = null;
  #version = {}; // of what was loaded last: { parameters, etag }
  #loading = 0; // number of the newest load; answers to older ones are late
  #reaching = false;
  #frame = null; // in which what was pushed will be shown
  #deleting = new UndoableDelete((task, undone) => this.#takeBack(task, undone));

  constructor() {
    const parameters = new URLSearchParams(window.location.search);
    this.#filter = Object.hasOwn(FILTERS, parameters.get('filter')) ? parameters.get('filter') : 'all';
    this.#search = [...parameters.get('q') ?? ''].slice(0, SEARCH_MAX).join('');
    this.#buildFilters();
    this.#buildSearch();
    part('more').addEventListener('click', () => this.#more());
    part('tasks').addEventListener('act', ({ target, detail }) => this.#act(target.task, detail));
    new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#more(), { rootMargin: '400px' })
      .observe(part('more'));
  }

  async start() {
    try {
      this.#statuses = await statuses();
      await this.#load(PAGE);
    } catch (e) {
      this.#explainEmpty(messageOf(e), '', el('button', {
        class: 'button primary', type: 'button', onclick: () => this.start(),
      }, text('site.tryAgain')));
      return;
    }
    const reload = () => this.#reload();
    watch('tasks/stream', {
      snapshot: () => reload().catch(toastError),
      change: ({ task }) => this.#changed(task),
      deleted: ({ taskId }) => this.#remove(taskId),
      poll: reload,
    });
  }

  #buildFilters() {
    const chips = Object.keys(FILTERS).map((name) => el('button', {
      type: 'button', class: 'chip', 'data-filter': name, 'aria-pressed': String(name === this.#filter),
      onclick: ({ currentTarget }) => {
        chips.forEach((chip) => chip.setAttribute('aria-pressed', String(chip === currentTarget)));
        this.#look(name, this.#search);
      },
    }, text(`filter.${name}`)));
    part('filters').replaceChildren(...chips);
  }

  #buildSearch() {
    const input = part('search');
    let timer;
    input.maxLength = SEARCH_MAX;
    input.placeholder = text('history.search');
    input.value = this.#search;
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#look(this.#filter, input.value.trim()), DEBOUNCE_MILLIS);
    });
  }

  /** Shows another selection, whose address can be kept. */
  async #look(filter, search) {
    this.#filter = filter;
    this.#search = search;
    const parameters = new URLSearchParams();
    if (filter !== 'all') {
      parameters.set('filter', filter);
    }
    if (search) {
      parameters.set('q', search);
    }
    window.history.replaceState(null, '', `?${parameters}`);
    try {
      await this.#load(PAGE);
    } catch (e) {
      toastError(e);
    }
  }

  #parameters(more) {
    return {
      status: FILTERS[this.#filter].join(',') || null,
      q: this.#search || null,
      ...more,
    };
  }

  /** Fetches what is shown anew; of a very long list only the newest, which is where things happen. */
  async #reload() {
    const shown = [...this.#tasks.values()];
    await this.#load(Math.min(MOST_AT_ONCE, Math.max(PAGE, shown.length)), shown.slice(MOST_AT_ONCE));
  }

  /** @param older tasks to keep below those that are fetched */
  async #load(limit, older = []) {
    const number = ++this.#loading;
    const wanted = this.#parameters({ limit });
    const parameters = JSON.stringify(wanted);
    const answer = await api.list(wanted, parameters === this.#version.parameters ? this.#version.etag : null);
    if (number !== this.#loading || answer === null) {
      return;
    }
    const { data, nextCursor, etag } = answer;
    this.#version = { parameters, etag };
    this.#tasks = new Map([...data, ...older].map((task) => [task.id, task]));
    this.#nextCursor = older.length > 0 ? this.#nextCursor : nextCursor;
    this.#render();
  }

  async #more() {
    if (this.#nextCursor === null || this.#reaching) {
      return;
    }
    const number = this.#loading;
    this.#reaching = true;
    part('more').disabled = true;
    try {
      const { data, nextCursor } = await api.list(this.#parameters({ limit: PAGE, cursor: this.#nextCursor }));
      if (number === this.#loading) {
        data.forEach((task) => this.#tasks.set(task.id, task));
        this.#nextCursor = nextCursor;
        this.#render();
      }
    } catch (e) {
      toastError(e);
    } finally {
      this.#reaching = false;
      part('more').disabled = false;
    }
  }

  #changed(task) {
    if (fits(task, this.#filter, this.#search)) {
      this.#put(task);
    } else {
      this.#remove(task.id);
    }
  }

  /** In its place if it is shown; else among the others by its age, if that is in reach. */
  #put(task) {
    if (!this.#tasks.has(task.id)) {
      const all = [...this.#tasks.values(), task].sort(
        (one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
      if (all.at(-1) === task && this.#nextCursor !== null) {
        return; // further down, where it will be loaded
      }
      this.#tasks = new Map(all.map((each) => [each.id, each]));
    }
    this.#tasks.set(task.id, task);
    this.#renderSoon();
  }

  #remove(id) {
    if (this.#tasks.delete(id)) {
      this.#renderSoon();
    }
  }

  #takeBack(task, undone) {
    this.#put(task);
    this.#render();
    if (undone) {
      this.#cards.get(task.id)?.querySelector('.card-link').focus(); // the button to undo has gone
    }
  }

  /** However many changes are pushed at once, they are drawn once. */
  #renderSoon() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#render();
    });
  }

  /** Cards are kept by their task, so that focus and pictures stay where they are. */
  #render() {
    const shown = [...this.#tasks.values()].filter(({ id }) => !this.#deleting.has(id));
    const items = shown.map((task) => {
      const item = this.#cards.get(task.id) ?? el('li', {}, document.createElement('maquette-task-card'));
      this.#cards.set(task.id, item);
      item.firstElementChild.show(task, this.#statuses.get(task.status), true);
      return item;
    });
    const list = part('tasks');
    for (const [id, item] of this.#cards) {
      if (!items.includes(item)) {
        item.remove();
        this.#cards.delete(id);
      }
    }
    items.forEach((item, i) => list.children[i] !== item && list.insertBefore(item, list.children[i] ?? null));
    part('more').hidden = this.#nextCursor === null;
    part('end').hidden = this.#nextCursor !== null || shown.length <= PAGE;
    const found = text('history.found', { n: shown.length });
    if (part('found').textContent !== found) {
      part('found').textContent = found; // read out at every change
    }
    this.#showEmpty(shown.length === 0 && this.#nextCursor === null);
  }

  #showEmpty(empty) {
    part('empty').hidden = !empty;
    if (!empty) {
      return;
    }
    if (this.#filter === 'all' && this.#search === '') {
      this.#explainEmpty(text('history.none'), text('history.none.text'),
        el('a', { class: 'button primary', href: fromRoot('index.html') }, text('work.empty.go')));
    } else {
      this.#explainEmpty(text('history.nothing'), text('history.nothing.text'),
        el('button', { class: 'button quiet', type: 'button', onclick: () => this.#showAll() },
          text('history.showAll')));
    }
  }

  #explainEmpty(heading, words, action) {
    part('empty').hidden = false;
    part('empty').replaceChildren(
      el('img', { src: fromRoot('assets/bench.svg'), alt: '', width: 220, height: 150 }),
      el('h2', {}, heading), el('p', {}, words), action);
  }

  #showAll() {
    part('search').value = '';
    this.#search = '';
    part('filters').querySelector('[data-filter="all"]').click();
  }

  async #act(task, wish) {
    if (wish === 'delete') {
      const card = this.#cards.get(task.id);
      const neighbour = card.nextElementSibling ?? card.previousElementSibling;
      this.#deleting.start(task);
      this.#render();
      (neighbour?.querySelector('.card-link') ?? part('search')).focus(); // it went with the card
      return;
    }
    if (wish === 'cancel' && !await confirmCancel(task)) {
      return;
    }
    try {
      const { data, message } = wish === 'cancel'
        ? await api.cancel(task.id)
        : await api.retry(task.id, task.allowedActions.includes('RETRY_MODEL') && task.failedStage === 'MODEL'
          ? 'model' : 'images');
      this.#changed(data);
      toast(message);
    } catch (e) {
      toastError(e);
      if (e instanceof Refusal) {
        await this.#reload().catch(() => {}); // the task has gone on meanwhile
      }
    }
  }
}

function confirmCancel(task) {
  return ask({
    heading: text('cancel.heading'),
    body: text(task.status.startsWith('IMAGE_') ? 'cancel.images' : 'cancel.model'),
    yes: text('cancel.yes'),
    no: text('cancel.no'),
    dangerous: true,
  });
}
