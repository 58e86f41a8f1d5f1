import { Refusal, Unreachable } from '../api.js';
import { el, icon } from '../dom.js';
import { text } from '../i18n.js';

const SHOWN_MILLIS = 6000;
const WITH_ACTION_MILLIS = 10_000;

/** Short messages at the edge of the page, which screen readers read out. */
export class Toasts extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
    this.setAttribute('aria-live', 'polite');
  }

  /**
   * A toast stays while it is pointed at or focused.
   *
   * @param {string} message
   * @param {ToastOptions} options
   */
  show(message, { kind = 'info', action, onGone } = {}) {
    /** @type {number | undefined} */
    let timer;
    let gone = false;
    const stay = () => clearTimeout(timer);
    const goOn = () => {
      clearTimeout(timer);
      if (!gone) {
        timer = setTimeout(expire, action ? WITH_ACTION_MILLIS : SHOWN_MILLIS);
      }
    };
    const toast = el('div', {
      class: 'toast', 'data-kind': kind,
      onpointerenter: stay, onpointerleave: goOn, onfocusin: stay, onfocusout: goOn,
    }, el('p', { dir: 'auto' }, message));
    const leave = () => {
      gone = true; // the focus goes out of it, too
      clearTimeout(timer);
      toast.remove();
    };
    const expire = () => {
      leave();
      onGone?.();
    };
    if (action) {
      toast.append(el('button', {
        type: 'button',
        class: 'button quiet',
        onclick: () => {
          leave();
          action.run();
        },
      }, action.label));
    }
    toast.append(el('button', {
      type: 'button', class: 'icon-only', 'aria-label': text('action.close'), onclick: expire,
    }, icon('close')));
    this.append(toast);
    goOn();
  }
}

customElements.define('maquette-toasts', Toasts);

/** Present from the start: a screen reader reads what is added to a region, not what a new region has. */
const toasts = document.body.appendChild(document.createElement('maquette-toasts'));

/**
 * @param {string} message
 * @param {ToastOptions} [options]
 */
export function toast(message, options) {
  toasts.show(message, options);
}

/** @param {unknown} error */
export function toastError(error) {
  toast(messageOf(error), { kind: 'error' });
}

/**
 * The message for users: the server's own if it refused.
 *
 * @param {unknown} error
 */
export function messageOf(error) {
  if (error instanceof Refusal) {
    return error.message;
  }
  if (error instanceof Unreachable) {
    return text('site.unreachable');
  }
  console.error(error);
  return text('site.failed');
}
