import { fromRoot, modelFromHere, smallPicture, toSave } from '../api.js';
import { el, part, say } from '../dom.js';
import { text } from '../i18n.js';
import { loadLate } from '../late.js';
import { factsOf, hasModel, isModelInProgress } from './task-state.js';

/** Loads the elements that need a model, so that the page shows a task without one sooner. */
function loadElements() {
  return loadLate(() => Promise.all(
    [import('../elements/viewer.js'), import('../elements/printing.js'), import('../elements/print-kit.js')]));
}

/** The model of the task: the viewer, the picture while the model is generated, facts and printing. */
export class ModelSection {
  /** @type {Size | null} */
  #size = null;
  /** The address of the file that the viewer shows instead of the model: of a print file, or in filament colours. */
  #preview = { of: '', url: '' };

  /** @param {() => void} onMeasured called when the size of the model is known */
  constructor(onMeasured) {
    part('printing').addEventListener('shown', ({ detail }) => this.#show(detail));
    part('viewer').addEventListener('measured', ({ detail }) => {
      this.#size = detail;
      onMeasured();
    });
    part('print-kit').addEventListener('preview', (event) => {
      const { detail } = /** @type {CustomEvent<string | null>} */ (event);
      this.#show(detail);
    });
  }

  /** @param {WorkspaceState} state */
  show({ task }) {
    showSculpting(task);
    part('viewer').hidden = !hasModel(task);
    part('facts').hidden = !hasModel(task);
    part('printing').hidden = !hasModel(task);
    part('print-kit').hidden = !hasModel(task);
    part('kept-model').hidden = !hasModel(task) || task.status === 'MODEL_COMPLETED';
    if (!hasModel(task)) {
      this.#size = null;
      return;
    }
    const { model } = task;
    part('kept-model').href = toSave(model.modelUrl);
    say(part('model-remark'), model.remark && text(`model.remark.${model.remark}`));
    part('facts-list').replaceChildren(...factsOf(task, this.#size).map(([name, value]) =>
      el('div', { 'data-fact': name }, el('dt', {}, text(`facts.${name}`)), el('dd', {}, value))));
    const original = modelFromHere(model.modelUrl);
    if (this.#preview.of !== original) {
      this.#preview = { of: original, url: '' };
    }
    this.#showElements(task);
  }

  /**
   * Shows another file instead of the model, or the model again.
   *
   * @param {string | null} url
   */
  #show(url) {
    this.#preview.url = url ?? '';
    part('viewer').show(url ?? this.#preview.of, 'glb');
  }

  /** @param {TaskWithModel} task */
  async #showElements(task) {
    const { id, model } = task;
    const viewer = part('viewer');
    const printing = part('printing');
    try {
      await loadElements();
      if (viewer.isConnected) { // else the task is gone
        const { of, url } = this.#preview;
        viewer.show(url || of, url ? 'glb' : model.format);
        printing.show(id, model.modelUrl, model.remark, pictureOf(task));
        part('print-kit').show(id, model.modelUrl, model.remark);
      }
    } catch (e) {
      console.error(e); // the model can still be downloaded
    }
  }
}

/** @param {Task} task */
function pictureOf({ images, selectedImageIndex }) {
  const selected = images.find(({ index }) => index === selectedImageIndex);
  return fromRoot(selected ? selected.url : 'assets/icon-192.png');
}

/** @param {Task} task */
function showSculpting(task) {
  part('sculpting').hidden = !isModelInProgress(task);
  const selected = task.images.find(({ index }) => index === task.selectedImageIndex);
  const picture = part('sculpting-picture');
  if (isModelInProgress(task) && selected) {
    const src = smallPicture(selected.url, 640);
    if (picture.src !== src) {
      picture.src = src;
    }
  }
}
