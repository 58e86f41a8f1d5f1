import { fromRoot, toSave } from '../api.js';
import { el, icon } from '../dom.js';
import { text } from '../i18n.js';

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Shows pictures one by one in their full size, above the page. The arrow keys lead to the others.
 *
 * @param {Pick<TaskImage, 'index' | 'url' | 'prompt'>[]} images at least one
 * @param {number} index index of the first picture shown
 */
export function enlarge(images, index) {
  let at = Math.max(0, images.findIndex((image) => image.index === index));
  const picture = el('img', { alt: '', decoding: 'async' });
  const caption = el('p', { class: 'enlarged-caption', dir: 'auto' });
  const save = el('a', { class: 'icon-only', download: '', title: text('pictures.download'), 'aria-label': text('pictures.download') },
    icon('download'));
  const dialog = el('dialog', { class: 'enlarged', 'aria-labelledby': 'enlarged-name' },
    el('header', {},
      el('h2', { id: 'enlarged-name', 'aria-live': 'polite' }),
      save,
      el('button', {
        type: 'button', class: 'icon-only', title: text('enlarged.close'), 'aria-label': text('enlarged.close'),
        onclick: () => dialog.close(),
      }, icon('close'))),
    picture,
    caption,
    images.length > 1 ? el('footer', {},
      el('button', { type: 'button', class: 'button quiet', onclick: () => step(-1) }, text('enlarged.previous')),
      el('button', { type: 'button', class: 'button quiet', onclick: () => step(1) }, text('enlarged.next'))) : null);

  function show() {
    const image = images[at];
    const name = text('pictures.one', { n: image.index + 1 });
    picture.src = fromRoot(image.url);
    picture.alt = image.prompt ?? name;
    save.href = toSave(image.url);
    caption.textContent = image.prompt ?? '';
    /** @type {HTMLElement} */ (dialog.querySelector('h2')).textContent = name;
  }

  /** @param {number} by */
  function step(by) {
    at = (at + by + images.length) % images.length;
    show();
  }

  dialog.addEventListener('keydown', ({ key }) => STEPS[key] && step(STEPS[key]));
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  show();
  dialog.showModal();
}
