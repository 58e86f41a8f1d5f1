// Heading of the workspace: the prompt, the age of the task, and the title of the page.

import { foreign, part } from '../dom.js';
import { relativeTime } from '../elements/relative-time.js';

const LONG_PROMPT = 60;
const TITLE_LENGTH = 30;

/** @param {Task} task */
export function showHeading({ prompt, createdAt }) {
  const heading = part('prompt');
  if (heading.textContent === prompt) {
    return;
  }
  const characters = [...prompt];
  const isLong = characters.length > LONG_PROMPT;
  heading.replaceChildren(foreign(prompt));
  heading.toggleAttribute('data-long', isLong);
  heading.tabIndex = isLong ? 0 : -1; // it scrolls
  part('created').replaceChildren(relativeTime(createdAt, 'work.created'));
  document.title = `${characters.slice(0, TITLE_LENGTH).join('')} · Maquette`;
}
