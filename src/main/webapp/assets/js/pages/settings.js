import { session } from '../access.js';
import { api } from '../api.js';
import { el, foreign } from '../dom.js';
import { fillTexts, locale, text } from '../i18n.js';
import { ask } from '../elements/dialog.js';
import { messageOf, toast, toastError } from '../elements/toasts.js';
import '../elements/site-header.js';
import '../elements/site-footer.js';
import '../elements/webhooks.js';

document.title = text('settings.title');
fillTexts();

const at = (id) => document.getElementById(id);
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

function showError(id, message) {
  at(id).textContent = message ?? '';
  at(id).hidden = message === null;
}

/** Sends a form; what is refused stands beside it. */
function onSubmit(form, errorId, send) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button[type=submit]');
    showError(errorId, null);
    button.disabled = true;
    try {
      await send();
    } catch (e) {
      showError(errorId, messageOf(e));
    } finally {
      button.disabled = false;
    }
  });
}

function row(key) {
  const ended = key.revokedAt ?? (key.expiresAt && Date.parse(key.expiresAt) < Date.now() ? key.expiresAt : null);
  const facts = [
    `${key.beginning}…`,
    key.scope.split(' ').map((scope) => text(`keys.scope.${scope}`)).join(text('keys.and')),
    key.lastUsedAt ? text('keys.used', { when: minute.format(new Date(key.lastUsedAt)) }) : text('keys.unused'),
    ended
      ? text(key.revokedAt ? 'keys.revoked' : 'keys.expired', { when: day.format(new Date(ended)) })
      : key.expiresAt && text('keys.expires', { when: day.format(new Date(key.expiresAt)) }),
  ].filter(Boolean).join(' · ');
  return el('li', { 'data-key': key.id },
    el('p', {}, foreign(key.name, { class: ended && 'ended' }), el('br'), el('span', { class: 'quiet' }, facts)),
    ended ? null : el('button', {
      type: 'button',
      class: 'button quiet',
      'aria-label': text('keys.revoke.label', { name: key.name }),
      onclick: () => revoke(key),
    }, text('keys.revoke')));
}

async function list() {
  const { data } = await api.keys();
  at('keys').replaceChildren(...data.map(row));
  at('no-keys').hidden = data.length > 0;
}

async function revoke(key) {
  const sure = await ask({
    heading: text('keys.revoke.heading'),
    body: text('keys.revoke.text', { name: key.name }),
    yes: text('keys.revoke'),
    no: text('keys.revoke.no'),
    dangerous: true,
  });
  if (sure) {
    try {
      await api.revokeKey(key.id);
      await list();
    } catch (e) {
      toastError(e);
    }
  }
}

function showNew(token) {
  at('new-key').replaceChildren(
    el('p', {}, text('keys.new')),
    el('code', { id: 'new-token' }, token),
    el('button', {
      type: 'button',
      class: 'button quiet',
      onclick: async () => {
        try {
          await navigator.clipboard.writeText(token);
          toast(text('keys.copied'));
        } catch {
          toast(text('keys.copyFailed'), { kind: 'error' });
        }
      },
    }, text('keys.copy')));
}

onSubmit(at('key-form'), 'key-error', async () => {
  const scope = [...document.querySelectorAll('[name=scope]:checked')].map((box) => box.value).join(' ');
  const name = at('key-name').value.trim();
  if (!name || !scope) {
    showError('key-error', text('keys.missing'));
    return;
  }
  const days = at('key-days').value;
  const { data } = await api.createKey(name, scope, days ? Number(days) : null);
  at('key-name').value = '';
  showNew(data.token);
  await list();
});

onSubmit(at('password-form'), 'password-error', async () => {
  await api.changePassword(at('present').value, at('next').value);
  at('password-form').reset();
  toast(text('password.changed'));
});

try {
  const who = await session();
  if (who.local) {
    at('who').textContent = text(`settings.who.${who.role}`, { name: who.name });
    at('account').value = who.name;
    at('scope-admin').hidden = who.role !== 'OPERATOR';
    at('webhooks').replaceChildren(el('maquette-webhooks'));
    at('sections').hidden = false;
    await list();
  } else if (who.auth === 'dev') {
    at('nobody').hidden = false;
  } else {
    api.askToSignIn();
  }
} catch (e) {
  toastError(e);
}
