import { whenConnected } from './connection.js';

const ATTEMPTS = 5;
const PAUSE_MILLIS = 1000;

/**
 * Loads a part of the page that the page does not need at first. A load that fails without a connection is repeated
 * once there is one.
 *
 * @template T
 * @param {() => Promise<T>} load usually an import
 * @param {number} [pauseMillis] milliseconds between two attempts, times the number of attempts so far
 * @return {Promise<T>} rejected after five attempts
 */
export async function loadLate(load, pauseMillis = PAUSE_MILLIS) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await load();
    } catch (e) {
      if (attempt === ATTEMPTS) {
        throw e;
      }
      await new Promise((resolve) => setTimeout(resolve, attempt * pauseMillis));
      await whenConnected();
    }
  }
}
