import { language } from '../i18n.js';
import '../elements/site-header.js';
import '../elements/site-footer.js';

// A service that is unavailable for a moment is asked again; every other error stays until the user acts.
const UNAVAILABLE = '503';
const RETRY_MS = 15_000;

const main = document.getElementById('main');
const address = new URL(window.location.href);

if (main?.lang !== language && address.searchParams.get('lang') !== language) {
  // the server does not know the language that the user chose for the pages
  address.searchParams.set('lang', language);
  window.location.replace(address);
} else if (main?.dataset.status === UNAVAILABLE) {
  setTimeout(() => window.location.reload(), RETRY_MS);
}
