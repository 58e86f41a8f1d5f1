// What a report asks for and what the API gets: pure functions of the "Prepare for printing" section.

/** The largest height that the API takes, in millimetres. */
export const MAX_HEIGHT = 2000;

/** Number of faces up to which slicers stay fast. */
const MANY_FACES = 200_000;

/** The fixes that the section offers, in the order of their buttons. */
export const FIXES = /** @type {PrintFix[]} */ (['flatBase', 'layFlat', 'repair', 'fewerFaces']);

/** @type {Record<string, PrintFix>} */
const FIX_OF_REMARK = {
  OPEN: 'repair',
  TIPS_OVER: 'flatBase',
  LITTLE_CONTACT: 'flatBase',
  OVERHANGS: 'layFlat',
};

/**
 * The fixes that a report asks for.
 *
 * @param {Printability} report
 */
export function advisedFixes({ remarks, faces }) {
  const advised = new Set(remarks.map(({ code }) => FIX_OF_REMARK[code]));
  if (faces > MANY_FACES) {
    advised.add('fewerFaces');
  }
  return FIXES.filter((fix) => advised.has(fix));
}

/**
 * The options of a print file.
 *
 * @param {Set<PrintFix>} fixes
 * @param {number | null} height in millimetres; null keeps the size
 */
export function printOptions(fixes, height) {
  return {
    ...(height === null ? {} : { size: { kind: 'HEIGHT', millimetres: height } }),
    ...(fixes.has('layFlat') ? { orientation: { kind: 'FLATTEST' } } : {}),
    ...(fixes.has('flatBase') ? { base: { kind: 'CUT_FLAT', cut: 1 } } : {}),
    ...(fixes.has('repair') || fixes.has('fewerFaces') ? {
      shape: {
        ...(fixes.has('repair') ? { repair: 'ALWAYS' } : {}),
        ...(fixes.has('fewerFaces') ? { faces: MANY_FACES } : {}),
      },
    } : {}),
  };
}

/**
 * The height that the user entered; null for an empty field, undefined for a wrong one.
 *
 * @param {string} entered
 */
export function heightOf(entered) {
  if (entered.trim() === '') {
    return null;
  }
  const height = Number(entered);
  return height >= 1 && height <= MAX_HEIGHT ? height : undefined;
}
