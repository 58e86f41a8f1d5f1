import '../elements/viewer.js';

/** Shows the model of the task, also after the page was drawn anew. */
function show() {
  const viewer = document.querySelector('maquette-viewer');
  viewer?.show(new URL(viewer.dataset.model, window.location.href).href, viewer.dataset.format);
}

show();
window.jQuery?.(document).on('pfAjaxComplete', show);
