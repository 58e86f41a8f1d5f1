import './browser.js';
import { task } from './tasks.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
const { bodyOf, modelFields, pictureFields, usedOptions } = await import('../../main/webapp/assets/js/option-fields.js');

const RANGE = { min: 100, max: 300_000 };

const LOCAL = {
  name: 'local',
  pictures: { sizes: [], qualities: [], negativePrompt: false, seed: { min: 0, max: 9_999_999_999 } },
  models: {
    mesh: { faces: { min: 20_000, max: 100_000 }, topologies: [] },
    surface: { texture: false, pbr: false },
    seed: null,
    forms: ['round', 'relief'],
  },
};

const MESHY = {
  name: 'meshy',
  pictures: null,
  models: {
    mesh: { faces: RANGE, topologies: ['triangle', 'quad'] },
    surface: { texture: true, pbr: true },
    seed: null,
    forms: [],
  },
};

const OPENAI = {
  name: 'openai',
  pictures: {
    sizes: [{ aspect: '3:2', size: '1536x1024' }], qualities: ['low', 'high'], negativePrompt: true, seed: null,
  },
  models: null,
};

const names = (fields) => fields.map(({ name }) => name);

test('the fields are what the provider accepts', () => {
  assert.deepEqual(names(pictureFields([LOCAL])), ['count', 'seed', 'choose']);
  assert.deepEqual(names(pictureFields([OPENAI, LOCAL])), ['count', 'aspect', 'quality', 'negativePrompt', 'choose']);
  assert.deepEqual(names(pictureFields([MESHY])), []);
  assert.deepEqual(names(modelFields([LOCAL], '')), ['form', 'faces']);
  assert.deepEqual(names(modelFields([OPENAI], '')), []);
});

test('another provider has other fields', () => {
  assert.deepEqual(names(modelFields([LOCAL, MESHY], '')), ['provider', 'form', 'faces']);
  assert.deepEqual(names(modelFields([LOCAL, MESHY], 'meshy')), ['provider', 'faces', 'topology', 'texture', 'pbr']);
});

test('a seed is at most what the API accepts', () => {
  assert.equal(pictureFields([LOCAL]).find(({ name }) => name === 'seed').max, 2_147_483_647);
  assert.deepEqual(modelFields([MESHY], '')[0], { name: 'faces', kind: 'number', ...RANGE });
});

test('only values that the user has set are sent, with their types', () => {
  const fields = [...pictureFields([OPENAI]), ...modelFields([LOCAL, MESHY], 'meshy')];
  assert.deepEqual(bodyOf(fields, {}), {});
  assert.deepEqual(
    bodyOf(fields, {
      count: '2', aspect: '3:2', quality: '', negativePrompt: ' a hat ', provider: 'meshy', faces: '5000',
      texture: 'false', pbr: 'true', form: 'relief',
    }),
    { count: 2, aspect: '3:2', negativePrompt: 'a hat', provider: 'meshy', faces: 5000, texture: false, pbr: true });
});

test('the options of a task are shown in words', () => {
  assert.equal(usedOptions(task()), '');
  assert.equal(
    usedOptions(task({
      imageOptions: { count: 2, aspect: null, quality: 'low', negativePrompt: null, seed: 1234567 },
      modelOptions: { providers: [], faces: 30_000, topology: null, texture: false, pbr: null, seed: null, form: 'relief' },
    })),
    'Pictures: 2 · Quality: Low · Seed: 1234567 · Form: Relief · Faces: 30,000 · Texture: No');
  assert.equal(
    usedOptions(task({ modelOptions: { providers: ['meshy', 'tokenhub'] } })), 'Provider: meshy, tokenhub');
});
