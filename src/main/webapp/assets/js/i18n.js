import { TEXTS } from './texts.js';

/** The language of the page, zh or en; early.js decided it. */
export const language = document.documentElement.lang === 'zh' ? 'zh' : 'en';

/** The locale for numbers, dates and plurals. */
export const locale = language === 'zh' ? 'zh-CN' : 'en';

/** @type {Record<string, string[]>} */
const texts = TEXTS;
const column = language === 'zh' ? 0 : 1;

/**
 * A text with values for its {placeholders}.
 *
 * @param {string} key
 * @param {Record<string, string | number>} values
 */
export function text(key, values = {}) {
  return texts[key][column].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Whether there is a text, for keys that come from the server.
 *
 * @param {string} key
 */
export function hasText(key) {
  return Object.hasOwn(texts, key);
}

/** Fills the elements of the page: data-text is the content, data-label the aria-label. */
export function fillTexts() {
  for (const element of withAttribute('data-text')) {
    element.textContent = text(element.dataset.text ?? '');
  }
  for (const element of withAttribute('data-label')) {
    element.setAttribute('aria-label', text(element.dataset.label ?? ''));
  }
}

/**
 * @param {string} name
 * @return {NodeListOf<HTMLElement>}
 */
function withAttribute(name) {
  return document.querySelectorAll(`[${name}]`);
}
