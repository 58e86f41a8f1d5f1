import { apiAddress, Unreachable } from './api.js';
import { reportPushed } from './connection.js';

const POLL_MILLIS = 3000;
const SILENCE_MILLIS = 40_000; // the server's heart beats every 15 s
const RETRY_MILLIS = 30_000;

/**
 * Follows a stream of Server-Sent Events, and polls while the stream is silent: before its first
 * message, where a proxy blocks it, and while it is broken. Nothing runs while the page is hidden, as
 * tabs share the few connections a browser allows.
 *
 * @param {string} path of the stream
 * @param {StreamListener} on
 * @return {() => void} a function that ends it
 */
export function watch(path, on) {
  /** @type {EventSource | null} */
  let source = null;
  /** @type {string | null} */
  let lastEventId = null;
  let ended = false;
  /** @type {number | undefined} */
  let pollTimer;
  /** @type {number | undefined} */
  let silenceTimer;
  /** @type {number | undefined} */
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
        console.warn(e); // the next poll may succeed
      }
    }
    if (pollTimer !== undefined && !ended) {
      clearTimeout(pollTimer);
      pollTimer = setTimeout(poll, POLL_MILLIS);
    }
  }

  /** @param {(data: any) => void} handler */
  function heard(handler) {
    return (/** @type {MessageEvent<string>} */ event) => {
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
    // a resumed stream is silent until a change; a new one begins with a snapshot
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

  /** Fetches the missed changes at once, as the stream may take a while to open. */
  function comeBack() {
    reopen();
    if (source) {
      on.poll().catch(() => {}); // polling continues
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

  /**
   * Streams end in the back/forward cache.
   *
   * @param {PageTransitionEvent} event
   */
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
