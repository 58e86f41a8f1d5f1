// Prepares a picture for its upload. A large picture is made smaller, as the server keeps no more pixels. A
// picture in another format is converted if the browser can show it.

/** The longer side that the server keeps. */
const KEPT_SIDE = 2048;

/** Smaller files are sent as they are. */
const LARGE_BYTES = 3 << 20;

const JPEG_QUALITY = 0.95;

/**
 * Whether the first bytes are those of a PNG, JPEG or WebP file. The file's name does not count.
 *
 * @param {Blob} file
 */
async function isTaken(file) {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  return head.startsWith('\u0089PNG\r\n') || head.startsWith('\u00ff\u00d8\u00ff')
    || (head.startsWith('RIFF') && head.endsWith('WEBP'));
}

/**
 * @param {Uint8Array} bytes
 * @param {string} text
 * @param {number} at
 */
function startsWith(bytes, text, at = 0) {
  return [...text].every((character, i) => bytes[at + i] === character.charCodeAt(0));
}

/**
 * Whether the marker that ends a JPEG comes after its pixels. Segments are skipped by their length,
 * as a preview in one of them has an end of its own. Bytes may follow: phones append videos.
 *
 * @param {Uint8Array} bytes
 */
function hasJpegEnd(bytes) {
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1];
    if (marker === 0xd9) {
      return true;
    }
    if (marker === 0xff) {
      at += 1; // a fill byte
    } else if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2; // no segment: a byte FF of the pixels, or a restart
    } else {
      at += 2 + (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    }
  }
  return false;
}

/** @param {Uint8Array} bytes */
function hasPngEnd(bytes) {
  const view = new DataView(bytes.buffer);
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (startsWith(bytes, 'IEND', at + 4)) {
      return end <= bytes.length;
    }
    at = end;
  }
  return false;
}

/**
 * Whether a file has the end that its format requires. Browsers show half a picture without an error.
 * Files of other formats count as complete.
 *
 * @param {Uint8Array} bytes
 */
export function isComplete(bytes) {
  if (startsWith(bytes, '\u00ff\u00d8\u00ff')) {
    return hasJpegEnd(bytes);
  }
  if (startsWith(bytes, '\u0089PNG\r\n')) {
    return hasPngEnd(bytes);
  }
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) {
    return 8 + new DataView(bytes.buffer).getUint32(4, true) <= bytes.length;
  }
  if (startsWith(bytes, 'GIF8')) {
    return bytes[bytes.findLastIndex((byte) => byte !== 0)] === 0x3b; // some writers pad with zeros
  }
  return true;
}

/**
 * The picture as the browser shows it: upright, in its colours. Rejects if it cannot be shown.
 *
 * @param {Blob} file
 */
async function shown(file) {
  const image = new Image();
  const address = URL.createObjectURL(file);
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error('the browser cannot show it'));
      image.src = address;
    });
    const scale = Math.min(1, KEPT_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(scale * image.naturalWidth));
    canvas.height = Math.max(1, Math.round(scale * image.naturalHeight));
    const context = contextOf(canvas);
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new Error('the browser cannot draw');
  }
  return context;
}

/** @param {HTMLCanvasElement} canvas */
function isOpaque(canvas) {
  const { data } = contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] !== 255) {
      return false;
    }
  }
  return true;
}

/**
 * The upload for a file that the user chose: the file itself, or a smaller or converted picture. A file
 * that is cut off or that the browser cannot show is sent unchanged: the server explains the problem.
 *
 * @param {File} file
 * @return {Promise<Blob>}
 */
export async function preparedPicture(file) {
  if (file.size <= LARGE_BYTES && await isTaken(file)) {
    return file;
  }
  try {
    if (!isComplete(new Uint8Array(await file.arrayBuffer()))) {
      return file;
    }
    const canvas = await shown(file);
    const type = isOpaque(canvas) ? 'image/jpeg' : 'image/png';
    /** @type {Blob | null} */
    const smaller = await new Promise((resolve) => canvas.toBlob(resolve, type, JPEG_QUALITY));
    return smaller ?? file;
  } catch {
    return file;
  }
}
