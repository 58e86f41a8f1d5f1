import { learnTime } from './clock.js';
import { reportReachable } from './connection.js';
import { language } from './i18n.js';

/** The address of the application, with its context root. */
export const ROOT = new URL('../../', import.meta.url);

/**
 * An address of the API ("/api/…" counts from the context root) or of a page.
 *
 * @param {string} path
 */
export function fromRoot(path) {
  return new URL(path.replace(/^\//, ''), ROOT).href;
}

/**
 * The address of a download. A refusal is explained in the language of the page.
 *
 * @param {string} path
 */
export function toSave(path) {
  const url = new URL(fromRoot(path));
  url.searchParams.set('lang', language);
  return url.href;
}

/**
 * The address of a model for the viewer. It never redirects, as the page may read from no other host.
 *
 * @param {string} path
 */
export function modelFromHere(path) {
  const url = new URL(fromRoot(path));
  url.searchParams.set('redirect', 'false');
  return url.href;
}

/**
 * The address of a small version of a picture.
 *
 * @param {string} path the picture's own address
 * @param {320 | 640} pixels maximum length of its longer side
 */
export function smallPicture(path, pixels) {
  const url = new URL(fromRoot(path));
  url.searchParams.set('size', String(pixels));
  return url.href;
}

/**
 * An address of the API with parameters and the language.
 *
 * @param {string} path
 * @param {QueryParameters} parameters
 */
export function apiAddress(path, parameters = {}) {
  const url = new URL(`api/${path}`, ROOT);
  for (const [name, value] of Object.entries({ ...parameters, lang: language })) {
    if (value !== null && value !== undefined) {
      url.searchParams.set(name, String(value));
    }
  }
  return url.href;
}

/** A refusal by the server; its message is for users. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {Problem} problem
   */
  constructor(status, problem) {
    super(problem.error ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem.code;
    this.details = problem.details;
  }
}

/**
 * The reason why the server refuses a file, in the language of the page; null if there is none.
 *
 * @param {string} address
 * @return {Promise<string | null>}
 */
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
    asked.abort(); // nothing more is read of a file that is there
  }
}

const LOOK_AGAIN_MILLIS = 4000;
/** @type {number | undefined} */
let lookingAgain;

/** Finds the server once it is back, as not every page asks again by itself. */
function lookAgain() {
  lookingAgain ??= setTimeout(() => {
    lookingAgain = undefined;
    send('HEAD', 'statuses').catch(() => {}); // which looks again
  }, LOOK_AGAIN_MILLIS);
}

/** The request or its answer was lost: whether it was carried out is not known. */
export class Unreachable extends Error {}

/**
 * Sends a form and reports its progress from 0 to 1, which fetch cannot.
 *
 * @param {string} method
 * @param {string} address
 * @param {Record<string, string>} headers
 * @param {FormData} form
 * @param {(share: number) => void} [onProgress]
 * @return {Promise<HttpAnswer>}
 */
function upload(method, address, headers, form, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
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

/**
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} options
 */
async function send(
  method, path, { parameters, body, form, onProgress, headers = {}, keepalive } = {},
) {
  const address = apiAddress(path, parameters);
  /** @type {Record<string, string>} */
  const allHeaders = {
    'X-Requested-With': 'maquette', // a page of another host cannot send it
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), // a form has its own
    ...headers,
  };
  /** @type {HttpAnswer} */
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

/**
 * @param {string} method
 * @param {string} path
 * @param {RequestOptions} [options]
 * @return {Promise<any>} null if the client's version is still current
 */
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

/**
 * @param {string | null | undefined} etag
 * @return {Record<string, string>}
 */
function unless(etag) {
  return etag ? { 'If-None-Match': etag } : {};
}

/** Shows the sign-in page, which leads back to this one. */
function askToSignIn() {
  const here = window.location.href.slice(ROOT.href.length - 1);
  window.location.replace(fromRoot(`sign-in.html?next=${encodeURIComponent(here)}`));
}

/** @type {Api} */
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

  providers: () => call('GET', 'providers'),

  create: (prompt, options, key) =>
    call('POST', 'tasks', { body: { prompt, ...options }, headers: { 'Idempotency-Key': key } }),

  /** The prompt may be empty; onProgress is called with the sent share of the picture, from 0 to 1. */
  createFromPicture: (picture, prompt, key, onProgress) => {
    const form = new FormData();
    form.append('picture', picture);
    form.append('prompt', prompt);
    return call('POST', 'tasks', { form, onProgress, headers: { 'Idempotency-Key': key } });
  },

  /** Null if the version of the ETag is still current. */
  list: (/** @type {QueryParameters} */ parameters, /** @type {string | null} */ etag = null) => call('GET', 'tasks', { parameters, headers: unless(etag) }),

  /** Null if the version of the ETag is still current. */
  task: (id, etag) => call('GET', `tasks/${encodeURIComponent(id)}`, { headers: unless(etag) }),

  choose: (id, selectedImageIndex, options) =>
    call('PATCH', `tasks/${encodeURIComponent(id)}`, { body: { selectedImageIndex, ...options } }),

  edit: (id, imageIndex, instruction) =>
    call('POST', `tasks/${encodeURIComponent(id)}/edit`, { body: { imageIndex, instruction } }),

  printability: (id) => call('GET', `tasks/${encodeURIComponent(id)}/model/printability`),

  createPrintFile: (id, options) =>
    call('POST', `tasks/${encodeURIComponent(id)}/print-files`, { body: options }),

  printFile: (id, file) => call('GET', `tasks/${encodeURIComponent(id)}/print-files/${file}`),

  printFileReport: (id, file) =>
    call('GET', `tasks/${encodeURIComponent(id)}/print-files/${file}/model/printability`),

  deletePrintFile: (id, file) => call('DELETE', `tasks/${encodeURIComponent(id)}/print-files/${file}`),

  cancel: (id) => call('POST', `tasks/${encodeURIComponent(id)}/cancel`),

  retry: (id, type, seed = 'same') =>
    call('POST', `tasks/${encodeURIComponent(id)}/retry`, { body: { type, seed } }),

  /** The request outlives its page. */
  remove: (id) => call('DELETE', `tasks/${encodeURIComponent(id)}`, { keepalive: true }),

  events: (id, cursor) =>
    call('GET', `tasks/${encodeURIComponent(id)}/events`, { parameters: { limit: 100, cursor } }),
};
