// How the page receives changes: live (pushed), polling, or offline. An attribute of the root element
// has it for style sheets and tests.

const changes = new EventTarget();
let reachable = true;
let pushed = false;

/** @return {ConnectionState} */
function state() {
  if (!navigator.onLine || !reachable) {
    return 'offline';
  }
  return pushed ? 'live' : 'polling';
}

function update() {
  const now = state();
  const { dataset } = document.documentElement;
  if (dataset.push !== now) {
    dataset.push = now;
    changes.dispatchEvent(new Event('change'));
  }
}

/** @param {boolean} yes whether the last request had an answer */
export function reportReachable(yes) {
  reachable = yes;
  update();
}

/** @param {boolean} yes whether an event stream is open */
export function reportPushed(yes) {
  pushed = yes;
  reachable = reachable || yes;
  update();
}

/**
 * Calls back with the state now and at every change.
 *
 * @param {(state: ConnectionState) => void} listener
 */
export function onConnection(listener) {
  changes.addEventListener('change', () => listener(state()));
  update();
  listener(state());
}

/** Resolved as soon as the page is not offline. */
export function whenConnected() {
  return /** @type {Promise<void>} */ (new Promise((resolve) => {
    const check = () => {
      if (state() !== 'offline') {
        changes.removeEventListener('change', check);
        resolve();
      }
    };
    changes.addEventListener('change', check);
    check();
  }));
}

window.addEventListener('online', () => reportReachable(true));
window.addEventListener('offline', update);
