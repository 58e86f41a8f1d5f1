const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element with attributes, listeners (on…) and children. Strings become text nodes, never
 * markup: text from users and providers is shown as it is.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, unknown>} attributes null, undefined and false are left out
 * @param {(Node | string | null | undefined)[]} children
 * @return {HTMLElementTagNameMap[K]}
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * The element of the page with an id.
 *
 * @template {keyof PageParts} K
 * @param {K} id
 * @return {PageParts[K]}
 */
export function part(id) {
  return /** @type {PageParts[K]} */ (document.getElementById(id));
}

/**
 * Shows a text, or hides the element without one. An unchanged text is not set again, as it would be
 * read out.
 *
 * @param {HTMLElement} element
 * @param {string | null | undefined} words
 */
export function say(element, words) {
  if (element.textContent !== (words ?? '')) {
    element.textContent = words ?? '';
  }
  element.hidden = !words;
}

/**
 * A text that users or providers wrote, in its own direction.
 *
 * @param {string} text
 */
export function foreign(text, attributes = {}) {
  return el('bdi', { dir: 'auto', ...attributes }, text);
}

/** Line icons on a grid of 24, drawn in the colour of the text beside them. */
export const ICONS = {
  auto: 'M12 3a9 9 0 1 0 0 18z M12 3a9 9 0 0 1 0 18',
  light: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 2v2 M12 20v2 M2 12h2 M20 12h2 M4.9 4.9l1.4 1.4'
    + ' M17.7 17.7l1.4 1.4 M4.9 19.1l1.4-1.4 M17.7 6.3l1.4-1.4',
  dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  check: 'M5 12.500l4.5 4.500L19 7.5',
  close: 'M6 6l12 12 M18 6L6 18',
  download: 'M12 4v11 M7.5 11l4.5 4.5 4.5-4.5 M5 20h14',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.700l-1 1 M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0'
    + ' 0 0 5.7 5.700l1-1',
  turn: 'M4 12a8 8 0 0 1 13.7-5.600L20 8.5 M20 4v4.500h-4.5 M20 12a8 8 0 0 1-13.7 5.600L4 15.5'
    + ' M4 20v-4.500h4.5',
  grid: 'M4 4h16v16H4z M4 9.300h16 M4 14.700h16 M9.3 4v16 M14.7 4v16',
  reset: 'M4 10V4 M4 10h6 M4.6 9.500A8 8 0 1 1 4 13',
  full: 'M4 9V4h5 M15 4h5v5 M20 15v5h-5 M9 20H4v-5',
  wire: 'M12 3l8 4.500v9L12 21l-8-4.500v-9z M12 3v18 M4 7.500l16 9 M20 7.500l-16 9',
  plus: 'M12 5v14 M5 12h14',
  minus: 'M5 12h14',
  trash: 'M4 7h16 M9 7V4h6v3 M6.5 7l1 13h9l1-13',
  again: 'M20 12a8 8 0 1 1-2.3-5.600L20 8.5 M20 4v4.500h-4.5',
  stop: 'M7 7h10v10H7z',
  open: 'M5 12h14 M13 6l6 6-6 6',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z M15.3 15.300L20 20',
  spark: 'M12 3l1.8 5.700L19.5 10.500l-5.7 1.800L12 18l-1.8-5.700L4.5 10.500l5.7-1.800z M19 16v4 M17 18h4',
  warn: 'M12 4l9 16H3z M12 10v4.5 M12 17.500v.1',
};

/** @param {keyof ICONS} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}
