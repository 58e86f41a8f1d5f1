// Status of the task: what its screen says, its progress, and how long the user waits.

import { part, say } from '../dom.js';
import { text } from '../i18n.js';
import '../elements/progress.js';
import '../elements/waiting.js';
import { usedOptions } from '../option-fields.js';
import { imageCountOf } from '../statuses.js';

/** @param {WorkspaceState} state */
export function showStatus({ task, status, screen }) {
  say(part('caption'), screen.caption);
  say(part('hint'), screen.hint);
  say(part('status'), status.label);
  part('status').dataset.status = task.status;
  showProgress(task);
  const used = usedOptions(task);
  say(part('used-options'), used && text('options.used', { options: used }));
  part('waiting').show(status.inProgress ? task : null);
}

/** @param {Task} task */
function showProgress(task) {
  const isModel = task.status === 'MODEL_GENERATING';
  part('progress').hidden = !isModel && task.status !== 'IMAGE_GENERATING';
  if (isModel) {
    part('progress').show(task.model?.progress ?? 0, text('work.progress'));
  } else {
    part('progress').show(Math.round((100 * task.images.length) / imageCountOf(task)), text('work.imagesProgress'));
  }
}
