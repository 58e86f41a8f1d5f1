// What the state of a task means for the workspace: pure functions of a task as the API has it.

import { lengthInWords } from '../durations.js';
import { count, dimensions, fileSize } from '../measures.js';
import { imageCountOf, isOwnPictureLost } from '../statuses.js';

/**
 * @param {Task} task
 * @param {TaskAction} action
 */
export function may(task, action) {
  return task.allowedActions.includes(action);
}

/**
 * Whether there is a model to show. It stays until there is a new one, also while pictures are edited.
 *
 * @param {Task} task
 * @return {task is TaskWithModel}
 */
export function hasModel(task) {
  return task.model?.status === 'COMPLETED';
}

/** @param {Task} task */
export function isModelInProgress(task) {
  return task.status === 'MODEL_PENDING' || task.status === 'MODEL_GENERATING';
}

/**
 * The indices of the pictures that are being generated.
 *
 * @param {Task} task
 */
export function imagesInProgress(task) {
  const { status, images } = task;
  if (status === 'IMAGE_EDITING') {
    return [images[images.length - 1].index + 1];
  }
  return status === 'IMAGE_PENDING' || status === 'IMAGE_GENERATING'
    ? Array.from({ length: imageCountOf(task) }, (_, index) => index) : [];
}

/**
 * What the main action does: download, newTask, select, retry, or none while the task is in progress.
 * No picture of a cancelled task can be used, so the user continues with a new task.
 *
 * @param {Task} task
 * @param {boolean} hasOtherChoice
 */
export function mainActionOf(task, hasOtherChoice) {
  if (task.status === 'MODEL_COMPLETED') {
    return 'download';
  }
  if (task.status === 'CANCELLED' || (isOwnPictureLost(task) && !hasOtherChoice)) {
    return 'newTask';
  }
  if (task.status === 'IMAGE_COMPLETED' || (task.status === 'FAILED' && hasOtherChoice)) {
    return 'select';
  }
  return task.status === 'FAILED' ? 'retry' : 'none';
}

/**
 * The key of the note about the effect of choosing another picture; null where that is the main action.
 *
 * @param {Task} task
 * @param {boolean} hasOtherChoice
 */
export function noteKeyOf(task, hasOtherChoice) {
  if (task.status === 'IMAGE_COMPLETED') {
    return hasModel(task) ? 'work.note.MODEL_COMPLETED.chosen' : null;
  }
  if (!may(task, 'SELECT_IMAGE') || task.images.length < 2) {
    return null;
  }
  return `work.note.${task.status}.${hasOtherChoice ? 'chosen' : 'possible'}`;
}

/**
 * The known facts about the model of a task, as [name, text].
 *
 * @param {TaskWithModel} task
 * @param {Size | null} size known once the model is shown
 */
export function factsOf({ model, modelGenerationStartedAt: began, modelGenerationCompletedAt: done }, size) {
  /** @type {[string, string | null | undefined][]} */
  const facts = [
    ['format', model.format.toUpperCase()],
    ['size', model.fileSize === null ? null : fileSize(model.fileSize)],
    ['faces', model.faceCount === null ? null : count(model.faceCount)],
    ['vertices', model.vertexCount === null ? null : count(model.vertexCount)],
    ['dimensions', size && dimensions(size)],
    ['time', began && done ? lengthInWords(Date.parse(done) - Date.parse(began)) : null],
  ];
  return facts.filter(([, value]) => value);
}
