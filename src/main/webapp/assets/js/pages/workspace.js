import { api, fromRoot } from '../api.js';
import { el, icon } from '../dom.js';
import { fillTexts, text } from '../i18n.js';
import { statuses } from '../statuses.js';
import { TaskStore } from '../task-store.js';
import { messageOf } from '../elements/toasts.js';
import { TaskView } from '../workspace/task-view.js';
import '../elements/site-header.js';
import '../elements/site-footer.js';

document.title = text('work.title');
fillTexts();

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const taskView = /** @type {HTMLElement} */ (main.querySelector('.task-view'));

/** The id of the task in the address; without one, of the newest task, which then is in the address. */
async function taskId() {
  const asked = new URLSearchParams(window.location.search).get('taskId');
  if (asked) {
    return asked;
  }
  const { data: [newest] } = await api.list({ limit: 1 });
  if (newest) {
    window.history.replaceState(window.history.state, '', `?taskId=${newest.id}`);
  }
  return newest?.id ?? null;
}

/**
 * Shows a message in place of the task.
 *
 * @param {string} heading
 * @param {string} words
 * @param {HTMLElement[]} actions
 */
function instead(heading, words, ...actions) {
  main.replaceChildren(el('section', { class: 'notice' },
    el('img', { src: fromRoot('assets/bench.svg'), alt: '', width: 220, height: 150 }),
    el('h1', {}, heading),
    el('p', {}, words),
    el('div', { class: 'notice-actions' }, ...actions)));
}

/**
 * @param {'empty' | 'gone' | 'deleted'} kind
 * @param {HTMLElement[]} actions
 */
function notice(kind, ...actions) {
  instead(text(`work.${kind}.heading`), text(`work.${kind}.text`), ...actions);
}

/**
 * @param {string} page
 * @param {string} key
 * @param {boolean} primary
 */
function linkTo(page, key, primary = false) {
  return el('a', { class: `button ${primary ? 'primary' : 'quiet'}`, href: fromRoot(page) }, text(key));
}

async function start() {
  try {
    const [known, id] = await Promise.all([statuses(), taskId()]);
    if (id === null) {
      notice('empty', linkTo('index.html', 'work.empty.go', true));
    } else {
      await showTask(id, known);
    }
  } catch (e) {
    instead(text('work.lost.heading'), messageOf(e),
      el('button', { class: 'button primary', type: 'button', onclick: () => window.location.reload() },
        icon('again'), text('site.tryAgain')));
  }
}

/**
 * @param {string} id
 * @param {Statuses} known
 */
async function showTask(id, known) {
  const store = new TaskStore(id);
  const view = new TaskView(taskView, store, known);
  store.addEventListener('task', () => view.show());
  store.addEventListener('gone', () => {
    notice(taskView.hidden ? 'gone' : 'deleted',
      linkTo('index.html', 'work.empty.go', true), linkTo('history.html', 'site.history'));
  });
  await store.start();
}

start();
