import { api } from './api.js';

/** @type {Promise<Statuses> | null} */
let catalogue = null;

/** The catalogue of statuses, which has the texts of the screens; fetched once. */
export function statuses() {
  catalogue ??= api.statuses().then(
    ({ data }) => new Map(data.map((status) => [status.status, status])),
    (e) => {
      catalogue = null;
      throw e;
    });
  return catalogue;
}

/**
 * Whether the picture that the user uploaded is lost. A retry would need the same file again, and
 * nothing draws it: the user begins a new task. Once an operator has restored the file, the
 * operator can retry.
 *
 * @param {Task} task
 */
export function isOwnPictureLost(task) {
  return task.status === 'FAILED' && task.errorCode === 'PICTURE_LOST' && task.ownPicture;
}

/**
 * The number of pictures that are generated for a task.
 *
 * @param {Task} task
 */
export function imageCountOf({ imageOptions }) {
  return imageOptions?.count ?? 4;
}

/**
 * The line of a status in the catalogue, which has every status.
 *
 * @param {Statuses} known
 * @param {TaskStatus} status
 */
export function statusOf(known, status) {
  return /** @type {StatusInfo} */ (known.get(status));
}

/**
 * The screen of a task, from the catalogue, with its numbers.
 *
 * @param {Statuses} known
 * @param {Task} task
 * @return {ScreenTexts}
 */
export function screenOf(known, task) {
  const { screens } = statusOf(known, task.status);
  const screen = screens.find((candidate) =>
    (candidate.modelStatus === null || candidate.modelStatus === task.model?.status)
      && (candidate.failedStage === null || candidate.failedStage === task.failedStage)) ?? screens[0];
  const filled = (/** @type {string | null} */ template) => template
    ?.replace('X/4', `${task.images.length}/${imageCountOf(task)}`)
    .replace(/N(?=%)/, String(task.model?.progress ?? 0));
  return {
    caption: task.errorMessage ?? filled(screen.caption),
    hint: filled(screen.hint),
    button: screen.button,
    buttonEnabled: screen.buttonEnabled,
  };
}
