import { serverNow } from '../clock.js';
import { el } from '../dom.js';
import { ago, fullTime } from '../durations.js';
import { text } from '../i18n.js';

const TICK_MILLIS = 30_000;

function refresh(time) {
  const { key } = time.dataset;
  const when = ago(time.dateTime, serverNow());
  time.textContent = key ? text(key, { when }) : when;
}

/**
 * "3 minutes ago", which stays true while it is looked at.
 *
 * @param key of a text with {when} in it, for more than the time alone
 */
export function relativeTime(instant, key = '') {
  const time = el('time', { class: 'relative', datetime: instant, title: fullTime(instant), 'data-key': key });
  refresh(time);
  return time;
}

setInterval(() => document.querySelectorAll('time.relative').forEach(refresh), TICK_MILLIS);
