import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
const { area, count, dimensions, fileSize, share, volume } =
  await import('../../main/webapp/assets/js/measures.js');

test('a file size has the largest unit and at most one digit after the point', () => {
  assert.equal(fileSize(0), '0 B');
  assert.equal(fileSize(512), '512 B');
  assert.equal(fileSize(1023), '1023 B');
  assert.equal(fileSize(1024), '1.0 KB');
  assert.equal(fileSize(34 * 1024), '34 KB');
  assert.equal(fileSize(1_258_291), '1.2 MB');
  assert.equal(fileSize(3 * 1024 ** 4), '3072 GB');
});

test('a model below one metre has dimensions in millimetres, depth before height', () => {
  assert.equal(dimensions({ x: 0.11, y: 0.02598, z: 0.10462 }), '110 × 104.6 × 26 mm');
  assert.equal(dimensions({ x: 0.5, y: 0.999, z: 0.1 }), '500 × 100 × 999 mm');
});

test('a model of one metre or more has dimensions in metres', () => {
  assert.equal(dimensions({ x: 1, y: 2.345, z: 0.5 }), '1 × 0.5 × 2.35 m');
});

test('volume and surface are in centimetres with three digits', () => {
  assert.equal(volume(12_345), '12.3 cm³');
  assert.equal(area(12_345), '123 cm²');
});

test('counts have separators, shares are percentages', () => {
  assert.equal(count(1_234_567), '1,234,567');
  assert.equal(share(0.0456), '4.6%');
});
