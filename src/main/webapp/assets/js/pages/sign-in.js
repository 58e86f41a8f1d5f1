import { nextPage, session } from '../access.js';
import { api } from '../api.js';
import { part } from '../dom.js';
import { fillTexts, text } from '../i18n.js';
import { messageOf } from '../elements/toasts.js';
import '../elements/site-header.js';
import '../elements/site-footer.js';

document.title = text('signIn.title');
fillTexts();

const form = part('form');
const email = part('email');
const password = part('password');
const error = part('error');
const submit = part('submit');
const next = nextPage(new URLSearchParams(window.location.search).get('next'));

/**
 * @param {string | null} message
 * @param {HTMLElement} [field]
 */
function show(message, field) {
  error.textContent = message ?? '';
  error.hidden = message === null;
  for (const input of [email, password]) {
    input.setAttribute('aria-invalid', String(input === field));
  }
  field?.focus();
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (!email.value.trim() || !password.value) {
    show(text('signIn.missing'), email.value.trim() ? password : email);
    return;
  }
  show(null);
  submit.disabled = true;
  try {
    await api.signIn(email.value.trim(), password.value);
    window.location.replace(next);
  } catch (e) {
    submit.disabled = false;
    password.value = '';
    show(messageOf(e), password);
  }
});

try {
  const who = await session();
  part('lead').textContent = text(who.auth === 'dev' ? 'signIn.lead.dev' : 'signIn.lead');
  if (who.signedIn) {
    window.location.replace(next); // signed in already
  }
} catch (e) {
  show(messageOf(e));
}
email.focus();
