import '../elements/viewer.js';

/** Shows the model of the task, also after Faces has rendered the page again. */
function show() {
  const viewer = document.querySelector('maquette-viewer');
  const { model, format } = viewer?.dataset ?? {};
  if (viewer && model && format) {
    viewer.show(new URL(model, window.location.href).href, format);
  }
}

show();
window.jQuery?.(document).on('pfAjaxComplete', show);
