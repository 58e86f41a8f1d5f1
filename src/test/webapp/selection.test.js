import './browser.js';
import { images, task } from './tasks.js';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
const { Selection } = await import('../../main/webapp/assets/js/workspace/selection.js');

let history;
let selection;

beforeEach(() => {
  history = {
    state: null,
    replaceState(state) {
      this.state = state;
    },
  };
  selection = new Selection(history);
});

test('a mark counts more than the picture that the task has', () => {
  const chosen = task({ selectedImageIndex: 2 });
  assert.equal(selection.indexIn(chosen), 2);
  selection.mark(0);
  assert.equal(selection.indexIn(chosen), 0);
  selection.clear();
  assert.equal(selection.indexIn(chosen), 2);
});

test('an edited picture counts more than the selected one', () => {
  assert.equal(selection.indexIn(task({ selectedImageIndex: 2, edit: { imageIndex: 3 } })), 3);
});

test('an uploaded picture needs no choice, generated ones do', () => {
  assert.equal(selection.indexIn(task({ ownPicture: true })), 0);
  assert.equal(selection.indexIn(task()), null);
});

test('a mark survives a page that is loaded again', () => {
  selection.mark(3);
  assert.equal(new Selection(history).marked, 3);
});

test('a mark on the selected picture is no other choice', () => {
  const chosen = task({ selectedImageIndex: 2 });
  assert.equal(selection.isOtherIn(chosen), false);
  selection.mark(2);
  assert.equal(selection.isOtherIn(chosen), false);
  selection.mark(1);
  assert.equal(selection.isOtherIn(chosen), true);
});

test('a mark ends when no picture can be selected any more', () => {
  selection.mark(1);
  selection.follow(task({ status: 'MODEL_PENDING', allowedActions: ['CANCEL'] }));
  assert.equal(selection.marked, null);
  assert.equal(history.state, null);
});

test('a picture that an edit has added is marked', () => {
  const editing = task({ status: 'IMAGE_EDITING', allowedActions: ['CANCEL'] });
  assert.equal(selection.follow(editing), false);
  assert.equal(selection.follow(task({ images: images(5) })), true);
  assert.equal(selection.marked, 4);
  assert.equal(selection.follow(task({ images: images(5) })), false);
});

test('a failed edit marks no picture', () => {
  selection.follow(task({ status: 'IMAGE_EDITING' }));
  assert.equal(selection.follow(task()), false);
  assert.equal(selection.marked, null);
});

test('the first version of a task marks no picture', () => {
  assert.equal(selection.follow(task({ images: images(5) })), false);
  assert.equal(selection.marked, null);
});
