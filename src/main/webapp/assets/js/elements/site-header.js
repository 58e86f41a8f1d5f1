import { session, signOut } from '../access.js';
import { fromRoot } from '../api.js';
import { onConnection } from '../connection.js';
import { el, foreign, icon } from '../dom.js';
import { language, text } from '../i18n.js';
import { setLanguage, setTheme, theme, THEMES } from '../preferences.js';
import { toastError } from './toasts.js';

const PAGES = [
  ['index.html', 'site.home'],
  ['workspace.html', 'site.workspace'],
  ['history.html', 'site.history'],
];

// the page's address, its text, and the pages that belong to it
const CONSOLE_PAGES = [
  ['console/index.xhtml', 'console.overview'],
  ['console/tasks.xhtml', 'console.tasks', 'console/task.xhtml'],
  ['console/late.xhtml', 'console.late'],
  ['console/files.xhtml', 'console.files'],
  ['console/providers.xhtml', 'console.providers', 'console/provider.xhtml'],
  ['console/webhooks.xhtml', 'console.webhooks', 'console/webhook.xhtml'],
  ['console/batch.xhtml', 'console.batch', 'console/run.xhtml'],
  ['console/users.xhtml', 'console.users', 'console/user.xhtml'],
  ['console/times.xhtml', 'console.times'],
  ['console/audit.xhtml', 'console.audit'],
  ['console/settings.xhtml', 'console.settings'],
];

const LANGUAGES = [
  ['zh', '中文'],
  ['en', 'English'],
];

/** Header of every page: brand, navigation, language, theme, account, and a banner while offline. */
class SiteHeader extends HTMLElement {
  connectedCallback() {
    const isConsole = this.dataset.pages === 'console';
    const banner = el('p', { class: 'offline-banner', role: 'status', hidden: true });
    this.replaceChildren(
      el('a', { class: 'skip-link', href: '#main' }, text('site.skip')),
      el('header', { class: 'site-header' },
        el('a', { class: 'brand', href: fromRoot('index.html') },
          el('img', { src: fromRoot('assets/icon.svg'), alt: '', width: 30, height: 30 }),
          el('span', {}, isConsole ? `Maquette · ${text('console.nav')}` : 'Maquette')),
        el('nav', { 'aria-label': text('site.nav') }, ...(isConsole ? CONSOLE_PAGES : PAGES).map(linkTo)),
        el('div', { class: 'switches' }, languages(), themes()),
        el('div', { class: 'account', hidden: true })),
      banner);
    session().then((who) => this.#show(who, isConsole), () => {}); // the page works without it
    onConnection((state) => {
      banner.hidden = state !== 'offline';
      banner.textContent = state === 'offline' ? text('site.offline') : '';
    });
  }

  /**
   * @param {Session} who
   * @param {boolean} isConsole
   */
  #show(who, isConsole) {
    /** @type {HTMLElement | null} */
    const place = this.querySelector('.account');
    if (who.signedIn && place) {
      place.replaceChildren(...account(who, isConsole));
      place.hidden = false;
    }
  }
}

/**
 * @param {Session} who
 * @param {boolean} isConsole
 */
function account(who, isConsole) {
  return [
    ...(who.role === 'OPERATOR' && !isConsole ? [el('a', { href: fromRoot('console/') }, text('console.nav'))] : []),
    el('a', { href: fromRoot('settings.html'), title: text('site.settings') },
      foreign(who.name), el('span', { class: 'visually-hidden' }, ` (${text('site.settings')})`)),
    el('button', {
      type: 'button', class: 'link', onclick: () => signOut().catch(toastError),
    }, text('site.signOut')),
  ];
}

/** @param {string[]} page */
function linkTo([page, key, ...parts]) {
  const path = window.location.pathname.replace(/\/$/, `/index.${page.split('.').pop()}`);
  const here = [page, ...parts].some((one) => path.endsWith(`/${one}`));
  return el('a', { href: fromRoot(page), 'aria-current': here && 'page' }, text(key));
}

function languages() {
  return el('div', { class: 'segments languages', role: 'group', 'aria-label': text('site.language') },
    ...LANGUAGES.map(([code, name]) => el('button', {
      type: 'button',
      lang: code,
      'aria-pressed': String(code === language),
      onclick: () => code !== language && setLanguage(code),
    }, name)));
}

function themes() {
  /** @type {HTMLButtonElement[]} */
  const buttons = THEMES.map((choice) => el('button', {
    type: 'button',
    class: 'icon-only',
    title: text(`site.theme.${choice}`),
    'aria-label': text(`site.theme.${choice}`),
    'aria-pressed': String(choice === theme()),
    onclick: (/** @type {Event} */ { currentTarget }) => {
      setTheme(choice);
      buttons.forEach((button) => button.setAttribute('aria-pressed', String(button === currentTarget)));
    },
  }, icon(choice)));
  return el('div', { class: 'segments', role: 'group', 'aria-label': text('site.theme') }, ...buttons);
}

customElements.define('maquette-header', SiteHeader);
