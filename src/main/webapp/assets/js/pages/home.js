import { fromRoot } from '../api.js';
import { fillTexts, text } from '../i18n.js';
import { boundedPrompt } from '../prompt-rule.js';
import '../elements/site-header.js';
import '../elements/site-footer.js';
import '../elements/prompt-form.js';
import '../elements/gallery.js';

document.title = text('home.title');
fillTexts();

const form = /** @type {HTMLElementTagNameMap['maquette-prompt-form']} */ (
  document.querySelector('maquette-prompt-form'));
form.addEventListener('created', ({ detail: task }) => {
  window.location.assign(fromRoot(`workspace.html?taskId=${task.id}`));
});

const prompt = new URLSearchParams(window.location.search).get('prompt');
if (prompt) {
  form.fill(boundedPrompt(prompt));
  window.history.replaceState(null, '', window.location.pathname); // not again after a reload
}
