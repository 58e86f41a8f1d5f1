import { api, fromRoot, modelFromHere, Refusal, toSave } from '../api.js';
import { el, foreign, icon } from '../dom.js';
import { lengthInWords } from '../durations.js';
import { text } from '../i18n.js';
import { count, dimensions, fileSize } from '../measures.js';
import { boundedPrompt } from '../prompt-rule.js';
import { isOwnPictureLost, screenOf } from '../statuses.js';
import { ask } from '../elements/dialog.js';
import { relativeTime } from '../elements/relative-time.js';
import { toast, toastError } from '../elements/toasts.js';
import '../elements/pictures.js';
import '../elements/printing.js';
import '../elements/progress.js';
import '../elements/timeline.js';
import '../elements/viewer.js';
import '../elements/waiting.js';

const LONG_PROMPT = 60;

const part = (id) => document.getElementById(id);

/** One task on the bench: shows what the screen table says, and does what its buttons say. */
export class Bench {
  #element;
  #store;
  #statuses;
  #marked = null; // what the user marked, where it differs from what the task has
  #size = null; // of the model that is shown
  #busy = false;
  #before = null; // how many pictures there were while one was changed

  constructor(element, store, statuses) {
    this.#element = element;
    this.#store = store;
    this.#statuses = statuses;
    this.#marked = window.history.state?.marked ?? null; // a switch of language begins the page anew
    part('pictures').addEventListener('marked', ({ detail }) => this.#mark(detail));
    part('viewer').addEventListener('measured', ({ detail }) => {
      this.#size = detail;
      this.show();
    });
    part('copy-link').addEventListener('click', copyLink);
    part('cancel').addEventListener('click', () => this.#cancel());
    part('retry-images').addEventListener('click', () => this.#redraw());
    part('edit').addEventListener('submit', (event) => this.#edit(event));
    part('edit-instruction').placeholder = text('edit.placeholder');
    part('regenerate').addEventListener('click', () => this.#replaceModel());
    store.addEventListener('happened', ({ detail }) => part('timeline').happened(detail));
  }

  show() {
    const { task } = this;
    const screen = screenOf(this.#statuses, task);
    this.#forgetStaleMark();
    this.#markNewVersion();
    this.#element.hidden = false;
    this.#element.dataset.status = task.status;
    this.#showPrompt();
    this.#showTexts(screen);
    this.#showPictures();
    this.#showModel();
    this.#showProgress();
    this.#showActions(screen);
    this.#showEdit();
    this.#showFacts();
    part('timeline').watch(task.id, this.#statuses);
    part('waiting').show(this.#inProgress ? task : null);
  }

  get task() {
    return this.#store.task;
  }

  get #inProgress() {
    return this.#statuses.get(this.task.status).inProgress;
  }

  #may(action) {
    return this.task.allowedActions.includes(action);
  }

  /** The index that is marked: the user's, else the task's. */
  get #choice() {
    return this.#marked ?? this.task.edit?.imageIndex ?? this.task.selectedImageIndex ?? (this.task.ownPicture ? 0 : null);
  }

  /** A model stays until there is a new one, also while its pictures are changed. */
  get #hasModel() {
    return this.task.model?.status === 'COMPLETED';
  }

  /** No picture of this task can be used: the way on is a new task. */
  get #needsNewTask() {
    return this.task.status === 'CANCELLED' || (isOwnPictureLost(this.task) && !this.#hasOtherChoice);
  }

  get #hasOtherChoice() {
    return this.#marked !== null && this.#marked !== this.task.selectedImageIndex;
  }

  #mark(index) {
    this.#marked = index;
    window.history.replaceState({ marked: index }, '');
    this.show();
  }

  /** A mark is worth nothing once the task has gone on, here or elsewhere. */
  #forgetStaleMark() {
    if (this.#marked !== null && !this.#may('SELECT_IMAGE')) {
      this.#marked = null;
      window.history.replaceState(null, '');
    }
  }

  /** What was just made is most likely what is wanted. */
  #markNewVersion() {
    const { status, images } = this.task;
    if (status === 'IMAGE_COMPLETED' && this.#before !== null && images.length > this.#before) {
      this.#marked = images.at(-1).index;
      part('edit-instruction').value = '';
    }
    this.#before = status === 'IMAGE_EDITING' ? images.length : null;
  }

