// What the modules need of a browser, for tests without one: import it before the modules.

class FakeDocument extends EventTarget {
  documentElement = { lang: 'en', dataset: {} };
  hidden = false;
  cookie = '';

  setHidden(hidden) {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

class FakeWindow extends EventTarget {
  location = new URL('http://localhost/context/workspace.html');
  history = { state: null, replaceState() {} };
}

globalThis.document = new FakeDocument();
globalThis.window = new FakeWindow();
Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
globalThis.CustomEvent ??= class extends Event { // Node.js 18 has none
  constructor(type, { detail } = {}) {
    super(type);
    this.detail = detail;
  }
};

/** Lets promises settle. */
export function settled() {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Timers that run when a test advances the time. Installed in place of the global ones. */
export class FakeTimers {
  #now = 0;
  #lastId = 0;
  #timers = new Map();

  constructor() {
    const start = (run, delay, period) => {
      this.#lastId += 1;
      this.#timers.set(this.#lastId, { run, at: this.#now + delay, period });
      return this.#lastId;
    };
    globalThis.setTimeout = (run, delay) => start(run, delay, null);
    globalThis.setInterval = (run, delay) => start(run, delay, delay);
    globalThis.clearTimeout = (id) => this.#timers.delete(id);
    globalThis.clearInterval = globalThis.clearTimeout;
  }

  get running() {
    return this.#timers.size;
  }

  async advance(millis) {
    const end = this.#now + millis;
    for (;;) {
      const [id, timer] = [...this.#timers].sort(([, one], [, other]) => one.at - other.at)[0] ?? [];
      if (!timer || timer.at > end) {
        break;
      }
      this.#now = timer.at;
      if (timer.period === null) {
        this.#timers.delete(id);
      } else {
        timer.at += timer.period;
      }
      timer.run();
      await settled();
    }
    this.#now = end;
  }
}
