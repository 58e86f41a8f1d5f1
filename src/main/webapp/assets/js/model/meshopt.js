// Decoder of EXT_meshopt_compression and KHR_meshopt_compression, by the extensions' specifications: the one that
// comes with three.js 0.181 knows neither bitstream 1 of attributes nor the filter for colours.
// MeshoptDecoder.java does the same on the server.

/* exported decodeMeshopt */

const GROUP = 16;
const MAX_BLOCK_BYTES = 8192;
const MAX_BLOCK_ELEMENTS = 256;
const BITS = [[0, 2, 4, 8], [0, 1, 2, 4], [1, 2, 4, 8]]; // bitstream 0, then the two tables of bitstream 1

/** @return the bytes of count elements of stride bytes each */
function decodeMeshopt(source, count, stride, mode, filter) {
  const decode = { ATTRIBUTES: decodeAttributes, TRIANGLES: decodeTriangles, INDICES: decodeIndices }[mode];
  if (!decode || !(count >= 0) || !(stride > 0)) {
    throw new Error(`meshopt mode ${mode}`);
  }
  const decoded = decode(source, count, stride);
  if (filter !== 'NONE') {
    const apply = { OCTAHEDRAL: octahedral, QUATERNION: quaternion, EXPONENTIAL: exponential, COLOR: colour }[filter];
    apply(decoded, stride);
  }
  return decoded;
}

function check(isSound) {
  if (!isSound) {
    throw new Error('The compressed data is damaged');
  }
}

const unzigzag = (value) => (value >>> 1) ^ -(value & 1);

function decodeAttributes(source, count, stride) {
  const version = source[0] & 15;
  check((source[0] & 0xf0) === 0xa0 && version <= 1 && stride % 4 === 0 && stride <= 256);
  const channels = source.length - stride / 4;
  const tail = version === 0 ? stride : stride + stride / 4;
  const end = source.length - Math.max(tail, version === 0 ? 32 : 24);
  check(end >= 1);
  const decoded = new Uint8Array(count * stride);
  const before = source.slice(source.length - tail, source.length - tail + stride);
  const blockElements = Math.min(Math.floor(MAX_BLOCK_BYTES / stride) & -GROUP, MAX_BLOCK_ELEMENTS);
  const planes = [0, 1, 2, 3].map(() => new Uint8Array(MAX_BLOCK_ELEMENTS));
  let at = 1;
  for (let first = 0; first < count; first += blockElements) {
    const elements = Math.min(blockElements, count - first);
    const control = at;
    at += version === 0 ? 0 : stride / 4;
    for (let channel = 0; channel < stride; channel += 4) {
      for (let k = 0; k < 4; k++) {
        const kind = version === 0 ? 0 : (source[control + channel / 4] >> (2 * k)) & 3;
        at = readPlane(source, at, planes[k], elements, kind, BITS[version === 0 ? 0 : 1 + kind]);
      }
      check(at <= end);
      const how = version === 0 ? 0 : source[channels + channel / 4];
      addDeltas(planes, elements, how, decoded, first * stride + channel, stride, before.subarray(channel, channel + 4));
    }
  }
  check(at === end);
  return decoded;
}

/** Reads one byte of every element of a block, as deltas. */
function readPlane(source, start, plane, elements, kind, bits) {
  let at = start;
  if (kind === 3) {
    plane.set(source.subarray(at, at + elements));
    return at + elements;
  }
  if (kind === 2) {
    plane.fill(0);
    return at;
  }
  const groups = Math.ceil(elements / GROUP);
  const header = at;
  at += Math.ceil(groups / 4);
  for (let group = 0; group < groups; group++) {
    at = readGroup(source, at, plane, group * GROUP, bits[(source[header + (group >> 2)] >> (2 * (group & 3))) & 3]);
  }
  return at;
}

