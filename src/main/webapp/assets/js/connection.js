// How the page hears of changes: live (pushed), polling, or offline. The root element shows it to
// style sheets and tests; listeners are told.

const changes = new EventTarget();
let reachable = true;
let pushed = false;

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
    changes.dispatchEvent(new CustomEvent('change', { detail: now }));
  }
}

/** A request got through, whatever the answer, or did not. */
export function reportReachable(yes) {
  reachable = yes;
  update();
}

export function reportPushed(yes) {
  pushed = yes;
  reachable = reachable || yes;
  update();
}

/** Calls back with the state now and at every change. */
export function onConnection(listener) {
  changes.addEventListener('change', (event) => listener(event.detail));
  update();
  listener(document.documentElement.dataset.push);
}

window.addEventListener('online', () => reportReachable(true));
window.addEventListener('offline', update);
