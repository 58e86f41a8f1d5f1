import { toSave } from '../api.js';
import { part, say } from '../dom.js';
import { text } from '../i18n.js';
import { loadLate } from '../late.js';
import '../elements/pictures.js';
import { imagesInProgress, may } from './task-state.js';

/** The pictures of the task: one can be marked, each can be enlarged and downloaded. */
export class PicturesSection {
  /** @type {TaskImage[]} */
  #images = [];
  /** Index of the marked or chosen picture, or of the first one. */
  #index = 0;

  /** @param {(index: number) => void} onMark called with the index that the user marks */
  constructor(onMark) {
    part('pictures').addEventListener('marked', ({ detail }) => onMark(detail));
    part('enlarge').addEventListener('click', () => this.#enlarge());
    part('pictures').addEventListener('dblclick', () => this.#images.length > 0 && this.#enlarge());
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
    this.#showTools(task.images, selection.indexIn(task) ?? task.selectedImageIndex);
  }

  async #enlarge() {
    const { enlarge } = await loadLate(() => import('../elements/enlarged.js'));
    enlarge(this.#images, this.#index);
  }

  /**
   * @param {TaskImage[]} images
   * @param {number | null} index
   */
  #showTools(images, index) {
    const shown = images.find((image) => image.index === index) ?? images[0];
    part('picture-tools').hidden = !shown;
    if (shown) {
      this.#images = images;
      this.#index = shown.index;
      part('download-picture').href = toSave(shown.url);
    }
  }
}
