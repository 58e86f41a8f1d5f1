import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
const { ago, clockTime, estimateInWords, lengthInWords } =
  await import('../../main/webapp/assets/js/durations.js');
const { text } = await import('../../main/webapp/assets/js/i18n.js');

const NOW = Date.parse('2026-03-01T10:00:00Z');
const at = (seconds) => new Date(NOW + seconds * 1000).toISOString();

test('a clock counts seconds, minutes and hours', () => {
  assert.equal(clockTime(0), '0:00');
  assert.equal(clockTime(7_999), '0:07');
  assert.equal(clockTime(200_000), '3:20');
  assert.equal(clockTime(3_600_000), '1:00:00');
  assert.equal(clockTime(3_723_000), '1:02:03');
  assert.equal(clockTime(6_299_000), '1:44:59');
});

test('a clock never counts below zero', () => {
  assert.equal(clockTime(-5_000), '0:00');
});

test('a duration has tenths of a second only below ten seconds', () => {
  assert.equal(lengthInWords(-1), text('time.seconds', { n: '0.0' }));
  assert.equal(lengthInWords(420), text('time.seconds', { n: '0.4' }));
  assert.equal(lengthInWords(9_999), text('time.seconds', { n: '10.0' }));
  assert.equal(lengthInWords(12_400), text('time.seconds', { n: 12 }));
});

test('a duration never has sixty seconds or sixty minutes', () => {
  assert.equal(lengthInWords(59_600), text('time.minutesSeconds', { m: 1, s: 0 }));
  assert.equal(lengthInWords(200_000), text('time.minutesSeconds', { m: 3, s: 20 }));
  assert.equal(lengthInWords(3_599_600), text('time.hoursMinutes', { h: 1, m: 0 }));
  assert.equal(lengthInWords(7_500_000), text('time.hoursMinutes', { h: 2, m: 5 }));
});

test('an estimate is rounded up to five seconds or to minutes', () => {
  const estimate = (from, to) => ({ from: at(from), to: at(to), slowerThanUsual: false });
  assert.equal(estimateInWords(estimate(11, 42), NOW), text('estimate.seconds', { from: 15, to: 45 }));
  assert.equal(estimateInWords(estimate(61, 190), NOW), text('estimate.minutes', { from: 2, to: 4 }));
  assert.equal(estimateInWords(estimate(41, 44), NOW), text('estimate.about.seconds', { n: 45 }));
  assert.equal(estimateInWords(estimate(121, 170), NOW), text('estimate.about.minutes', { n: 3 }));
});

test('an estimate in the past is the shortest one', () => {
  const past = { from: at(-60), to: at(-30), slowerThanUsual: false };
  assert.equal(estimateInWords(past, NOW), text('estimate.about.seconds', { n: 5 }));
});

test('an estimate that is exceeded has no numbers', () => {
  assert.equal(estimateInWords({ from: at(10), to: at(20), slowerThanUsual: true }, NOW), text('estimate.slower'));
});

test('an instant is relative for a week, then a date', () => {
  assert.equal(ago(at(-59), NOW), text('time.justNow'));
  assert.equal(ago(at(-180), NOW), '3 minutes ago');
  assert.equal(ago(at(-2 * 3600), NOW), '2 hours ago');
  assert.equal(ago(at(-24 * 3600), NOW), 'yesterday');
  assert.equal(ago(at(-8 * 24 * 3600), NOW), 'Feb 21, 2026');
  assert.equal(ago(at(120), NOW), 'in 2 minutes');
});
