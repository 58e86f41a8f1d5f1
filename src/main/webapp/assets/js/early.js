// Runs before the page is drawn, so that neither theme nor language flickers: both are attributes
// of the root that the style sheets and the modules read.
{
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is blocked: the browser's own preferences count
    }
  };
  const root = document.documentElement;
  const language = stored('maquette.language');
  root.lang = ['zh', 'en'].includes(language)
    ? language
    : navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  const theme = stored('maquette.theme');
  if (['light', 'dark'].includes(theme)) {
    root.dataset.theme = theme;
  }
}
