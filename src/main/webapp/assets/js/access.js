// Who is signed in. Nobody needs to be in a development set-up.

import { api, fromRoot, ROOT } from './api.js';

let asked;

/** { auth, signedIn, name, role, local }, asked for once a page. */
export function session() {
  asked ??= api.session().then(({ data }) => data);
  return asked;
}

/** Where to go after signing in: a page of ours, and nowhere else. */
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
  window.location.assign(fromRoot('index.html')); // which asks to sign in where that is needed
}
