import './browser.js';
import { model, screen, task } from './tasks.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
const { isOwnPictureLost, screenOf } = await import('../../main/webapp/assets/js/statuses.js');

const KNOWN = new Map([
  ['IMAGE_GENERATING', { screens: [screen({ caption: 'Xs: X/4 pictures', hint: 'picture X/4', buttonEnabled: false })] }],
  ['MODEL_GENERATING', {
    screens: [
      screen({ modelStatus: 'PENDING', hint: 'waiting' }),
      screen({ modelStatus: 'GENERATING', hint: 'N% done' }),
    ],
  }],
  ['FAILED', {
    screens: [
      screen({ failedStage: 'IMAGE', button: 'Pictures again' }),
      screen({ failedStage: 'MODEL', button: 'Model again' }),
    ],
  }],
]);

test('a screen has the number of pictures', () => {
  const shown = screenOf(KNOWN, task({ status: 'IMAGE_GENERATING', images: [{}, {}] }));
  assert.deepEqual(shown, { caption: 'Xs: 2/4 pictures', hint: 'picture 2/4', button: 'Go', buttonEnabled: false });
});

test('a screen has the number of pictures that the options ask for', () => {
  const one = task({ status: 'IMAGE_GENERATING', images: [], imageOptions: { count: 1 } });
  assert.equal(screenOf(KNOWN, one).hint, 'picture 0/1');
});

test('a screen is the one of the model status, with its progress', () => {
  const generating = task({ status: 'MODEL_GENERATING', model: model({ status: 'GENERATING', progress: 42 }) });
  assert.equal(screenOf(KNOWN, generating).hint, '42% done');
});

test('a failed task has the screen of its stage and the error as caption', () => {
  const failed = task({ status: 'FAILED', failedStage: 'MODEL', errorMessage: 'No credit' });
  assert.equal(screenOf(KNOWN, failed).button, 'Model again');
  assert.equal(screenOf(KNOWN, failed).caption, 'No credit');
});

test('a task that fits no screen has the first one', () => {
  assert.equal(screenOf(KNOWN, task({ status: 'MODEL_GENERATING' })).hint, 'waiting');
});

test('only a lost upload is a lost picture of the user', () => {
  const lost = { status: 'FAILED', errorCode: 'PICTURE_LOST', ownPicture: true };
  assert.equal(isOwnPictureLost(task(lost)), true);
  assert.equal(isOwnPictureLost(task({ ...lost, ownPicture: false })), false);
  assert.equal(isOwnPictureLost(task({ ...lost, errorCode: 'TIMED_OUT' })), false);
  assert.equal(isOwnPictureLost(task({ ...lost, status: 'CANCELLED' })), false);
});
