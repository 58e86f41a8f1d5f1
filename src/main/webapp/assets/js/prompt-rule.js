// The server's rule for prompts, for the counter. The server decides.

export const PROMPT_MAX = 500;

// eslint-disable-next-line no-control-regex -- these are spaces for the server, too
const SPACE_AROUND = /^[\p{Z}\t-\r\x1c-\x1f]+|[\p{Z}\t-\r\x1c-\x1f]+$/gu;

/**
 * The prompt as it is sent: one line, without the space around it.
 *
 * @param {string} input
 */
export function tidyPrompt(input) {
  return input.replace(SPACE_AROUND, '').replace(/\s*[\r\n]+\s*/g, ' ');
}

/**
 * Characters as users count them (code points).
 *
 * @param {string} text
 */
export function countCharacters(text) {
  return [...text].length;
}

/**
 * A prompt from an address, cut to the longest length that a prompt may have.
 *
 * @param {string} text
 */
export function boundedPrompt(text) {
  return [...text].slice(0, PROMPT_MAX).join('');
}
