import './browser.js';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
const { hasText, text } = await import('../../main/webapp/assets/js/i18n.js');
const { TEXTS } = await import('../../main/webapp/assets/js/texts.js');

const WEBAPP = new URL('../../main/webapp/', import.meta.url);
const MODULES = readdirSync(new URL('assets/js', WEBAPP), { recursive: true })
  .map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.js') && name !== 'texts.js');
const PAGES = readdirSync(WEBAPP).filter((name) => name.endsWith('.html'));
const moduleSource = (name) => readFileSync(new URL(`assets/js/${name}`, WEBAPP), 'utf8');
const pageSource = (name) => readFileSync(new URL(name, WEBAPP), 'utf8');
const matches = (source, pattern) => [...source.matchAll(pattern)].map(([, found]) => found);

test('every text has both languages, with the same placeholders', () => {
  for (const [key, versions] of Object.entries(TEXTS)) {
    assert.equal(versions.length, 2, key);
    const [chinese, english] = versions.map((version) => new Set(matches(version, /\{(\w+)\}/g)));
    assert.deepEqual(chinese, english, key);
    assert.ok(versions.every((version) => version.trim() !== ''), key);
  }
});

test('placeholders are replaced, and kept without a value', () => {
  TEXTS['test.only'] = ['', '{n} of {max}, {n}'];
  assert.equal(text('test.only', { n: 0 }), '0 of {max}, 0');
  delete TEXTS['test.only'];
});

test('every text that a module or page names exists', () => {
  const used = [
    ...MODULES.flatMap((name) => matches(moduleSource(name), /\btext\('([\w.]+)'/g)),
    ...PAGES.flatMap((name) => matches(pageSource(name), /data-(?:text|label)="([\w.]+)"/g)),
  ];
  assert.ok(used.length > 100);
  assert.deepEqual(used.filter((key) => !hasText(key)), []);
});

test('every element that a module asks for by id is in a page', () => {
  const ids = new Set(PAGES.flatMap((name) => matches(pageSource(name), /\bid="([\w-]+)"/g)));
  const used = MODULES.flatMap((name) => matches(moduleSource(name), /\bpart\('([\w-]+)'/g));
  assert.ok(used.length > 50);
  assert.deepEqual(used.filter((id) => !ids.has(id)), []);
});

test('every module that another one imports exists', () => {
  for (const name of MODULES) {
    for (const path of matches(moduleSource(name), /(?:from|import|import\() ?'(\.[^']+)'/g)) {
      assert.ok(readFileSync(new URL(path, new URL(`assets/js/${name}`, WEBAPP))), `${name}: ${path}`);
    }
  }
});
