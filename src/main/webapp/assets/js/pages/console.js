import '../elements/site-header.js';
import '../elements/site-footer.js';
import { api } from '../api.js';
import { language } from '../i18n.js';
import { rememberForConsole } from '../preferences.js';

// The page is in the language of the cookie, or the one the browser asks for; another one may have
// been chosen in the other pages.
if (document.documentElement.dataset.spoken !== language && !document.cookie.includes(`maquette-language=${language}`)) {
  rememberForConsole(language);
  window.location.reload();
}

/** Where there is no room for columns, each cell says what it is (console.css). */
function nameCells() {
  for (const table of document.querySelectorAll('.ui-datatable table')) {
    const names = [...table.querySelectorAll('thead th')].map((head) => head.textContent);
    for (const cell of table.querySelectorAll('tbody td')) {
      cell.dataset.name = names[cell.cellIndex] ?? '';
    }
  }
}

nameCells();
window.jQuery?.(document).on('pfAjaxComplete', nameCells);

// What a form sends is refused once nobody is signed in any more; it is led to where one can.
window.jQuery?.(document).on('pfAjaxError', (event, answer) => {
  if (answer.status === 401) {
    api.askToSignIn();
  }
});
