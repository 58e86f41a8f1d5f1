// The server's time. A visitor's clock may be minutes off, and the pages show waiting times.

const TOLERATED_MILLIS = 3000; // the Date header has whole seconds, and the answer took a while

let offset = 0;

/** @param {string | null} dateHeader */
export function learnTime(dateHeader) {
  const ahead = Date.parse(dateHeader ?? '') - Date.now();
  offset = Math.abs(ahead) > TOLERATED_MILLIS ? ahead : 0; // NaN, a missing header, tolerates itself
}

export function serverNow() {
  return Date.now() + offset;
}
