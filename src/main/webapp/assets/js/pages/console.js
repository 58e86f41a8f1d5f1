import '../elements/site-header.js';
import '../elements/site-footer.js';
import { api } from '../api.js';
import { language } from '../i18n.js';
import { rememberForConsole } from '../preferences.js';

// The console is in the language of the cookie, or of the browser. The user may have chosen another one in the
// other pages.
if (document.documentElement.dataset.spoken !== language && !document.cookie.includes(`maquette-language=${language}`)) {
  rememberForConsole(language);
  window.location.reload();
}

/** Gives each cell the name of its column, which narrow pages show (console.css). */
function nameCells() {
  for (const table of document.querySelectorAll('.ui-datatable table')) {
    const names = [...table.querySelectorAll('thead th')].map((head) => head.textContent);
    /** @type {NodeListOf<HTMLTableCellElement>} */
    const cells = table.querySelectorAll('tbody td');
    for (const cell of cells) {
      cell.dataset.name = names[cell.cellIndex] ?? '';
    }
  }
}

nameCells();
window.jQuery?.(document).on('pfAjaxComplete', nameCells);

// A form is refused after the session has ended.
window.jQuery?.(document).on('pfAjaxError', (event, answer) => {
  if (answer.status === 401) {
    api.askToSignIn();
  }
});
