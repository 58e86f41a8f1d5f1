/**
 * Prepares a picture for its upload: one that is large is made smaller here, as the server keeps no
 * more than that, and one that the server does not take is converted where the browser can show it.
 */

/** The longer side that the server keeps. */
const KEPT_SIDE = 2048;

/** Smaller files are sent as they are. */
const LARGE_BYTES = 3 << 20;

const JPEG_QUALITY = 0.95;

/** Whether the first bytes are those of a PNG, JPEG or WebP file, whatever the file's name says. */
async function isTaken(file) {
  const head = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  return head.startsWith('\u0089PNG\r\n') || head.startsWith('\u00ff\u00d8\u00ff')
    || (head.startsWith('RIFF') && head.endsWith('WEBP'));
}

/** The picture as the browser shows it: upright, in its colours. Rejects where it cannot be shown. */
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
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function isOpaque(canvas) {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] !== 255) {
      return false;
    }
  }
  return true;
}

/**
 * What is to be sent for a file that somebody chose: the file itself, or a smaller or converted
 * picture. A file that the browser cannot show goes to the server, which says what is wrong with it.
 */
export async function preparedPicture(file) {
  if (file.size <= LARGE_BYTES && await isTaken(file)) {
    return file;
  }
  try {
    const canvas = await shown(file);
    const type = isOpaque(canvas) ? 'image/jpeg' : 'image/png';
    const smaller = await new Promise((resolve) => canvas.toBlob(resolve, type, JPEG_QUALITY));
    return smaller ?? file;
  } catch {
    return file;
  }
}
