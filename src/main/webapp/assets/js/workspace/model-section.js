import { fromRoot, modelFromHere, toSave } from '../api.js';
import { el, part, say } from '../dom.js';
import { text } from '../i18n.js';
import '../elements/printing.js';
import '../elements/viewer.js';
import { factsOf, hasModel, isModelInProgress } from './task-state.js';

/** The model of the task: the viewer, the picture while the model is generated, facts and printing. */
export class ModelSection {
  #size = null; // of the model in the viewer

  /** @param onMeasured called when the size of the model is known */
  constructor(onMeasured) {
    part('viewer').addEventListener('measured', ({ detail }) => {
      this.#size = detail;
      onMeasured();
    });
  }

  show({ task }) {
    this.#showSculpting(task);
    const { model, status } = task;
    for (const id of ['viewer', 'facts', 'printing']) {
      part(id).hidden = !hasModel(task);
    }
    part('kept-model').hidden = !hasModel(task) || status === 'MODEL_COMPLETED';
    if (!hasModel(task)) {
      this.#size = null;
      return;
    }
    part('viewer').show(modelFromHere(model.modelUrl), model.format);
    part('kept-model').href = toSave(model.modelUrl);
    part('printing').show(task.id, model.modelUrl, model.remark);
    say(part('model-remark'), model.remark && text(`model.remark.${model.remark}`));
    part('facts-list').replaceChildren(...factsOf(task, this.#size).map(([name, value]) =>
      el('div', { 'data-fact': name }, el('dt', {}, text(`facts.${name}`)), el('dd', {}, value))));
  }

  #showSculpting(task) {
    part('sculpting').hidden = !isModelInProgress(task);
    const selected = task.images.find(({ index }) => index === task.selectedImageIndex);
    const picture = part('sculpting-picture');
    if (isModelInProgress(task) && selected && picture.src !== fromRoot(selected.url)) {
      picture.src = fromRoot(selected.url);
    }
  }
}
