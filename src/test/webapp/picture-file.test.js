import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isComplete, preparedPicture } from '../../main/webapp/assets/js/picture-file.js';

const ascii = (text) => [...text].map((character) => character.charCodeAt(0));
const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x04, 0x11, 0x22, 0xff, 0xda, 0x00, 0x02, 0x33, 0xff, 0x00, 0x44];
const PNG = [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a];
const chunk = (type, length) => [0, 0, 0, length, ...ascii(type), ...new Array(length).fill(7), 1, 2, 3, 4];
const webp = (size) => [...ascii('RIFF'), size, 0, 0, 0, ...ascii('WEBPVP8 ')];
const check = (bytes) => isComplete(Uint8Array.from(bytes));

test('a JPEG is complete with its end marker, even before other bytes', () => {
  assert.equal(check([...JPEG, 0xff, 0xd9]), true);
  assert.equal(check([...JPEG, 0xff, 0xff, 0xd9, ...ascii('video')]), true);
  assert.equal(check(JPEG), false);
});

test('the end of a preview is not the end of the JPEG', () => {
  const withPreview = [0xff, 0xd8, 0xff, 0xe1, 0x00, 0x06, 0xff, 0xd8, 0xff, 0xd9];
  assert.equal(check(withPreview), false);
  assert.equal(check([...withPreview, 0xff, 0xd0, 0xff, 0xd9]), true);
});

test('a PNG is complete with its last chunk', () => {
  assert.equal(check([...PNG, ...chunk('IHDR', 13), ...chunk('IEND', 0)]), true);
  assert.equal(check([...PNG, ...chunk('IHDR', 13), ...chunk('IEND', 0).slice(0, -1)]), false);
  assert.equal(check([...PNG, ...chunk('IHDR', 13)]), false);
  assert.equal(check([...PNG, ...chunk('IHDR', 13), ...chunk('IEND', 9).slice(0, -9)]), false);
});

test('a WebP is complete with the size in its header', () => {
  assert.equal(check(webp(8)), true);
  assert.equal(check(webp(9)), false);
});

test('a GIF is complete with its trailer, which zeros may follow', () => {
  assert.equal(check([...ascii('GIF89a'), 1, 0x3b, 0, 0]), true);
  assert.equal(check([...ascii('GIF89a'), 1, 0, 0]), false);
});

test('a file of another format counts as complete', () => {
  assert.equal(check(ascii('BM')), true);
});

test('a small file of an accepted format is sent unchanged', async () => {
  for (const bytes of [PNG, JPEG, webp(8)]) {
    const file = new Blob([Uint8Array.from(bytes)]);
    assert.equal(await preparedPicture(file), file);
  }
});

test('a file that the browser cannot show is sent unchanged', async () => {
  const file = new Blob([Uint8Array.from(ascii('no picture'))]);
  assert.equal(await preparedPicture(file), file); // there is no Image here
});
