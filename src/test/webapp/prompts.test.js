import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundedPrompt, countCharacters, PROMPT_MAX, tidyPrompt } from '../../main/webapp/assets/js/prompt-rule.js';
import { FILTERS, fits } from '../../main/webapp/assets/js/pages/filters.js';
import { task } from './tasks.js';

test('a prompt is one line without space around it', () => {
  assert.equal(tidyPrompt('  a fox \r\n  in the snow\n\n'), 'a fox in the snow');
  assert.equal(tidyPrompt('\u3000狐狸\u00a0\u001c'), '狐狸');
  assert.equal(tidyPrompt(' \n\t '), '');
  assert.equal(tidyPrompt('a  fox'), 'a  fox');
});

test('an emoji is one character', () => {
  assert.equal(countCharacters('a🦊'), 2);
});

test('a prompt from an address is cut between characters', () => {
  const long = '🦊'.repeat(PROMPT_MAX + 1);
  assert.equal(boundedPrompt(long), '🦊'.repeat(PROMPT_MAX));
  assert.equal(boundedPrompt('a fox'), 'a fox');
});

test('every status is in one filter', () => {
  const filtered = Object.values(FILTERS).flat().sort();
  assert.deepEqual(filtered, ['CANCELLED', 'FAILED', 'IMAGE_COMPLETED', 'IMAGE_EDITING', 'IMAGE_GENERATING',
    'IMAGE_PENDING', 'MODEL_COMPLETED', 'MODEL_GENERATING', 'MODEL_PENDING']);
});

test('a changed task fits its filter and the search, in any case', () => {
  assert.equal(fits(task(), 'all', ''), true);
  assert.equal(fits(task(), 'pictures', 'FOX'), true);
  assert.equal(fits(task(), 'pictures', 'bear'), false);
  assert.equal(fits(task(), 'failed', ''), false);
});
