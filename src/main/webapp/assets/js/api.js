import { learnTime } from './clock.js';
import { reportReachable } from './connection.js';
import { language } from './i18n.js';

/** Where the application stands, under whatever context root. */
export const ROOT = new URL('../../', import.meta.url);

/** An address of the API's ("/api/…" counts from the context root) or of a page. */
export function fromRoot(path) {
  return new URL(path.replace(/^\//, ''), ROOT).href;
}

/** An address of a file to save: what is refused is explained in the language of the page. */
export function toSave(path) {
  const url = new URL(fromRoot(path));
  url.searchParams.set('lang', language);
  return url.href;
}

/** A model for the page itself, which may read from no other host that a download could be sent to. */
export function modelFromHere(path) {
  const url = new URL(fromRoot(path));
  url.searchParams.set('redirect', 'false');
  return url.href;
}

/** An address of the API with parameters and the language; those that are null are left out. */
export function apiAddress(path, parameters = {}) {
  const url = new URL(`api/${path}`, ROOT);
  for (const [name, value] of Object.entries({ ...parameters, lang: language })) {
    if (value !== null && value !== undefined) {
      url.searchParams.set(name, value);
    }
  }
  return url.href;
}

/** The server refused; the message is for people. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.error ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem.code;
    this.details = problem.details;
  }
}

/** Why the server refuses a file, in the language of the page; null where it does not say. */
export async function reasonOfRefusal(address) {
  const url = new URL(address);
  url.searchParams.set('lang', language);
  const asked = new AbortController();
  try {
    const answer = await fetch(url, { signal: asked.signal });
    return answer.ok ? null : (await answer.json()).error ?? null;
  } catch {
    return null; // not reachable, or not an answer of the application
  } finally {
    asked.abort(); // of a file that can be had, nothing more is read
  }
}

const LOOK_AGAIN_MILLIS = 4000;
let lookingAgain;

/** Not every page asks again by itself; this finds the server once it is back. */
function lookAgain() {
  lookingAgain ??= setTimeout(() => {
    lookingAgain = undefined;
    send('HEAD', 'statuses').catch(() => {}); // which looks again
  }, LOOK_AGAIN_MILLIS);
}

/** The request or its answer was lost: whether it was carried out is not known. */
export class Unreachable extends Error {}

/** Sends a form, telling how far it is from 0 to 1, which fetch cannot. */
function upload(method, address, headers, form, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new Error('the connection was lost'));
    request.onabort = request.onerror;
    request.onload = () => resolve({
      status: request.status,
      ok: request.status >= 200 && request.status < 300,
      headers: { get: (name) => request.getResponseHeader(name) },
      json: async () => JSON.parse(request.responseText),
    });
    request.send(form);
  });
}

async function send(
  method, path, { parameters, body, form, onProgress, headers = {}, keepalive } = {},
) {
  const address = apiAddress(path, parameters);
  const allHeaders = {
    'X-Requested-With': 'maquette', // which no other host's page can send
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), // a form has its own
    ...headers,
  };
  let answer;
  try {
    answer = await (form ? upload(method, address, allHeaders, form, onProgress) : fetch(address, {
      method,
      keepalive,
      headers: allHeaders,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store', // conditions are ours; the browser's cache would answer 304 as 200
    }));
  } catch (e) {
    reportReachable(false);
    lookAgain();
    throw new Unreachable(e.message);
  }
  reportReachable(true);
  learnTime(answer.headers.get('Date'));
  return answer;
}

async function call(method, path, options) {
  const answer = await send(method, path, options);
  if (answer.status === 304) {
    return null;
  }
  let json;
  try {
    json = await answer.json();
  } catch {
    json = {}; // not from the application: a proxy's page, or cut short
  }
  if (answer.status === 401 && path !== 'session') {
    askToSignIn();
  }
  if (!answer.ok) {
    throw new Refusal(answer.status, json);
  }
  return { ...json, etag: answer.headers.get('ETag') };
}

function unless(etag) {
  return etag ? { 'If-None-Match': etag } : {};
}

/** Shows the page to sign in at, which leads back to this one. */
function askToSignIn() {
  const here = window.location.href.slice(ROOT.href.length - 1);
  window.location.replace(fromRoot(`sign-in.html?next=${encodeURIComponent(here)}`));
}

export const api = {
  askToSignIn,

  session: () => call('GET', 'session'),

  signIn: (email, password) => call('POST', 'session', { body: { email, password } }),

  signOut: () => call('DELETE', 'session'),

  changePassword: (present, next) => call('PUT', 'account/password', { body: { present, next } }),

  keys: () => call('GET', 'keys'),

  createKey: (name, scope, days) => call('POST', 'keys', { body: { name, scope, days } }),

  revokeKey: (id) => call('DELETE', `keys/${encodeURIComponent(id)}`),

  webhooks: () => call('GET', 'webhooks'),

  createWebhook: (url, events) => call('POST', 'webhooks', { body: { url, events: events.join(' ') } }),

  rotateWebhook: (id) => call('POST', `webhooks/${encodeURIComponent(id)}/rotate`),

  resumeWebhook: (id) => call('POST', `webhooks/${encodeURIComponent(id)}/resume`),

  deleteWebhook: (id) => call('DELETE', `webhooks/${encodeURIComponent(id)}`),

  deliveries: (id) => call('GET', `webhooks/${encodeURIComponent(id)}/deliveries`),

  resend: (id, event) => call('POST', `webhooks/${encodeURIComponent(id)}/deliveries/${event}/resend`),

  statuses: () => call('GET', 'statuses'),

  create: (prompt, key) =>
    call('POST', 'tasks', { body: { prompt }, headers: { 'Idempotency-Key': key } }),

  /** The prompt may be empty; onProgress is called with what is sent of the picture, from 0 to 1. */
  createFromPicture: (picture, prompt, key, onProgress) => {
    const form = new FormData();
    form.append('picture', picture);
    form.append('prompt', prompt);
    return call('POST', 'tasks', { form, onProgress, headers: { 'Idempotency-Key': key } });
  },

  /** Null when it is still what the tag stands for. */
  list: (parameters, etag) => call('GET', 'tasks', { parameters, headers: unless(etag) }),

  /** Null when it is still what the tag stands for. */
  task: (id, etag) => call('GET', `tasks/${encodeURIComponent(id)}`, { headers: unless(etag) }),

  choose: (id, selectedImageIndex) =>
    call('PATCH', `tasks/${encodeURIComponent(id)}`, { body: { selectedImageIndex } }),

  edit: (id, imageIndex, instruction) =>
    call('POST', `tasks/${encodeURIComponent(id)}/edit`, { body: { imageIndex, instruction } }),

  printability: (id) => call('GET', `tasks/${encodeURIComponent(id)}/model/printability`),

  cancel: (id) => call('POST', `tasks/${encodeURIComponent(id)}/cancel`),

  retry: (id, type) => call('POST', `tasks/${encodeURIComponent(id)}/retry`, { body: { type } }),

  /** Outlives the page it is sent from. */
  remove: (id) => call('DELETE', `tasks/${encodeURIComponent(id)}`, { keepalive: true }),

  events: (id, cursor) =>
    call('GET', `tasks/${encodeURIComponent(id)}/events`, { parameters: { limit: 100, cursor } }),
};
