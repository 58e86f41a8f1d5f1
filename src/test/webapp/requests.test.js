import { FakeTimers } from './browser.js';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
const { api, Refusal, Unreachable } = await import('../../main/webapp/assets/js/api.js');
const { serverNow } = await import('../../main/webapp/assets/js/clock.js');

const timers = new FakeTimers();

let sent;
let next;

function answer(status, body, headers = {}) {
  return {
    status,
    ok: status < 300,
    headers: new Headers(headers),
    json: async () => JSON.parse(body),
  };
}

beforeEach(() => {
  sent = [];
  next = answer(200, '{"data": {}}');
  globalThis.fetch = async (address, options) => {
    sent.push({ address: new URL(address), ...options });
    if (next instanceof Error) {
      throw next;
    }
    return next;
  };
});

test('a request has the header that no other host can send', async () => {
  await api.cancel('a/b');
  assert.equal(sent[0].method, 'POST');
  assert.ok(sent[0].address.pathname.endsWith('/api/tasks/a%2Fb/cancel'));
  assert.equal(sent[0].headers['X-Requested-With'], 'maquette');
});

test('a version that is current is null', async () => {
  next = answer(304, '');
  assert.equal(await api.task('1', '"7"'), null);
  assert.equal(sent[0].headers['If-None-Match'], '"7"');
});

test('an answer has its ETag', async () => {
  next = answer(200, '{"data": {"id": "1"}}', { ETag: '"8"' });
  assert.deepEqual(await api.task('1', null), { data: { id: '1' }, etag: '"8"' });
  assert.equal(sent[0].headers['If-None-Match'], undefined);
});

test('a refusal has the message, code and details of the server', async () => {
  next = answer(409, '{"error": "Too late", "code": "CONFLICT", "details": [1]}');
  await assert.rejects(api.choose('1', 2, { faces: 5 }), (e) => {
    assert.ok(e instanceof Refusal);
    assert.deepEqual([e.status, e.message, e.code, e.details], [409, 'Too late', 'CONFLICT', [1]]);
    return true;
  });
  assert.equal(sent[0].body, '{"selectedImageIndex":2,"faces":5}');
});

test('a refusal that is not JSON has its status as message', async () => {
  next = answer(502, '<html>');
  await assert.rejects(api.session(), { message: 'HTTP 502' });
});

test('a request without an answer has an unknown outcome', async () => {
  next = new TypeError('Failed to fetch');
  await assert.rejects(api.create('a fox', { seed: 7 }, 'key'), Unreachable);
  assert.equal(document.documentElement.dataset.push, 'offline');
  assert.equal(sent[0].headers['Idempotency-Key'], 'key');
});

test('a lost server is asked for until it answers', async () => {
  next = new TypeError('Failed to fetch');
  await assert.rejects(api.session(), Unreachable);
  await timers.advance(8_000);
  next = answer(200, '{}');
  await timers.advance(8_000);
  assert.deepEqual(sent.map(({ method }) => method), ['GET', 'HEAD', 'HEAD', 'HEAD']);
  assert.equal(document.documentElement.dataset.push, 'polling');
});

test('an answer shows that the server is reachable', async () => {
  await api.session();
  assert.equal(document.documentElement.dataset.push, 'polling');
});

test('a clock that differs by minutes is corrected by the server, one of seconds is not', async () => {
  next = answer(200, '{}', { Date: new Date(Date.now() + 120_000).toUTCString() });
  await api.session();
  assert.ok(Math.abs(serverNow() - Date.now() - 120_000) < 1_500);
  next = answer(200, '{}', { Date: new Date(Date.now() + 2_000).toUTCString() });
  await api.session();
  assert.ok(Math.abs(serverNow() - Date.now()) < 500);
});