function readGroup(source, start, plane, to, bits) {
  if (bits === 0) {
    plane.fill(0, to, to + GROUP);
    return start;
  }
  if (bits === 8) {
    plane.set(source.subarray(start, start + GROUP), to);
    return start + GROUP;
  }
  const sentinel = (1 << bits) - 1;
  let at = start + 2 * bits;
  for (let i = 0; i < GROUP; i++) {
    const bit = i * bits;
    const shift = bits === 1 ? bit & 7 : 8 - bits - (bit & 7);
    const delta = (source[start + (bit >> 3)] >> shift) & sentinel;
    plane[to + i] = delta === sentinel ? source[at++] : delta;
  }
  return at;
}

/** Adds the deltas of four bytes of every element to the element before. */
function addDeltas(planes, elements, how, decoded, offset, stride, before) {
  const kind = how & 3;
  const turn = how >> 4;
  let last = before[0] | (before[1] << 8) | (before[2] << 16) | (before[3] << 24);
  check(kind < 3);
  for (let i = 0, to = offset; i < elements; i++, to += stride) {
    const delta = planes[0][i] | (planes[1][i] << 8) | (planes[2][i] << 16) | (planes[3][i] << 24);
    if (kind === 2) {
      last ^= turn === 0 ? delta : (delta >>> turn) | (delta << (32 - turn));
    } else {
      last = sum(last, delta, kind === 0 ? 8 : 16);
    }
    decoded[to] = last;
    decoded[to + 1] = last >> 8;
    decoded[to + 2] = last >> 16;
    decoded[to + 3] = last >> 24;
  }
  before.set(decoded.subarray(offset + (elements - 1) * stride, offset + (elements - 1) * stride + 4));
}

function sum(before, deltas, bits) {
  const mask = (1 << bits) - 1;
  let result = 0;
  for (let shift = 0; shift < 32; shift += bits) {
    result |= (((before >>> shift) + unzigzag((deltas >>> shift) & mask)) & mask) << shift;
  }
  return result;
}

/** Whole numbers of seven bits a byte. */
class Numbers {
  constructor(source, at) {
    this.source = source;
    this.at = at;
    this.last = 0;
  }

  next() {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const part = this.source[this.at++];
      value |= (part & 127) << shift;
      if (part < 128) {
        break;
      }
    }
    return value >>> 0;
  }

  index() {
    this.last = (this.last + unzigzag(this.next())) | 0;
    return this.last;
  }
}

function indexArray(count, stride) {
  check(stride === 2 || stride === 4);
  return stride === 2 ? new Uint16Array(count) : new Uint32Array(count);
}

function decodeIndices(source, count, stride) {
  const indices = indexArray(count, stride);
  check(source[0] === 0xd1);
  const numbers = new Numbers(source, 1);
  const last = [0, 0];
  for (let i = 0; i < count; i++) {
    const value = numbers.next();
    last[value & 1] += unzigzag(value >>> 1);
    indices[i] = last[value & 1];
  }
  check(numbers.at === source.length - 4);
  return new Uint8Array(indices.buffer);
}

