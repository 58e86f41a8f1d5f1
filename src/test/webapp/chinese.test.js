import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';

document.documentElement.lang = 'zh';
const { ago } = await import('../../main/webapp/assets/js/durations.js');
const { language, locale, text } = await import('../../main/webapp/assets/js/i18n.js');
const { apiAddress } = await import('../../main/webapp/assets/js/api.js');
const { TEXTS } = await import('../../main/webapp/assets/js/texts.js');

test('a Chinese page has Chinese texts, dates and answers', () => {
  assert.equal(language, 'zh');
  assert.equal(locale, 'zh-CN');
  assert.equal(text('site.history'), TEXTS['site.history'][0]);
  assert.equal(ago('2026-03-01T10:00:00Z', Date.parse('2026-03-01T10:03:00Z')), '3分钟前');
  assert.equal(new URL(apiAddress('statuses')).searchParams.get('lang'), 'zh');
});
