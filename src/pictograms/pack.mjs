// Packs the built-in studio's pictograms: Microsoft's Fluent Emoji, flat (MIT, in Iconify's form), each with the words
// Unicode CLDR has for it in English and Chinese (in emojibase's form). Run it from the project's root:
//
//   npm install --no-save --prefix target/pictograms @iconify-json/fluent-emoji-flat@1.2.6 emojibase-data@17.0.0
//   node src/pictograms/pack.mjs
//
// One line each: name, Unicode's group, the emoji itself, English words, Chinese words (the label first, then what else
// it is found by; '|' between them), the SVG of a 32 x 32 view box.
import { readFileSync, writeFileSync } from 'node:fs';

const modules = 'target/pictograms/node_modules/';
const target = 'src/main/resources/io/maquette/studio/pictograms.tsv';
const read = (file) => JSON.parse(readFileSync(modules + file, 'utf8'));

const { icons } = read('@iconify-json/fluent-emoji-flat/icons.json');
const names = read('@iconify-json/fluent-emoji-flat/chars.json');
const chinese = new Map(read('emojibase-data/zh/data.json').map((emoji) => [emoji.hexcode, emoji]));

// smileys, people, animals and nature, food, places, activities, objects; neither signs nor flags
const GROUPS = new Set([0, 1, 3, 4, 5, 6, 7]);
// people of a sex, a hair colour or a size of family are told apart by no sentence that is drawn
const VARIANT = /200D-(2640|2642)|1F9B[0-3]|^(1F468|1F469)-|-1F46[6-9]|1F3F[B-F]/;
const UNWANTED = new Set(['middle-finger', 'love-hotel', 'pile-of-poo', 'kiss-mark', 'breast-feeding']);
const DRAWN_OTHERWISE = /<(?!\/?(g|path|ellipse|circle|rect)\b)|url\(|filter/;

const words = ({ label, tags = [] }) =>
  [...new Set([label, ...tags].map((word) => word.toLowerCase().replace(/[\t|]/g, ' ').trim()))].join('|');

const lines = [];
for (const emoji of read('emojibase-data/en/data.json')) {
  const { hexcode, group } = emoji;
  const name = names[hexcode.toLowerCase()] ?? names[hexcode.toLowerCase().replaceAll('-fe0f', '')];
  const body = icons[name]?.body;
  if (!GROUPS.has(group) || VARIANT.test(hexcode) || !body || DRAWN_OTHERWISE.test(body) || UNWANTED.has(name)) continue;
  lines.push([name, group, emoji.emoji.replaceAll('\uFE0F', ''), words(emoji), words(chinese.get(hexcode)), body].join('\t'));
}
writeFileSync(target, lines.join('\n') + '\n');
console.log(`${lines.length} pictograms in ${target}`);
