import { el } from '../dom.js';

/**
 * Asks for confirmation before something that cannot be undone.
 *
 * @param {{ heading: string, body: string, yes: string, no: string, dangerous?: boolean }} question
 * @return {Promise<boolean>} whether the user confirms
 */
export function ask({ heading, body, yes, no, dangerous = false }) {
  return new Promise((resolve) => {
    const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': 'dialog-heading' },
      el('form', { method: 'dialog' },
        el('h2', { id: 'dialog-heading' }, heading),
        el('p', {}, body),
        el('div', { class: 'dialog-buttons' },
          el('button', { class: 'button quiet', value: 'no', autofocus: true }, no),
          el('button', { class: `button ${dangerous ? 'danger' : 'primary'}`, value: 'yes' }, yes))));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
