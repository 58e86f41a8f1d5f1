import { Refusal, Unreachable } from '../api.js';
import { el, icon } from '../dom.js';
import { text } from '../i18n.js';

const SHOWN_MILLIS = 6000;
const WITH_ACTION_MILLIS = 10_000;

/** Short messages at the edge of the page, read out when they come. */
class Toasts extends HTMLElement {
  connectedCallback() {
    this.setAttribute('role', 'status');
    this.setAttribute('aria-live', 'polite');
  }

  /**
   * @param message a text, shown as it is
   * @param kind info or error
   * @param action { label, run } for a button; the toast goes when it is pressed, and stays as long
   *     as it is pointed at or focused
   * @param onGone called once the toast has gone without its action
   */
  show(message, { kind = 'info', action, onGone } = {}) {
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

/** There from the start: a screen reader reads what comes into a region, not what comes with one. */
const toasts = document.body.appendChild(document.createElement('maquette-toasts'));

export function toast(message, options) {
  toasts.show(message, options);
}

/** Why something failed, in the words of whoever refused it. */
export function toastError(error) {
  toast(messageOf(error), { kind: 'error' });
}

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
