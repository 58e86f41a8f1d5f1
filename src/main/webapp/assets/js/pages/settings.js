import { session } from '../access.js';
import { api } from '../api.js';
import { el, foreign, part } from '../dom.js';
import { fillTexts, locale, text } from '../i18n.js';
import { ask } from '../elements/dialog.js';
import { messageOf, toast, toastError } from '../elements/toasts.js';
import '../elements/site-header.js';
import '../elements/site-footer.js';
import '../elements/webhooks.js';

document.title = text('settings.title');
fillTexts();

const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/**
 * @param {'key-error' | 'password-error'} id
 * @param {string | null} message
 */
function showError(id, message) {
  part(id).textContent = message ?? '';
  part(id).hidden = message === null;
}

/**
 * Sends a form, and shows the reason of a refusal.
 *
 * @param {HTMLFormElement} form
 * @param {'key-error' | 'password-error'} errorId
 * @param {() => Promise<void>} send
 */
function onSubmit(form, errorId, send) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (form.querySelector('button[type=submit]'));
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

/** @param {ApiKey} key */
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
  part('keys').replaceChildren(...data.map(row));
  part('no-keys').hidden = data.length > 0;
}

/** @param {ApiKey} key */
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

/** @param {string} token */
function showNew(token) {
  part('new-key').replaceChildren(
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

onSubmit(part('key-form'), 'key-error', async () => {
  /** @type {NodeListOf<HTMLInputElement>} */
  const boxes = document.querySelectorAll('[name=scope]:checked');
  const scope = [...boxes].map((box) => box.value).join(' ');
  const name = part('key-name').value.trim();
  if (!name || !scope) {
    showError('key-error', text('keys.missing'));
    return;
  }
  const days = part('key-days').value;
  const { data } = await api.createKey(name, scope, days ? Number(days) : null);
  part('key-name').value = '';
  showNew(data.token);
  await list();
});

onSubmit(part('password-form'), 'password-error', async () => {
  await api.changePassword(part('present').value, part('next').value);
  part('password-form').reset();
  toast(text('password.changed'));
});

try {
  const who = await session();
  if (who.local) {
    part('who').textContent = text(`settings.who.${who.role}`, { name: who.name });
    part('account').value = who.name;
    part('scope-admin').hidden = who.role !== 'OPERATOR';
    part('webhooks').replaceChildren(el('maquette-webhooks'));
    part('sections').hidden = false;
    await list();
  } else if (who.auth === 'dev') {
    part('nobody').hidden = false;
  } else {
    api.askToSignIn();
  }
} catch (e) {
  toastError(e);
}
