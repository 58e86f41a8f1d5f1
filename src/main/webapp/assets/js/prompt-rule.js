// The server's rule for prompts, for the counter: the server has the last word.

export const PROMPT_MAX = 500;

const SPACE_AROUND = /^[\p{Z}\t-\r\x1c-\x1f]+|[\p{Z}\t-\r\x1c-\x1f]+$/gu;

/** As it is sent: one line, without the space around it. */
export function tidyPrompt(input) {
  return input.replace(SPACE_AROUND, '').replace(/\s*[\r\n]+\s*/g, ' ');
}

/** Characters as people count them (code points). */
export function countCharacters(text) {
  return [...text].length;
}

/** No longer than a prompt may be, for what comes in an address. */
export function boundedPrompt(text) {
  return [...text].slice(0, PROMPT_MAX).join('');
}
