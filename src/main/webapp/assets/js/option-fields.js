// Fields for the options of a task: pure functions of what a provider accepts.

import { count } from './measures.js';
import { hasText, text } from './i18n.js';

/** The largest seed of the API. */
const MAX_SEED = 2147483647;
const MAX_NEGATIVE_PROMPT = 500;
const MAX_PICTURES = 4;

/** The options in the order in which they are shown. */
const IMAGE_OPTIONS = ['count', 'aspect', 'quality', 'negativePrompt', 'seed', 'choose'];
const MODEL_OPTIONS = ['providers', 'form', 'faces', 'topology', 'texture', 'pbr', 'seed'];

/**
 * The fields for pictures.
 *
 * @param {ProviderOptions[]} providers
 * @return {OptionField[]}
 */
export function pictureFields(providers) {
  const pictures = providers.find((provider) => provider.pictures)?.pictures;
  if (!pictures) {
    return [];
  }
  const counts = Array.from({ length: MAX_PICTURES - 1 }, (_, i) => String(i + 1));
  return present([
    choice('count', counts, (value) => value, String(MAX_PICTURES)),
    choice('aspect', pictures.sizes.map(({ aspect }) => aspect)),
    choice('quality', pictures.qualities, (value) => named('quality', value)),
    pictures.negativePrompt ? { name: 'negativePrompt', kind: 'text', maxLength: MAX_NEGATIVE_PROMPT } : null,
    number('seed', pictures.seed),
    choice('choose', ['first'], (value) => named('choose', value), text('option.choose.user')),
  ]);
}

/**
 * The fields for models: a choice between several providers, and what the chosen one accepts. The preferred
 * provider comes first, and gets the task if the user chooses none.
 *
 * @param {ProviderOptions[]} providers
 * @param {string} chosen the name of a provider; empty if the user chooses none
 * @return {OptionField[]}
 */
export function modelFields(providers, chosen) {
  const makers = providers.filter((provider) => provider.models);
  const models = (makers.find(({ name }) => name === chosen) ?? makers[0])?.models;
  if (!models) {
    return [];
  }
  return present([
    makers.length > 1
      ? choice('provider', makers.map(({ name }) => name), (value) => value, text('options.any')) : null,
    choice('form', models.forms, (value) => named('form', value)),
    number('faces', models.mesh.faces),
    choice('topology', models.mesh.topologies, (value) => named('topology', value)),
    models.surface.texture ? flag('texture') : null,
    models.surface.pbr ? flag('pbr') : null,
    number('seed', models.seed),
  ]);
}

/**
 * The members of the request: the fields that the user has set.
 *
 * @param {OptionField[]} fields
 * @param {Record<string, string>} values by name of the field; empty if it is not set
 * @return {Record<string, unknown>}
 */
export function bodyOf(fields, values) {
  /** @type {Record<string, unknown>} */
  const body = {};
  for (const { name, kind } of fields) {
    const value = values[name]?.trim() ?? '';
    if (value !== '') {
      body[name] = kind === 'flag' ? value === 'true'
        : kind === 'number' || name === 'count' ? Number(value) : value;
    }
  }
  return body;
}

/**
 * The options that a task was created with, in words; empty if there are none.
 *
 * @param {Task} task
 */
export function usedOptions({ imageOptions, modelOptions }) {
  return [...wordsOf(imageOptions, IMAGE_OPTIONS), ...wordsOf(modelOptions, MODEL_OPTIONS)].join(' · ');
}

/**
 * @param {Record<string, any> | null} options
 * @param {string[]} names
 * @return {string[]}
 */
function wordsOf(options, names) {
  return names.map((name) => ({ name, value: options?.[name] ?? null }))
    .filter(({ value }) => value !== null && value.length !== 0)
    .map(({ name, value }) =>
      text('options.one', { name: text(`option.${name}`), value: valueInWords(name, value) }));
}

/**
 * @param {string} name
 * @param {any} value
 * @return {string}
 */
function valueInWords(name, value) {
  if (Array.isArray(value)) {
    return value.join(', ');
  }
  if (typeof value === 'boolean') {
    return text(value ? 'options.yes' : 'options.no');
  }
  return name === 'faces' ? count(value) : named(name, String(value));
}

/**
 * A value with a name in the language of the page, else as it is.
 *
 * @param {string} option
 * @param {string} value
 */
function named(option, value) {
  const key = `option.${option}.${value}`;
  return hasText(key) ? text(key) : value;
}

/**
 * @param {string} name
 * @param {string[]} values
 * @param {(value: string) => string} label
 * @return {OptionField | null}
 */
function choice(name, values, label = (value) => value, none = text('options.default')) {
  return values.length === 0
    ? null : { name, kind: 'choice', none, choices: values.map((value) => ({ value, label: label(value) })) };
}

/**
 * @param {string} name
 * @return {OptionField}
 */
function flag(name) {
  return {
    name,
    kind: 'flag',
    none: text('options.default'),
    choices: [
      { value: 'true', label: text('options.yes') },
      { value: 'false', label: text('options.no') },
    ],
  };
}

/**
 * @param {string} name
 * @param {NumberRange | null} range
 * @return {OptionField | null}
 */
function number(name, range) {
  return range && { name, kind: 'number', min: range.min, max: Math.min(range.max, MAX_SEED) };
}

/**
 * @param {(OptionField | null)[]} fields
 * @return {OptionField[]}
 */
function present(fields) {
  return /** @type {OptionField[]} */ (fields.filter((field) => field !== null));
}
