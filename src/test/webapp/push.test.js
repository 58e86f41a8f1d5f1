import { FakeTimers, settled } from './browser.js';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
const { watch } = await import('../../main/webapp/assets/js/push.js');

const POLL = 3_000;
const SILENCE = 40_000;
const RETRY = 30_000;

/** The streams that were opened, the newest last. */
let streams;
let heard;
let timers;
let end;

class FakeEventSource extends EventTarget {
  static CLOSED = 2;
  readyState = 1;

  constructor(address) {
    super();
    this.address = new URL(address);
    streams.push(this);
  }

  say(type, data, lastEventId = '') {
    this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data), lastEventId }));
  }

  breakOff(isFinal) {
    this.readyState = isFinal ? FakeEventSource.CLOSED : 0;
    this.dispatchEvent(new Event('error'));
  }

  close() {
    this.readyState = FakeEventSource.CLOSED;
    this.isClosed = true;
  }
}

globalThis.EventSource = FakeEventSource;

const stream = () => streams.at(-1);
const polls = () => heard.filter((what) => what === 'poll').length;
const state = () => document.documentElement.dataset.push;

beforeEach(() => {
  streams = [];
  heard = [];
  timers = new FakeTimers();
  document.hidden = false;
  end = watch('tasks/1/stream', {
    snapshot: (data) => heard.push(['snapshot', data]),
    change: (data) => heard.push(['change', data]),
    deleted: (data) => heard.push(['deleted', data]),
    poll: async () => heard.push('poll'),
  });
});

afterEach(() => end());

test('the page polls until the first message of the stream', async () => {
  await timers.advance(2 * POLL);
  assert.equal(polls(), 2);
  assert.equal(state(), 'polling');
  stream().say('snapshot', { task: 1 }, '5');
  await timers.advance(3 * POLL);
  assert.equal(polls(), 2);
  assert.equal(state(), 'live');
  assert.deepEqual(heard.at(-1), ['snapshot', { task: 1 }]);
});

test('a failed poll does not stop polling', async () => {
  end();
  let tries = 0;
  const warn = console.warn;
  console.warn = () => {};
  end = watch('tasks/stream', {
    poll: async () => {
      tries += 1;
      throw new Error('refused');
    },
  });
  await timers.advance(3 * POLL);
  console.warn = warn;
  assert.equal(tries, 3);
});

test('messages are given to their listeners', () => {
  stream().say('change', { event: 1 });
  stream().say('deleted', { taskId: '1' });
  assert.deepEqual(heard, [['change', { event: 1 }], ['deleted', { taskId: '1' }]]);
});

test('the first stream has no position', () => {
  assert.equal(stream().address.searchParams.get('lastEventId'), null);
});

test('a silent stream is opened again after its last event', async () => {
  stream().say('snapshot', {}, '5');
  stream().say('change', {}, '6');
  stream().say('change', {}); // without an id: the position stays
  await timers.advance(SILENCE);
  assert.equal(streams.length, 2);
  assert.ok(streams[0].isClosed);
  assert.equal(stream().address.searchParams.get('lastEventId'), '6');
});

test('a heartbeat keeps the stream', async () => {
  stream().say('snapshot', {}, '5');
  for (let beat = 0; beat < 4; beat++) {
    await timers.advance(SILENCE - 1);
    stream().dispatchEvent(new Event('heartbeat'));
  }
  assert.equal(streams.length, 1);
  assert.equal(polls(), 0);
});

test('a resumed stream is live once it is open, a new one only with its snapshot', async () => {
  stream().dispatchEvent(new Event('open'));
  assert.equal(state(), 'polling');
  stream().say('snapshot', {}, '5');
  await timers.advance(SILENCE);
  assert.equal(state(), 'polling');
  stream().dispatchEvent(new Event('open'));
  assert.equal(state(), 'live');
});

test('the page polls while the browser connects again', async () => {
  stream().say('snapshot', {}, '5');
  stream().breakOff(false);
  await timers.advance(POLL);
  assert.equal(polls(), 1);
  assert.equal(streams.length, 1);
});

test('a refused stream is tried again later, and the page polls meanwhile', async () => {
  stream().breakOff(true);
  await timers.advance(RETRY - 1);
  assert.equal(streams.length, 1);
  assert.equal(polls(), 9);
  await timers.advance(1);
  assert.equal(streams.length, 2);
});

test('a hidden page has no stream and no timers', async () => {
  stream().say('snapshot', {}, '5');
  document.setHidden(true);
  assert.ok(stream().isClosed);
  await settled();
  assert.equal(timers.running, 0);
  assert.equal(polls(), 0);
});

test('a page that is shown again resumes its stream and polls at once', async () => {
  stream().say('snapshot', {}, '5');
  document.setHidden(true);
  document.setHidden(false);
  await settled();
  assert.equal(stream().address.searchParams.get('lastEventId'), '5');
  assert.equal(polls(), 1);
});

test('a page from the back/forward cache resumes, a new page does not open a second stream', () => {
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  assert.equal(streams.length, 1);
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  assert.equal(streams.length, 2);
});

test('nothing runs after the end', async () => {
  end();
  assert.ok(stream().isClosed);
  assert.equal(timers.running, 0);
  window.dispatchEvent(new Event('online'));
  document.setHidden(false);
  await timers.advance(SILENCE);
  assert.equal(streams.length, 1);
  assert.equal(polls(), 0);
});
