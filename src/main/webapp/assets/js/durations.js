import { locale, text } from './i18n.js';

const MINUTE = 60;
const HOUR = 3600;

/**
 * A clock that counts up: 0:07, 3:20, 1:02:03.
 *
 * @param {number} millis
 */
export function clockTime(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const parts = [Math.floor(seconds / HOUR), Math.floor((seconds % HOUR) / MINUTE), seconds % MINUTE];
  const [hours, ...rest] = parts;
  const shown = hours > 0 ? parts : rest;
  return shown.map((part, i) => (i === 0 ? part : String(part).padStart(2, '0'))).join(':');
}

/**
 * A duration in words: 0.4 s, 12 s, 3 min 20 s, 2 h 5 min.
 *
 * @param {number} millis
 */
export function lengthInWords(millis) {
  const seconds = millis / 1000;
  if (seconds < 10) {
    return text('time.seconds', { n: Math.max(0, seconds).toFixed(1) });
  }
  const whole = Math.round(seconds);
  if (whole < MINUTE) {
    return text('time.seconds', { n: whole });
  }
  if (whole < HOUR) {
    return text('time.minutesSeconds', { m: Math.floor(whole / MINUTE), s: whole % MINUTE });
  }
  const minutes = Math.round(whole / MINUTE);
  return text('time.hoursMinutes', { h: Math.floor(minutes / 60), m: minutes % 60 });
}

/**
 * "usually 2–4 min", from now; rounded up, as a shorter wait is the better surprise.
 *
 * @param {Estimate} estimate
 * @param {number} now
 */
export function estimateInWords(estimate, now) {
  if (estimate.slowerThanUsual) {
    return text('estimate.slower');
  }
  const from = Math.max(0, (Date.parse(estimate.from) - now) / 1000);
  const to = Math.max(0, (Date.parse(estimate.to) - now) / 1000);
  const unit = to < 90 ? { key: 'seconds', size: 1, step: 5 } : { key: 'minutes', size: MINUTE, step: 1 };
  const rounded = (/** @type {number} */ value) => Math.max(unit.step, Math.ceil(value / unit.size / unit.step) * unit.step);
  const [least, most] = [rounded(from), rounded(to)];
  return least === most
    ? text(`estimate.about.${unit.key}`, { n: most })
    : text(`estimate.${unit.key}`, { from: least, to: most });
}

const RELATIVE = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

/**
 * "3 minutes ago"; after a week the date.
 *
 * @param {Instant} instant
 * @param {number} now
 */
export function ago(instant, now) {
  const seconds = (Date.parse(instant) - now) / 1000;
  const past = Math.abs(seconds);
  if (past < MINUTE) {
    return text('time.justNow');
  }
  if (past < HOUR) {
    return RELATIVE.format(Math.round(seconds / MINUTE), 'minute');
  }
  if (past < 24 * HOUR) {
    return RELATIVE.format(Math.round(seconds / HOUR), 'hour');
  }
  if (past < 7 * 24 * HOUR) {
    return RELATIVE.format(Math.round(seconds / (24 * HOUR)), 'day');
  }
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(instant));
}

const FULL = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });

/** @param {Instant} instant */
export function fullTime(instant) {
  return FULL.format(new Date(instant));
}

const TIME = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' });

/** @param {Instant} instant */
export function timeOfDay(instant) {
  return TIME.format(new Date(instant));
}
