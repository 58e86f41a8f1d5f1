import { api, fromRoot } from '../api.js';
import { el, icon } from '../dom.js';
import { fillTexts, text } from '../i18n.js';
import { statuses } from '../statuses.js';
import { TaskStore } from '../task-store.js';
import { messageOf } from '../elements/toasts.js';
import { Bench } from './bench.js';
import '../elements/site-header.js';
import '../elements/site-footer.js';

document.title = text('work.title');
fillTexts();

const main = document.querySelector('main');

/** The task of the address; without one the newest, whose address it becomes. */
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

function instead(kind, ...actions) {
  document.querySelector('.notice')?.remove();
  document.querySelector('.bench').hidden = true;
  main.append(el('section', { class: 'notice', 'data-notice': kind },
    el('img', { src: fromRoot('assets/bench.svg'), alt: '', width: 220, height: 150 }),
    el('h1', {}, text(`work.${kind}.heading`)),
    el('p', {}, hasOwnText(kind) ? text(`work.${kind}.text`) : ''),
    el('div', { class: 'notice-actions' }, ...actions)));
}

function hasOwnText(kind) {
  return kind !== 'lost';
}

function linkTo(page, key, primary) {
  return el('a', { class: `button ${primary ? 'primary' : 'quiet'}`, href: fromRoot(page) }, text(key));
}

function lost(error) {
  instead('lost', el('button', { class: 'button primary', type: 'button', onclick: start },
    icon('again'), text('site.tryAgain')));
  document.querySelector('.notice p').textContent = messageOf(error);
}

async function start() {
  try {
    const [known, id] = await Promise.all([statuses(), taskId()]);
    if (id === null) {
      instead('empty', linkTo('index.html', 'work.empty.go', true));
      return;
    }
    const store = new TaskStore(id);
    const bench = new Bench(store, known);
    let seen = false;
    store.addEventListener('task', () => {
      seen = true;
      document.querySelector('.notice')?.remove();
      bench.show();
    });
    store.addEventListener('gone', () => {
      instead(seen ? 'deleted' : 'gone',
        linkTo('index.html', 'work.empty.go', true), linkTo('history.html', 'site.history'));
    });
    await store.start();
  } catch (e) {
    lost(e);
  }
}

start();
