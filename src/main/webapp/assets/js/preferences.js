// The user's choices for this browser. early.js reads them before the first paint.

/**
 * @param {string} key
 * @param {string | null} value
 */
function store(key, value) {
  try {
    if (value === null) {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, value);
    }
  } catch {
    // storage is blocked: the choice lasts as long as the page
  }
}

/** @type {Theme[]} */
export const THEMES = ['auto', 'light', 'dark'];

export function theme() {
  return document.documentElement.dataset.theme ?? 'auto';
}

/** @param {Theme} choice */
export function setTheme(choice) {
  const { dataset } = document.documentElement;
  if (choice === 'auto') {
    delete dataset.theme;
  } else {
    dataset.theme = choice;
  }
  store('maquette.theme', choice === 'auto' ? null : choice);
}

/**
 * Sets the cookie that has the language for the console, whose pages the server renders.
 *
 * @param {string} language
 */
export function rememberForConsole(language) {
  const path = new URL('../../console', import.meta.url).pathname;
  document.cookie = `maquette-language=${language}; path=${path}; SameSite=Lax; max-age=31536000`;
}

/**
 * Changes the language. The page is loaded again, as some texts come from the server.
 *
 * @param {string} language
 */
export function setLanguage(language) {
  store('maquette.language', language);
  rememberForConsole(language);
  document.documentElement.lang = language;
  window.location.reload();
}

/**
 * The colours of the filaments that the user has, as #rrggbb.
 *
 * @return {string[]}
 */
export function filaments() {
  try {
    const colours = JSON.parse(localStorage.getItem('maquette.filaments') ?? '[]');
    return Array.isArray(colours) ? colours.filter((colour) => /^#[0-9a-f]{6}$/.test(colour)) : [];
  } catch {
    return [];
  }
}

/** @param {string[]} colours */
export function setFilaments(colours) {
  store('maquette.filaments', colours.length === 0 ? null : JSON.stringify(colours));
}
