import { api, fromRoot, Refusal } from '../api.js';
import { el, part } from '../dom.js';
import { text } from '../i18n.js';
import { watch } from '../push.js';
import { statuses, statusOf } from '../statuses.js';
import { ask } from '../elements/dialog.js';
import { messageOf, toast, toastError } from '../elements/toasts.js';
import { FILTERS, fits } from './filters.js';
import { UndoableDelete } from './undoable-delete.js';
import '../elements/task-card.js';

const PAGE = 20;
const MOST_AT_ONCE = 100; // the server's limit
const DEBOUNCE_MILLIS = 300;
const SEARCH_MAX = 100;

/** The list of tasks, newest first: filtered, searched, loaded while the user scrolls, and kept up to date. */
export class TaskList {
  /** @type {Statuses} */
  #statuses = new Map();
  #filter = 'all';
  #search;

  /**
   * The tasks by id, in the order of the server.
   *
   * @type {Map<string, Task>}
   */
  #tasks = new Map();

  /**
   * The list items and cards by the id of their task.
   *
   * @type {Map<string, { item: HTMLLIElement, card: HTMLElementTagNameMap['maquette-task-card'] }>}
   */
  #cards = new Map();
  /** @type {string | null} */
  #nextCursor = null;

  /**
   * The version of the last load.
   *
   * @type {{ parameters?: string, etag?: string | null }}
   */
  #version = {};
  #loading = 0; // number of the newest load; answers to older ones are late
  #reaching = false;
  #isRenderDue = false; // at the next frame
  #deleting = new UndoableDelete((task, undone) => this.#takeBack(task, undone));

  constructor() {
    const parameters = new URLSearchParams(window.location.search);
    const filter = parameters.get('filter');
    if (filter && Object.hasOwn(FILTERS, filter)) {
      this.#filter = filter;
    }
    this.#search = [...parameters.get('q') ?? ''].slice(0, SEARCH_MAX).join('');
    this.#buildFilters();
    this.#buildSearch();
    part('more').addEventListener('click', () => this.#more());
    part('tasks').addEventListener('act', ({ target, detail }) => {
      const { task } = /** @type {HTMLElementTagNameMap['maquette-task-card']} */ (target);
      if (task) {
        this.#act(task, detail);
      }
    });
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
    /** @type {HTMLButtonElement[]} */
    const chips = Object.keys(FILTERS).map((name) => el('button', {
      type: 'button', class: 'chip', 'data-filter': name, 'aria-pressed': String(name === this.#filter),
      onclick: (/** @type {Event} */ { currentTarget }) => {
        chips.forEach((chip) => chip.setAttribute('aria-pressed', String(chip === currentTarget)));
        this.#look(name, this.#search);
      },
    }, text(`filter.${name}`)));
    part('filters').replaceChildren(...chips);
  }

  #buildSearch() {
    const input = part('search');
    /** @type {number | undefined} */
    let timer;
    input.maxLength = SEARCH_MAX;
    input.placeholder = text('history.search');
    input.value = this.#search;
    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#look(this.#filter, input.value.trim()), DEBOUNCE_MILLIS);
    });
  }

  /**
   * Changes filter and search, and puts them in the address.
   *
   * @param {string} filter
   * @param {string} search
   */
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

  /** @param {QueryParameters} more */
  #parameters(more) {
    return {
      status: FILTERS[this.#filter].join(',') || null,
      q: this.#search || null,
      ...more,
    };
  }

  /** Loads the shown tasks again; of a very long list only the newest, as changes happen there. */
  async #reload() {
    const shown = [...this.#tasks.values()];
    await this.#load(Math.min(MOST_AT_ONCE, Math.max(PAGE, shown.length)), shown.slice(MOST_AT_ONCE));
  }

  /**
   * @param {number} limit
   * @param {Task[]} older tasks to keep below the loaded ones
   */
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

  /** @param {Task} task */
  #changed(task) {
    if (fits(task, this.#filter, this.#search)) {
      this.#put(task);
    } else {
      this.#remove(task.id);
    }
  }

  /**
   * Puts a task in its place, or by its age among the others, unless it belongs further down.
   *
   * @param {Task} task
   */
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

  /** @param {string} id */
  #remove(id) {
    if (this.#tasks.delete(id)) {
      this.#renderSoon();
    }
  }

  /**
   * @param {Task} task
   * @param {boolean} undone
   */
  #takeBack(task, undone) {
    this.#put(task);
    this.#render();
    const shown = this.#cards.get(task.id);
    if (undone && shown) {
      focusCard(shown.item); // the undo button is gone
    }
  }

  /** Renders once for all changes of a frame. */
  #renderSoon() {
    if (!this.#isRenderDue) {
      this.#isRenderDue = true;
      requestAnimationFrame(() => {
        this.#isRenderDue = false;
        this.#render();
      });
    }
  }

  /** Keeps the cards of tasks, so that focus and pictures stay. */
  #render() {
    const shown = [...this.#tasks.values()].filter(({ id }) => !this.#deleting.has(id));
    const items = shown.map((task) => {
      const { item, card } = this.#cards.get(task.id) ?? newCard();
      this.#cards.set(task.id, { item, card });
      card.show(task, statusOf(this.#statuses, task.status), true);
      return item;
    });
    const list = part('tasks');
    for (const [id, { item }] of this.#cards) {
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

  /** @param {boolean} empty */
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

  /**
   * @param {string} heading
   * @param {string} words
   * @param {HTMLElement} action
   */
  #explainEmpty(heading, words, action) {
    part('empty').hidden = false;
    part('empty').replaceChildren(
      el('img', { src: fromRoot('assets/bench.svg'), alt: '', width: 220, height: 150 }),
      el('h2', {}, heading), el('p', {}, words), action);
  }

  #showAll() {
    part('search').value = '';
    this.#search = '';
    /** @type {HTMLElement | null} */ (part('filters').querySelector('[data-filter="all"]'))?.click();
  }

  /**
   * @param {Task} task
   * @param {CardAction} action
   */
  async #act(task, action) {
    if (action === 'delete') {
      const item = this.#cards.get(task.id)?.item;
      const neighbour = item?.nextElementSibling ?? item?.previousElementSibling;
      this.#deleting.start(task);
      this.#render();
      focusCard(neighbour); // the card with the focus is gone
      return;
    }
    if (action === 'cancel' && !await confirmCancel(task)) {
      return;
    }
    try {
      const { data, message } = action === 'cancel'
        ? await api.cancel(task.id)
        : await api.retry(task.id, task.allowedActions.includes('RETRY_MODEL') && task.failedStage === 'MODEL'
          ? 'model' : 'images');
      this.#changed(data);
      toast(message);
    } catch (e) {
      toastError(e);
      if (e instanceof Refusal) {
        await this.#reload().catch(() => {}); // the task has changed meanwhile
      }
    }
  }
}

/** A list item with an empty card. */
function newCard() {
  const card = document.createElement('maquette-task-card');
  return { item: el('li', {}, card), card };
}

/** @param {Element | null | undefined} item without it, the search field is focused */
function focusCard(item) {
  /** @type {HTMLElement | null | undefined} */
  const link = item?.querySelector('.card-link');
  (link ?? part('search')).focus();
}

/** @param {Task} task */
function confirmCancel(task) {
  return ask({
    heading: text('cancel.heading'),
    body: text(task.status.startsWith('IMAGE_') ? 'cancel.images' : 'cancel.model'),
    yes: text('cancel.yes'),
    no: text('cancel.no'),
    dangerous: true,
  });
}
