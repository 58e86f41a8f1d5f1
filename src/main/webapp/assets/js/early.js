// Runs before the first paint, so that theme and language do not flicker. Both are attributes of the root
// element, which the style sheets and the modules read.
{
  const stored = (/** @type {string} */ key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is blocked: the browser's own preferences count
    }
  };
  const root = document.documentElement;
  const language = stored('maquette.language');
  root.lang = language === 'zh' || language === 'en'
    ? language
    : navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  const theme = stored('maquette.theme');
  if (theme === 'light' || theme === 'dark') {
    root.dataset.theme = theme;
  }
}
