// What people chose for this browser. early.js reads it before the first paint.

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

export const THEMES = ['auto', 'light', 'dark'];

export function theme() {
  return document.documentElement.dataset.theme ?? 'auto';
}

export function setTheme(choice) {
  const { dataset } = document.documentElement;
  if (choice === 'auto') {
    delete dataset.theme;
  } else {
    dataset.theme = choice;
  }
  store('maquette.theme', choice === 'auto' ? null : choice);
}

/** The console is written by the server, which is told the language in a cookie that is sent there only. */
export function rememberForConsole(language) {
  const path = new URL('../../console', import.meta.url).pathname;
  document.cookie = `maquette-language=${language}; path=${path}; SameSite=Lax; max-age=31536000`;
}

/** The server speaks the language too (statuses, reasons), so the page begins anew in it. */
export function setLanguage(language) {
  store('maquette.language', language);
  rememberForConsole(language);
  document.documentElement.lang = language;
  window.location.reload();
}
