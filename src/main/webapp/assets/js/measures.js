import { locale } from './i18n.js';

const COUNT = new Intl.NumberFormat(locale);

/** @param {number} number */
export function count(number) {
  return COUNT.format(number);
}

/**
 * 512 B, 34 KB, 1.2 MB.
 *
 * @param {number} bytes
 */
export function fileSize(bytes) {
  const units = ['B', 'KB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** power;
  return `${value >= 10 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/**
 * Width × depth × height of a model in metres, as glTF has it; in mm if all are below 1 m.
 *
 * @param {Size} size
 */
export function dimensions({ x, y, z }) {
  const inMetres = Math.max(x, y, z) >= 1;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: inMetres ? 2 : 1 });
  return [x, z, y].map((length) => format.format(inMetres ? length : length * 1000)).join(' × ')
    + (inMetres ? ' m' : ' mm');
}

/**
 * @param {number} value
 * @param {string} unit
 */
function rounded(value, unit) {
  const format = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  return `${format.format(value)} ${unit}`;
}

/** @param {number} cubicMillimetres */
export function volume(cubicMillimetres) {
  return rounded(cubicMillimetres / 1000, 'cm³');
}

/** @param {number} squareMillimetres */
export function area(squareMillimetres) {
  return rounded(squareMillimetres / 100, 'cm²');
}

/** @param {number} part from 0 to 1 */
export function share(part) {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(part);
}

/** @param {number} angle in degrees; a model that falls over by itself has a negative one */
export function degrees(angle) {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(Math.max(0, angle))}°`;
}
