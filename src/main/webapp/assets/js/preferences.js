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

/** The server speaks the language too (statuses, reasons), so the page begins anew in it. */
export function setLanguage(language) {
  store('maquette.language', language);
  document.documentElement.lang = language;
  window.location.reload();
}