  #showPrompt() {
    const { prompt, createdAt } = this.task;
    const heading = part('prompt');
    if (heading.textContent !== prompt) {
      heading.replaceChildren(foreign(prompt));
      const isLong = [...prompt].length > LONG_PROMPT;
      heading.toggleAttribute('data-long', isLong);
      heading.tabIndex = isLong ? 0 : -1; // it scrolls
      part('created').replaceChildren(relativeTime(createdAt, 'work.created'));
      document.title = `${[...prompt].slice(0, 30).join('')} · Maquette`;
    }
  }

  #showTexts({ caption, hint }) {
    const { task } = this;
    say(part('caption'), caption);
    say(part('hint'), hint);
    say(part('status'), this.#statuses.get(task.status).label);
    part('status').dataset.status = task.status;
  }

  #showPictures() {
    const { task } = this;
    const coming = comingOf(task);
    part('pictures').hidden = coming.length === 0 && task.images.length === 0;
    part('blank').hidden = !part('pictures').hidden;
    const remark = task.images.find((image) => image.remark)?.remark;
    say(part('remark'), remark && text(`pictures.remark.${remark}`));
    part('pictures').show({
      images: task.images,
      marked: this.#choice,
      choosable: this.#may('SELECT_IMAGE'),
      own: task.ownPicture,
      coming,
    });
  }

  #showModel() {
    const { task } = this;
    const isMade = this.#hasModel;
    const isBeingMade = task.status === 'MODEL_PENDING' || task.status === 'MODEL_GENERATING';
    part('viewer').hidden = !isMade;
    if (isMade) {
      part('viewer').show(modelFromHere(task.model.modelUrl), task.model.format);
    }
    part('sculpting').hidden = !isBeingMade;
    const chosen = task.images.find(({ index }) => index === task.selectedImageIndex);
    if (isBeingMade && chosen && part('sculpting-picture').src !== fromRoot(chosen.url)) {
      part('sculpting-picture').src = fromRoot(chosen.url);
    }
  }

  #showProgress() {
    const { task } = this;
    const inModel = task.status === 'MODEL_GENERATING';
    part('progress').hidden = !inModel && task.status !== 'IMAGE_GENERATING';
    if (inModel) {
      part('progress').show(task.model?.progress ?? 0, text('work.progress'));
    } else {
      part('progress').show(task.images.length * 25, text('work.imagesProgress'));
    }
  }

  #showActions({ button, buttonEnabled }) {
    const { task } = this;
    if (task.status === 'MODEL_COMPLETED') {
      this.#mainLink(button);
    } else if (this.#needsNewTask) {
      const [{ button: newTask }] = this.#statuses.get('CANCELLED').screens;
      this.#mainButton(newTask, true);
    } else {
      this.#mainButton(button, buttonEnabled && (task.status !== 'IMAGE_COMPLETED' || this.#choice !== null));
    }
    part('cancel').hidden = !this.#may('CANCEL');
    part('retry-images').hidden = !(task.failedStage === 'MODEL' && this.#may('RETRY_IMAGES'));
    part('regenerate').hidden = task.status !== 'MODEL_COMPLETED' || !this.#hasOtherChoice;
    say(part('note'), this.#note());
    for (const id of ['cancel', 'retry-images', 'regenerate']) {
      part(id).disabled = this.#busy;
    }
  }

  /** What choosing another picture would do, where that is not the main thing to do. */
  #note() {
    if (this.task.status === 'IMAGE_COMPLETED') {
      return this.#hasModel ? text('work.note.MODEL_COMPLETED.chosen') : null;
    }
    if (!this.#may('SELECT_IMAGE') || this.task.images.length < 2) {
      return null;
    }
    const other = this.#hasOtherChoice ? 'chosen' : 'possible';
    return text(`work.note.${this.task.status}.${other}`);
  }

  #mainLink(label) {
    const link = replaceMain('A');
    link.href = toSave(this.task.model.modelUrl);
    link.setAttribute('download', '');
    link.replaceChildren(icon('download'), el('span', {}, label));
  }

  #mainButton(label, enabled) {
    const button = replaceMain('BUTTON');
    button.type = 'button';
    button.disabled = !enabled || this.#busy;
    if (button.textContent !== label) {
      button.replaceChildren(el('span', {}, label));
    }
    button.onclick = () => this.#mainPressed();
  }

  #mainPressed() {
    const { task } = this;
    if (this.#needsNewTask) {
      const prompt = encodeURIComponent(boundedPrompt(task.prompt));
      window.location.assign(fromRoot(`index.html?prompt=${prompt}`));
    } else if (task.status === 'IMAGE_COMPLETED') {
      this.#change(() => api.choose(task.id, this.#choice));
    } else if (task.status === 'FAILED' && this.#hasOtherChoice) {
      this.#change(() => api.choose(task.id, this.#marked));
    } else if (task.status === 'FAILED') {
      this.#change(() => api.retry(task.id, task.failedStage === 'IMAGE' ? 'images' : 'model'));
    }
  }

  /** A field at the picture that is marked; after a change, the old version beside the new one. */
  #showEdit() {
    const { task } = this;
    const index = this.#choice;
    const mayEdit = this.#may('EDIT_IMAGE') && index !== null;
    part('edit').hidden = !mayEdit;
    if (!mayEdit) {
      return;
    }
    say(part('edit-label'), text('edit.label', { n: index + 1 }));
    const failed = task.edit?.imageIndex === index ? task.edit : null;
    say(part('edit-error'), failed?.errorMessage);
    const field = part('edit-instruction');
    if (failed && field.dataset.failed !== failed.askedAt) {
      field.dataset.failed = failed.askedAt;
      field.value ||= failed.instruction;
    }
    part('edit-send').disabled = this.#busy;
    this.#showVersions(index);
  }

  #showVersions(index) {
    const now = this.task.images.find((image) => image.index === index);
    const old = this.task.images.find((image) => image.index === now?.editOf);
    const shown = part('edit-versions');
    shown.hidden = !old;
    if (old && shown.dataset.of !== now.url) {
      shown.dataset.of = now.url;
      shown.replaceChildren(version('edit.before', old, ''), version('edit.after', now, now.prompt));
    }
  }

  #edit(event) {
    event.preventDefault();
    const instruction = part('edit-instruction').value.trim();
    if (this.#busy) {
      return;
    }
    this.#change(() => api.edit(this.task.id, this.#choice, instruction));
  }

  async #cancel() {
    const isEdit = this.task.status === 'IMAGE_EDITING';
    const stage = this.#statuses.get(this.task.status).stage === 'IMAGE' ? 'images' : 'model';
    if (await ask({
      heading: text(isEdit ? 'cancel.edit.heading' : 'cancel.heading'),
      body: text(isEdit ? 'cancel.edit' : `cancel.${stage}`),
      yes: text(isEdit ? 'cancel.edit.yes' : 'cancel.yes'),
      no: text('cancel.no'),
      dangerous: true,
    })) {
      this.#change(() => api.cancel(this.task.id));
    }
  }

  async #redraw() {
    if (await this.#confirm('redraw')) {
      this.#change(() => api.retry(this.task.id, 'images'));
    }
  }

  async #replaceModel() {
    const index = this.#marked;
    if (await this.#confirm('replace')) {
      this.#change(() => api.choose(this.task.id, index));
    }
  }

  #confirm(what) {
    return ask({
      heading: text(`${what}.heading`),
      body: text(`${what}.text`),
      yes: text(`${what}.yes`),
      no: text(`${what}.no`),
    });
  }

  /** Sends a change; nothing can be pressed meanwhile, and what was refused is explained. */
  async #change(send) {
    const hadFocus = part('panel').contains(document.activeElement);
    this.#busy = true;
    this.show();
    try {
      const { data, message } = await send();
      this.#marked = null;
      this.#store.accept(data);
      toast(message);
    } catch (e) {
      toastError(e);
      if (e instanceof Refusal) {
        await this.#store.refresh().catch(() => {}); // the task has gone on without this page
      }
    } finally {
      this.#busy = false;
      if (this.task) {
        this.show();
      }
      if (hadFocus) {
        keepFocus();
      }
    }
  }

  #showFacts() {
    const { model, status, modelGenerationStartedAt: began, modelGenerationCompletedAt: done } = this.task;
    part('facts').hidden = !this.#hasModel;
    part('printing').hidden = !this.#hasModel;
    part('kept-model').hidden = !this.#hasModel || status === 'MODEL_COMPLETED';
    if (!this.#hasModel) {
      this.#size = null;
      return;
    }
    const facts = {
      format: model.format?.toUpperCase(),
      size: model.fileSize === null ? null : fileSize(model.fileSize),
      faces: model.faceCount === null ? null : count(model.faceCount),
      vertices: model.vertexCount === null ? null : count(model.vertexCount),
      dimensions: this.#size && dimensions(this.#size),
      time: began && done ? lengthInWords(Date.parse(done) - Date.parse(began)) : null,
    };
    part('kept-model').href = toSave(model.modelUrl);
    part('printing').show(this.task.id, model.modelUrl, model.remark);
    say(part('model-remark'), model.remark && text(`model.remark.${model.remark}`));
    part('facts-list').replaceChildren(...Object.entries(facts)
      .filter(([, value]) => value)
      .map(([name, value]) => el('div', { 'data-fact': name },
        el('dt', {}, text(`facts.${name}`)), el('dd', {}, value))));
  }
}

