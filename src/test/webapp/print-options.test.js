import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
const { advisedFixes, heightOf, printOptions } =
  await import('../../main/webapp/assets/js/workspace/print-options.js');

const report = (faces, ...codes) => ({ faces, remarks: codes.map((code) => ({ code, text: '' })) });

test('a report without remarks asks for no fix', () => {
  assert.deepEqual(advisedFixes(report(1000)), []);
  assert.deepEqual(advisedFixes(report(1000, 'TOO_LARGE', 'THIN_WALLS')), []);
});

test('each remark asks for its fix once, in the order of the buttons', () => {
  assert.deepEqual(advisedFixes(report(300_000, 'OPEN', 'TIPS_OVER', 'LITTLE_CONTACT', 'OVERHANGS')),
    ['flatBase', 'layFlat', 'repair', 'fewerFaces']);
});

test('options have only what the user chose', () => {
  assert.deepEqual(printOptions(new Set(), null), {});
  assert.deepEqual(printOptions(new Set(['repair']), 80),
    { size: { kind: 'HEIGHT', millimetres: 80 }, shape: { repair: 'ALWAYS' } });
  assert.deepEqual(printOptions(new Set(['flatBase', 'layFlat', 'fewerFaces']), null), {
    orientation: { kind: 'FLATTEST' },
    base: { kind: 'CUT_FLAT', cut: 1 },
    shape: { faces: 200_000 },
  });
});

test('a height is a number from 1 to 2000, or empty', () => {
  assert.equal(heightOf(' '), null);
  assert.equal(heightOf('80'), 80);
  assert.equal(heightOf('1.5'), 1.5);
  for (const wrong of ['0', '2001', '-3', 'tall', '1e9']) {
    assert.equal(heightOf(wrong), undefined, wrong);
  }
});
