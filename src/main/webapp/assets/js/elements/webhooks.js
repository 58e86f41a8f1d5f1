import { api } from '../api.js';
import { el, foreign } from '../dom.js';
import { hasText, locale, text } from '../i18n.js';
import { ask } from './dialog.js';
import { messageOf, toastError } from './toasts.js';

const SHOWN = 20;

/** The events that can be chosen here, and the default choice. The API offers more events. */
const EVENTS = { status_changed: true, image_stored: false, overdue: false, deleted: true };
const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/**
 * Returns the name of an event; without a text, the name in the API.
 *
 * @param {string} event
 */
function eventName(event) {
  const key = `hooks.events.${event.toLowerCase()}`;
  return hasText(key) ? text(key) : event;
}

/** The user's webhooks: create, resume, rotate the secret, delete; the deliveries, and sending them again. */
export class Webhooks extends HTMLElement {
  #list = el('ul', { id: 'hooks', class: 'rows' });
  #none = el('p', { id: 'no-hooks', class: 'quiet', hidden: true }, text('hooks.none'));
  #secret = el('div', { id: 'new-hook', class: 'new-key', role: 'status' });
  #error = el('p', { id: 'hook-error', class: 'field-error', role: 'alert', hidden: true });
  #url = el('input', {
    id: 'hook-url', type: 'url', maxlength: 2000, autocomplete: 'off', required: true,
    placeholder: 'https://', 'aria-describedby': 'hook-error',
  });

  #events = Object.entries(EVENTS).map(([event, first]) =>
    el('input', { type: 'checkbox', name: 'event', value: event, checked: first }));

  connectedCallback() {
    this.replaceChildren(
      el('form', { id: 'hook-form', class: 'fields', novalidate: true, onsubmit: (/** @type {Event} */ event) => this.#create(event) },
        el('label', { for: 'hook-url' }, text('hooks.url')), this.#url,
        el('fieldset', {},
          el('legend', {}, text('hooks.events')),
          ...this.#events.map((box) => el('label', {}, box, ' ', text(`hooks.events.${box.value}`)))),
        this.#error,
        el('button', { class: 'button primary', type: 'submit' }, text('hooks.create'))),
      this.#secret, this.#list, this.#none);
    this.#attempt(() => this.#show());
  }

  /** @param {() => Promise<void>} work */
  async #attempt(work) {
    try {
      await work();
    } catch (e) {
      toastError(e);
    }
  }

  /** @param {Event} event */
  async #create(event) {
    event.preventDefault();
    this.#error.hidden = true;
    try {
      const { data } = await api.createWebhook(
        this.#url.value.trim(), this.#events.filter((box) => box.checked).map((box) => box.value));
      this.#url.value = '';
      this.#showSecret(data.secret);
      await this.#show();
    } catch (e) {
      this.#error.textContent = messageOf(e);
      this.#error.hidden = false;
    }
  }

  /** @param {string} secret */
  #showSecret(secret) {
    this.#secret.replaceChildren(
      el('p', {}, text('hooks.secret')), el('code', { id: 'new-secret' }, secret));
  }

  async #show() {
    const { data } = await api.webhooks();
    this.#list.replaceChildren(...data.map((hook) => this.#row(hook)));
    this.#none.hidden = data.length > 0;
  }

  /** @param {Webhook} hook */
  #row(hook) {
    const since = hook.suspendedAt ?? hook.failingSince;
    const log = el('ul', { class: 'rows', hidden: true });
    const button = (/** @type {string} */ key, /** @type {() => Promise<void>} */ work) =>
      el('button', { type: 'button', class: 'button quiet', onclick: () => this.#attempt(work) }, text(key));
    return el('li', { 'data-hook': hook.id, 'data-state': hook.state },
      el('div', {},
        foreign(hook.url), el('br'),
        el('span', { class: 'quiet' },
          text(`hooks.${hook.state}`, { when: since ? minute.format(new Date(since)) : '' })),
        log),
      el('div', { class: 'actions' },
        button('hooks.log', () => this.#showLog(hook, log)),
        hook.state === 'ACTIVE' ? null : button('hooks.resume', async () => {
          await api.resumeWebhook(hook.id);
          await this.#show();
        }),
        button('hooks.rotate', async () => {
          const { data } = await api.rotateWebhook(hook.id);
          this.#showSecret(data.secret);
        }),
        button('hooks.delete', () => this.#delete(hook))));
  }

  /**
   * @param {Webhook} hook
   * @param {HTMLElement} log
   */
  async #showLog(hook, log) {
    const { data } = await api.deliveries(hook.id);
    log.replaceChildren(...data.slice(0, SHOWN).map((one) => el('li', { 'data-event': one.eventId },
      el('span', { class: 'quiet' },
        `${one.eventId} ${eventName(one.event)} · ${text(`hooks.${one.status}`)} · ${one.answerCode ?? ''} `,
        foreign(one.answer ?? '')),
      el('button', {
        type: 'button',
        class: 'button quiet',
        'aria-label': text('hooks.resend.label', { id: one.eventId }),
        onclick: () => this.#attempt(async () => {
          await api.resend(hook.id, one.eventId);
          await this.#showLog(hook, log);
        }),
      }, text('hooks.resend')))));
    log.hidden = false;
  }

  /** @param {Webhook} hook */
  async #delete(hook) {
    const sure = await ask({
      heading: text('hooks.delete.heading'),
      body: text('hooks.delete.text', { url: hook.url }),
      yes: text('hooks.delete'),
      no: text('keys.revoke.no'),
      dangerous: true,
    });
    if (sure) {
      await api.deleteWebhook(hook.id);
      await this.#show();
    }
  }
}

customElements.define('maquette-webhooks', Webhooks);
