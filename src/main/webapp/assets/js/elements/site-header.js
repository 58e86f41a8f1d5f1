import { fromRoot } from '../api.js';
import { onConnection } from '../connection.js';
import { el, icon } from '../dom.js';
import { language, text } from '../i18n.js';
import { setLanguage, setTheme, theme, THEMES } from '../preferences.js';

const PAGES = [
  ['index.html', 'site.home'],
  ['workspace.html', 'site.workspace'],
  ['history.html', 'site.history'],
];

const LANGUAGES = [
  ['zh', '中文'],
  ['en', 'English'],
];

/** The mark, the way to every page, the two switches, and word of a lost connection. */
class SiteHeader extends HTMLElement {
  connectedCallback() {
    const banner = el('p', { class: 'offline-banner', role: 'status', hidden: true });
    this.replaceChildren(
      el('a', { class: 'skip-link', href: '#main' }, text('site.skip')),
      el('header', { class: 'site-header' },
        el('a', { class: 'brand', href: fromRoot('index.html') },
          el('img', { src: fromRoot('assets/icon.svg'), alt: '', width: 30, height: 30 }),
          el('span', {}, 'Maquette')),
        el('nav', { 'aria-label': text('site.nav') }, ...PAGES.map(linkTo)),
        el('div', { class: 'switches' }, languages(), themes())),
      banner);
    onConnection((state) => {
      banner.hidden = state !== 'offline';
      banner.textContent = state === 'offline' ? text('site.offline') : '';
    });
  }
}

function linkTo([page, key]) {
  const here = window.location.pathname.replace(/\/$/, '/index.html').endsWith(`/${page}`);
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
  const buttons = THEMES.map((choice) => el('button', {
    type: 'button',
    class: 'icon-only',
    title: text(`site.theme.${choice}`),
    'aria-label': text(`site.theme.${choice}`),
    'aria-pressed': String(choice === theme()),
    onclick: ({ currentTarget }) => {
      setTheme(choice);
      buttons.forEach((button) => button.setAttribute('aria-pressed', String(button === currentTarget)));
    },
  }, icon(choice)));
  return el('div', { class: 'segments', role: 'group', 'aria-label': text('site.theme') }, ...buttons);
}

customElements.define('maquette-header', SiteHeader);
