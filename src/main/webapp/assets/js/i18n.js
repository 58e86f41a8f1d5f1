import { TEXTS } from './texts.js';

/** The language of the page, zh or en; early.js decided it. */
export const language = document.documentElement.lang === 'zh' ? 'zh' : 'en';

/** The locale for numbers, dates and plurals. */
export const locale = language === 'zh' ? 'zh-CN' : 'en';

const column = language === 'zh' ? 0 : 1;

/** A text with its {placeholders} put in. */
export function text(key, values = {}) {
  return TEXTS[key][column].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Whether there is a text, for keys that come from the server. */
export function hasText(key) {
  return Object.hasOwn(TEXTS, key);
}

/** Fills what stands in the page itself: data-text is the content, data-label the aria-label. */
export function fillTexts(root = document) {
  for (const element of root.querySelectorAll('[data-text]')) {
    element.textContent = text(element.dataset.text);
  }
  for (const element of root.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', text(element.dataset.label));
  }
}
