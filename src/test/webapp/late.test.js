import './browser.js';
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
const { reportReachable } = await import('../../main/webapp/assets/js/connection.js');
const { loadLate } = await import('../../main/webapp/assets/js/late.js');

afterEach(() => reportReachable(true));

test('a part that was loaded is given back', async () => {
  assert.equal(await loadLate(async () => 'viewer'), 'viewer');
});

test('a load that failed without a connection is repeated once there is one', async () => {
  reportReachable(false);
  let attempts = 0;
  const loaded = loadLate(async () => {
    attempts += 1;
    if (attempts === 1) {
      throw new TypeError('Failed to fetch');
    }
    return 'viewer';
  }, 0);
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  assert.equal(attempts, 1);
  reportReachable(true);
  assert.equal(await loaded, 'viewer');
  assert.equal(attempts, 2);
});

test('a load that keeps failing is given up', async () => {
  let attempts = 0;
  await assert.rejects(loadLate(async () => {
    attempts += 1;
    throw new TypeError('no such file');
  }, 0), /no such file/);
  assert.equal(attempts, 5);
});
