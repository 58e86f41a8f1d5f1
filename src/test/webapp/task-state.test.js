import './browser.js';
import { images, model, task } from './tasks.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
const { factsOf, hasModel, imagesInProgress, isModelInProgress, mainActionOf, noteKeyOf } =
  await import('../../main/webapp/assets/js/workspace/task-state.js');

test('the main action follows the status', () => {
  const actions = {
    IMAGE_PENDING: 'none',
    IMAGE_GENERATING: 'none',
    IMAGE_EDITING: 'none',
    IMAGE_COMPLETED: 'select',
    MODEL_PENDING: 'none',
    MODEL_GENERATING: 'none',
    MODEL_COMPLETED: 'download',
    FAILED: 'retry',
    CANCELLED: 'newTask',
  };
  for (const [status, action] of Object.entries(actions)) {
    assert.equal(mainActionOf(task({ status }), false), action, status);
  }
});

test('another picture of a failed task is selected, not retried', () => {
  assert.equal(mainActionOf(task({ status: 'FAILED' }), true), 'select');
});

test('a task whose uploaded picture is lost leads to a new task, unless another picture is marked', () => {
  const lost = task({ status: 'FAILED', errorCode: 'PICTURE_LOST', ownPicture: true });
  assert.equal(mainActionOf(lost, false), 'newTask');
  assert.equal(mainActionOf(lost, true), 'select');
});

test('a model is downloaded although another picture is marked', () => {
  assert.equal(mainActionOf(task({ status: 'MODEL_COMPLETED' }), true), 'download');
});

test('four pictures or fewer are in progress at first, and the next one during an edit', () => {
  assert.deepEqual(imagesInProgress(task({ status: 'IMAGE_PENDING', images: [] })), [0, 1, 2, 3]);
  assert.deepEqual(imagesInProgress(task({ status: 'IMAGE_GENERATING', images: images(2) })), [0, 1, 2, 3]);
  assert.deepEqual(imagesInProgress(task({ status: 'IMAGE_PENDING', images: [], imageOptions: { count: 2 } })), [0, 1]);
  assert.deepEqual(imagesInProgress(task({ status: 'IMAGE_EDITING', images: images(5) })), [5]);
  assert.deepEqual(imagesInProgress(task()), []);
});

test('only a completed model is shown', () => {
  assert.equal(hasModel(task()), false);
  assert.equal(hasModel(task({ model: model({ status: 'GENERATING' }) })), false);
  assert.equal(hasModel(task({ status: 'IMAGE_EDITING', model: model() })), true);
});

test('a model is in progress while it waits and while it is generated', () => {
  const statuses = ['IMAGE_COMPLETED', 'MODEL_PENDING', 'MODEL_GENERATING', 'MODEL_COMPLETED'];
  assert.deepEqual(statuses.map((status) => isModelInProgress(task({ status }))), [false, true, true, false]);
});

test('a note explains another choice where it is not the main action', () => {
  const completed = task({ status: 'MODEL_COMPLETED', model: model() });
  assert.equal(noteKeyOf(completed, false), 'work.note.MODEL_COMPLETED.possible');
  assert.equal(noteKeyOf(completed, true), 'work.note.MODEL_COMPLETED.chosen');
  assert.equal(noteKeyOf(task({ ...completed, images: images(1) }), false), null);
  assert.equal(noteKeyOf(task({ ...completed, allowedActions: ['DELETE'] }), false), null);
});

test('a note says that a new model replaces the present one', () => {
  assert.equal(noteKeyOf(task(), false), null);
  assert.equal(noteKeyOf(task({ model: model() }), false), 'work.note.MODEL_COMPLETED.chosen');
});

test('facts about a model are the known ones', () => {
  const completed = task({
    model: model(),
    modelGenerationStartedAt: '2026-03-01T10:01:00Z',
    modelGenerationCompletedAt: '2026-03-01T10:04:20Z',
  });
  const facts = Object.fromEntries(factsOf(completed, { x: 0.1, y: 0.2, z: 0.3 }));
  assert.deepEqual(Object.keys(facts), ['format', 'size', 'faces', 'vertices', 'dimensions', 'time']);
  assert.equal(facts.format, 'GLB');
  assert.equal(facts.size, '1.2 MB');
  assert.equal(facts.faces, '12,000');
  assert.equal(facts.dimensions, '100 × 300 × 200 mm');
  const unknown = model({ fileSize: null, faceCount: null, vertexCount: null });
  assert.deepEqual(factsOf(task({ model: unknown }), null), [['format', 'GLB']]);
});
