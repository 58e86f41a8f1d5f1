// The session of the page. A development set-up needs no sign-in.

import { api, fromRoot, ROOT } from './api.js';

/** @type {Promise<Session> | undefined} */
let asked;

/** The session, which a page requests once. */
export function session() {
  asked ??= api.session().then(({ data }) => data);
  return asked;
}

/**
 * The page to show after signing in, which is always one of this application.
 *
 * @param {string | null} asked
 */
export function nextPage(asked) {
  try {
    const next = new URL((asked ?? '').replace(/^\//, ''), ROOT);
    return next.href.startsWith(ROOT.href) ? next.href : fromRoot('index.html');
  } catch {
    return fromRoot('index.html');
  }
}

export async function signOut() {
  await api.signOut();
  window.location.assign(fromRoot('index.html')); // it asks to sign in if that is needed
}
