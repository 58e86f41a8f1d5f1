import { part, say } from '../dom.js';
import { text } from '../i18n.js';
import '../elements/pictures.js';
import { imagesInProgress, may } from './task-state.js';

/** The pictures of the task, of which the user may mark one. */
export class PicturesSection {
  /** @param {(index: number) => void} onMark called with the index that the user marks */
  constructor(onMark) {
    part('pictures').addEventListener('marked', ({ detail }) => onMark(detail));
  }

  /** @param {WorkspaceState} state */
  show({ task, selection }) {
    const coming = imagesInProgress(task);
    part('pictures').hidden = coming.length === 0 && task.images.length === 0;
    part('blank').hidden = !part('pictures').hidden;
    const remark = task.images.find((image) => image.remark)?.remark;
    say(part('remark'), remark && text(`pictures.remark.${remark}`));
    part('pictures').show({
      images: task.images,
      marked: selection.indexIn(task),
      choosable: may(task, 'SELECT_IMAGE'),
      own: task.ownPicture,
      coming,
    });
  }
}
