import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInThisContext } from 'node:vm';

const MODULE = new URL('../../main/webapp/assets/js/model/meshopt.js', import.meta.url);
const VIEWS = new URL('../resources/models/meshopt.txt', import.meta.url); // MeshoptDecoderTest reads it, too

runInThisContext(readFileSync(MODULE, 'utf8')); // a script for workers, not a module
const { decodeMeshopt } = globalThis;

const views = readFileSync(VIEWS, 'utf8').trim().split('\n').map((line) => {
  const [mode, filter, count, stride, encoded, decoded] = line.split(' ');
  const bytes = (text) => Uint8Array.from(Buffer.from(text, 'base64'));
  return {
    mode, filter, count: Number(count), stride: Number(stride), encoded: bytes(encoded), decoded: bytes(decoded),
  };
});

test('a view is decoded as by its encoder', () => {
  assert.ok(views.length > 20);
  for (const { mode, filter, count, stride, encoded, decoded } of views) {
    const actual = decodeMeshopt(encoded, count, stride, mode, filter);
    const name = `${mode} ${filter} ${count} x ${stride}`;
    if (filter === 'NONE' || filter === 'EXPONENTIAL') {
      assert.deepEqual(actual, decoded, name);
    } else {
      const size = stride / 4;
      const numbers = ({ buffer }) => (size === 1 ? new Uint8Array(buffer) : new Uint16Array(buffer));
      const expected = numbers(decoded);
      numbers(actual).forEach((number, i) => // filters may round the last digit differently
        assert.ok(Math.abs(number - expected[i]) <= 1, `${name}: component ${i}`));
    }
  }
});

test('a view that is cut off is refused', () => {
  for (const { mode, filter, count, stride, encoded } of views) {
    assert.throws(() => decodeMeshopt(encoded.subarray(0, encoded.length - 1), count, stride, mode, filter));
  }
});

test('a view with bytes that belong to no element is refused', () => {
  for (const { mode, filter, count, stride, encoded } of views.filter((view) => view.mode === 'ATTRIBUTES')) {
    const tail = (encoded[0] & 15) === 0 ? Math.max(stride, 32) : Math.max(stride + stride / 4, 24);
    const end = encoded.length - tail;
    const longer = Uint8Array.of(...encoded.subarray(0, end), 0, ...encoded.subarray(end));
    assert.throws(() => decodeMeshopt(longer, count, stride, mode, filter));
  }
});

test('an unknown mode is refused', () => {
  assert.throws(() => decodeMeshopt(new Uint8Array(32), 1, 4, 'OTHER', 'NONE'), /meshopt mode OTHER/);
});
