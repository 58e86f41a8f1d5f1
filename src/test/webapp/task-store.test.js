import './browser.js';
import { task } from './tasks.js';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

document.hidden = true; // no stream: the test gives the versions
const { TaskStore } = await import('../../main/webapp/assets/js/task-store.js');

let answer;
let requests;
let store;
let told;

beforeEach(() => {
  requests = [];
  answer = { status: 200, body: { data: task({ queuePosition: 3 }) }, etag: '"1"' };
  globalThis.fetch = async (address, { headers }) => {
    requests.push(headers['If-None-Match']);
    const { status, body, etag } = answer;
    return {
      status, ok: status < 300, headers: new Headers(etag ? { ETag: etag } : {}), json: async () => body,
    };
  };
  told = [];
  store = new TaskStore('6f1c');
  for (const type of ['task', 'happened', 'gone']) {
    store.addEventListener(type, () => told.push(type));
  }
});

test('a refresh asks only for a newer version', async () => {
  await store.refresh();
  answer = { status: 304 };
  await store.refresh();
  assert.deepEqual(requests, [undefined, '"1"']);
  assert.deepEqual(told, ['task', 'happened']);
  assert.equal(store.task.queuePosition, 3);
});

test('an older version never replaces a newer one', async () => {
  await store.refresh();
  store.accept(task({ updatedAt: '2026-03-01T10:00:04Z', status: 'FAILED' }));
  assert.equal(store.task.status, 'IMAGE_COMPLETED');
});

test('a version without queue position keeps the known one in the same status', async () => {
  await store.refresh();
  store.accept(task({ updatedAt: '2026-03-01T10:00:06Z' }));
  assert.equal(store.task.queuePosition, 3);
  assert.equal(store.task.updatedAt, '2026-03-01T10:00:06Z');
});

test('the queue position of an earlier status is forgotten', async () => {
  await store.refresh();
  store.accept(task({ updatedAt: '2026-03-01T10:00:06Z', status: 'FAILED' }));
  assert.equal(store.task.queuePosition, null);
});

test('a version with a queue position replaces the known one', async () => {
  await store.refresh();
  store.accept(task({ queuePosition: 1 }), true);
  assert.equal(store.task.queuePosition, 1);
});

test('a task that is not there is gone', async () => {
  answer = { status: 404, body: { error: 'No such task' } };
  await store.refresh();
  assert.deepEqual(told, ['gone']);
  assert.equal(store.task, null);
});

test('another refusal is an error', async () => {
  answer = { status: 503, body: { error: 'Later' } };
  await assert.rejects(store.refresh(), { message: 'Later' });
  assert.deepEqual(told, []);
});