function decodeTriangles(source, count, stride) {
  const indices = indexArray(count, stride);
  check(source[0] === 0xe1 && count % 3 === 0);
  const table = source.length - 16;
  const numbers = new Numbers(source, 1 + count / 3);
  const edges = new Int32Array(32);
  const vertices = new Int32Array(16);
  let edge = 0;
  let vertex = 0;
  let fresh = 0;
  const pushVertex = (index) => {
    vertices[vertex] = index;
    vertex = (vertex + 1) & 15;
    return index;
  };
  const pushEdge = (from, to) => {
    edges[2 * edge] = from;
    edges[2 * edge + 1] = to;
    edge = (edge + 1) & 15;
  };
  for (let i = 0; i < count; i += 3) {
    const code = source[1 + i / 3];
    let a;
    let b;
    let c;
    if (code < 0xf0) { // shares an edge with one of the last triangles
      const shared = 2 * ((edge - 1 - (code >> 4)) & 15);
      a = edges[shared];
      b = edges[shared + 1];
      const corner = code & 15;
      if (corner === 0) {
        c = pushVertex(fresh++);
      } else if (corner < 13) {
        c = vertices[(vertex - 1 - corner) & 15];
      } else if (corner === 15) {
        c = pushVertex(numbers.index());
      } else {
        numbers.last += corner === 13 ? -1 : 1;
        c = pushVertex(numbers.last);
      }
    } else { // shares none; corners that are spelled out come after those that are new
      const spells = code >= 0xfe;
      const corners = spells ? source[numbers.at++] : source[table + (code & 15)];
      if (spells && corners === 0) {
        fresh = 0;
      }
      const [second, third] = [corners >> 4, corners & 15];
      a = code === 0xff ? 0 : fresh++;
      b = second === 0 ? fresh++ : vertices[(vertex - second) & 15];
      c = third === 0 ? fresh++ : vertices[(vertex - third) & 15];
      a = code === 0xff ? numbers.index() : a;
      b = spells && second === 15 ? numbers.index() : b;
      c = spells && third === 15 ? numbers.index() : c;
      pushVertex(a);
      if (second === 0 || (spells && second === 15)) {
        pushVertex(b);
      }
      if (third === 0 || (spells && third === 15)) {
        pushVertex(c);
      }
      pushEdge(b, a);
    }
    indices.set([a, b, c], i);
    pushEdge(c, b);
    pushEdge(a, c);
  }
  check(numbers.at === table);
  return new Uint8Array(indices.buffer);
}

function octahedral(decoded, stride) {
  const values = stride === 4 ? new Int8Array(decoded.buffer) : new Int16Array(decoded.buffer);
  const max = stride === 4 ? 127 : 32767;
  for (let i = 0; i < values.length; i += 4) {
    let x = values[i] / values[i + 2];
    let y = values[i + 1] / values[i + 2];
    const z = 1 - Math.abs(x) - Math.abs(y);
    const fold = Math.max(-z, 0);
    x -= x >= 0 ? fold : -fold;
    y -= y >= 0 ? fold : -fold;
    const length = max / Math.hypot(x, y, z);
    values[i] = Math.round(x * length);
    values[i + 1] = Math.round(y * length);
    values[i + 2] = Math.round(z * length);
  }
}

function quaternion(decoded) {
  const values = new Int16Array(decoded.buffer);
  for (let i = 0; i < values.length; i += 4) {
    const largest = values[i + 3] & 3;
    const unit = Math.SQRT1_2 / (values[i + 3] | 3);
    const [x, y, z] = [values[i] * unit, values[i + 1] * unit, values[i + 2] * unit];
    [Math.sqrt(Math.max(0, 1 - x * x - y * y - z * z)), x, y, z].forEach((part, k) => {
      values[i + ((largest + k) & 3)] = Math.round(part * 32767);
    });
  }
}

function exponential(decoded) {
  const whole = new Int32Array(decoded.buffer);
  const real = new Float32Array(decoded.buffer);
  for (let i = 0; i < whole.length; i++) {
    real[i] = ((whole[i] << 8) >> 8) * 2 ** (whole[i] >> 24);
  }
}

/** A luma, two chromas, and an alpha whose highest bit tells the range. */
function colour(decoded, stride) {
  const values = stride === 4 ? decoded : new Uint16Array(decoded.buffer);
  const signed = stride === 4 ? new Int8Array(decoded.buffer) : new Int16Array(decoded.buffer);
  const max = stride === 4 ? 255 : 65535;
  for (let i = 0; i < values.length; i += 4) {
    const [y, co, cg, alpha] = [values[i], signed[i + 1], signed[i + 2], values[i + 3]];
    const range = alpha === 0 ? 1 : 2 ** (32 - Math.clz32(alpha)) - 1;
    const low = alpha & (range >> 1);
    const unit = max / range;
    values[i] = Math.round((y + co - cg) * unit);
    values[i + 1] = Math.round((y + cg) * unit);
    values[i + 2] = Math.round((y - co - cg) * unit);
    values[i + 3] = Math.round(((low << 1) | (low & 1)) * unit);
  }
}
