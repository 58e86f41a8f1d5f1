import { serverNow } from '../clock.js';
import { el } from '../dom.js';
import { ago, fullTime } from '../durations.js';
import { text } from '../i18n.js';

const TICK_MILLIS = 30_000;

/** @param {HTMLTimeElement} time */
function refresh(time) {
  const { key } = time.dataset;
  const when = ago(time.dateTime, serverNow());
  time.textContent = key ? text(key, { when }) : when;
}

/**
 * "3 minutes ago", kept up to date.
 *
 * @param {Instant} instant
 * @param {string} key of a text with {when} in it, for more than the time alone
 */
export function relativeTime(instant, key = '') {
  const time = el('time', { class: 'relative', datetime: instant, title: fullTime(instant), 'data-key': key });
  refresh(time);
  return time;
}

setInterval(() => {
  /** @type {NodeListOf<HTMLTimeElement>} */
  const times = document.querySelectorAll('time.relative');
  times.forEach(refresh);
}, TICK_MILLIS);
