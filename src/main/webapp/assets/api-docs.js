// The server offers the document at its root and cannot say in it where this application stands;
// this page can, so that "Try it out" finds the way under any context root.
const root = new URL('.', window.location.href).pathname.replace(/\/$/, '') || '/';

fetch('/openapi?format=JSON')
  .then((answer) => answer.json())
  .then((document) =>
    SwaggerUIBundle({
      spec: { ...document, servers: [{ url: root }] },
      dom_id: '#api',
      deepLinking: true,
      validatorUrl: null,
    }));
