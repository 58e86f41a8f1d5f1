import { fromRoot } from '../api.js';
import { el } from '../dom.js';
import { text } from '../i18n.js';

class SiteFooter extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(el('footer', { class: 'site-footer' },
      el('p', {}, text('site.motto')),
      el('ul', {},
        el('li', {}, el('a', { href: fromRoot('api-docs.html') }, text('site.apiDocs'))),
        // the server offers these two at its own root, wherever the application stands
        el('li', {}, el('a', { href: '/openapi' }, text('site.openapi'))),
        el('li', {}, el('a', { href: '/health' }, text('site.health'))))));
  }
}

customElements.define('maquette-footer', SiteFooter);
