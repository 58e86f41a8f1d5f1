import { apiAddress, Unreachable } from './api.js';
import { reportPushed } from './connection.js';

const POLL_MILLIS = 3000;
const SILENCE_MILLIS = 40_000; // the server's heart beats every 15 s
const RETRY_MILLIS = 30_000;

/**
 * Watches a stream of Server-Sent Events and polls whenever it does not speak: before its first
 * word, where something between us and the server blocks it, and while it is broken. Nothing runs
 * while the page is hidden, as tabs share the few connections a browser allows.
 *
 * @param path of the stream
 * @param on { snapshot(data), change(data), deleted(data), poll(): Promise }
 * @return a function that ends it
 */
export function watch(path, on) {
  let source = null;
  let lastEventId = null;
  let ended = false;
  let pollTimer;
  let silenceTimer;
  let retryTimer;

  function spoke() {
    clearTimeout(pollTimer);
    pollTimer = undefined;
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(reopen, SILENCE_MILLIS);
    reportPushed(true);
  }

  function fellSilent() {
    reportPushed(false);
    pollTimer ??= setTimeout(poll, POLL_MILLIS);
  }

  async function poll() {
    try {
      await on.poll();
    } catch (e) {
      if (!(e instanceof Unreachable)) {
        console.warn(e); // the next round may do better
      }
    }
    if (pollTimer !== undefined && !ended) {
      clearTimeout(pollTimer);
      pollTimer = setTimeout(poll, POLL_MILLIS);
    }
  }

  function heard(handler) {
    return (event) => {
      lastEventId = event.lastEventId || lastEventId;
      spoke();
      handler(JSON.parse(event.data));
    };
  }

  function open() {
    fellSilent();
    silenceTimer = setTimeout(reopen, SILENCE_MILLIS);
    source = new EventSource(apiAddress(path, { lastEventId }));
    source.addEventListener('snapshot', heard(on.snapshot));
    source.addEventListener('change', heard(on.change));
    source.addEventListener('deleted', heard((data) => on.deleted(data)));
    source.addEventListener('heartbeat', spoke);
    // a resumed stream has nothing to say until something happens; a new one begins with a snapshot
    source.addEventListener('open', () => lastEventId !== null && spoke());
    source.addEventListener('error', () => {
      fellSilent();
      if (source?.readyState === EventSource.CLOSED) {
        close();
        fellSilent();
        retryTimer = setTimeout(open, RETRY_MILLIS);
      }
    });
  }

  function close() {
    source?.close();
    source = null;
    for (const timer of [pollTimer, silenceTimer, retryTimer]) {
      clearTimeout(timer);
    }
    pollTimer = undefined;
  }

  function reopen() {
    close();
    if (!ended && !document.hidden) {
      open();
    }
  }

  /** What was missed is fetched at once; the stream may take a while to come back. */
  function comeBack() {
    reopen();
    if (source) {
      on.poll().catch(() => {}); // the rounds go on
    }
  }

  function end() {
    ended = true;
    close();
    document.removeEventListener('visibilitychange', comeBack);
    window.removeEventListener('online', comeBack);
    window.removeEventListener('pageshow', fromCache);
    reportPushed(false);
  }

  /** Back from the back/forward cache, where streams do not survive. */
  function fromCache(event) {
    if (event.persisted) {
      comeBack();
    }
  }

  document.addEventListener('visibilitychange', comeBack);
  window.addEventListener('online', comeBack);
  window.addEventListener('pageshow', fromCache);
  reopen();
  return end;
}
