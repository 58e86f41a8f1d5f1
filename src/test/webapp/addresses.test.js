import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
const { apiAddress, fromRoot, modelFromHere, ROOT, toSave } = await import('../../main/webapp/assets/js/api.js');
const { nextPage } = await import('../../main/webapp/assets/js/access.js');

test('addresses count from the context root', () => {
  assert.equal(fromRoot('/api/tasks/1/images/0?v=ab'), `${ROOT.href}api/tasks/1/images/0?v=ab`);
  assert.equal(fromRoot('history.html'), `${ROOT.href}history.html`);
});

test('a download keeps its parameters and explains a refusal in the language of the page', () => {
  assert.equal(toSave('/api/tasks/1/model?v=ab'), `${ROOT.href}api/tasks/1/model?v=ab&lang=en`);
});

test('the viewer loads a model without a redirect', () => {
  assert.equal(modelFromHere('/api/tasks/1/model?v=ab'), `${ROOT.href}api/tasks/1/model?v=ab&redirect=false`);
});

test('an address of the API has the parameters that are set, and the language', () => {
  const address = apiAddress('tasks', { q: 'a & b', status: null, cursor: undefined, limit: 0 });
  assert.equal(address, `${ROOT.href}api/tasks?q=a+%26+b&limit=0&lang=en`);
});

test('signing in leads back to a page of the application', () => {
  assert.equal(nextPage('/history.html?q=fox'), `${ROOT.href}history.html?q=fox`);
  assert.equal(nextPage('console/tasks.xhtml'), `${ROOT.href}console/tasks.xhtml`);
});

test('signing in never leads to another place', () => {
  const home = fromRoot('index.html');
  for (const elsewhere of ['https://example.org/', '//example.org/', '///example.org', '../../../outside.html',
    'javascript:alert(1)', 'http://[']) {
    assert.equal(nextPage(elsewhere), home, elsewhere);
  }
});

test('signing in leads to the first page where there is no other', () => {
  assert.equal(nextPage(null), ROOT.href);
});