/** Places of the pictures that are being made. */
function comingOf({ status, images }) {
  if (status === 'IMAGE_EDITING') {
    return [images.at(-1).index + 1];
  }
  return status === 'IMAGE_PENDING' || status === 'IMAGE_GENERATING' ? [0, 1, 2, 3] : [];
}

function version(key, { url }, words) {
  return el('figure', {},
    el('img', { src: fromRoot(url), alt: '', width: 512, height: 512, decoding: 'async' }),
    el('figcaption', {}, text(key), words && el('span', { class: 'quiet' }, foreign(words))));
}

function say(element, words) {
  if (element.textContent !== (words ?? '')) {
    element.textContent = words ?? '';
  }
  element.hidden = !words;
}

/** What was pressed may be gone or out of use: the keyboard goes on from the panel all the same. */
function keepFocus() {
  const at = document.activeElement;
  if (!part('panel').contains(at) || at.disabled || !at.checkVisibility()) {
    const main = part('main-action');
    (main.disabled ? part('panel') : main).focus({ preventScroll: true });
  }
}

/** The main action is a button, or a link where there is a file to get. */
function replaceMain(tag) {
  const present = part('main-action');
  if (present.tagName === tag) {
    return present;
  }
  const other = el(tag, { id: present.id, class: present.className });
  const hadFocus = document.activeElement === present;
  present.replaceWith(other);
  if (hadFocus) {
    other.focus();
  }
  return other;
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(window.location.href);
    toast(text('work.copied'));
  } catch {
    window.prompt(text('work.copyFailed'), window.location.href); // no clipboard over plain HTTP
  }
}
