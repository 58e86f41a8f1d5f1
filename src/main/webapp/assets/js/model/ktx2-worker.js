// Decodes KTX2 textures in a worker of their own: the transcoder makes functions of text when it starts, which no
// other script may (its policy is in HttpFilter).

const RGBA32 = 13; // pixels rather than what a graphics card may have compressed: the same everywhere

let transcoder = null; // a promise once it is needed

async function loadTranscoder(libraries) {
  importScripts(`${libraries}basis/basis_transcoder.js`);
  const answer = await fetch(`${libraries}basis/basis_transcoder.wasm`);
  if (!answer.ok) {
    throw new Error(`The KTX2 transcoder cannot be fetched: ${answer.status}`);
  }
  const module = await self.BASIS({ wasmBinary: await answer.arrayBuffer() });
  module.initializeBasis();
  return module;
}

async function decodeTexture({ libraries, data }) {
  transcoder ??= loadTranscoder(libraries);
  const { KTX2File } = await transcoder;
  const file = new KTX2File(new Uint8Array(data));
  try {
    if (!file.isValid() || !file.startTranscoding()) {
      throw new Error('The KTX2 texture cannot be read');
    }
    const { origWidth: width, origHeight: height } = file.getImageLevelInfo(0, 0, 0);
    const pixels = new Uint8Array(file.getImageTranscodedSizeInBytes(0, 0, 0, RGBA32));
    if (!file.transcodeImage(pixels, 0, 0, 0, RGBA32, 0, -1, -1)) {
      throw new Error('The KTX2 texture cannot be decoded');
    }
    return { pixels, width, height };
  } finally {
    file.close();
    file.delete();
  }
}

addEventListener('message', async ({ data: { id, ...request } }) => {
  try {
    postMessage({ id, result: await decodeTexture(request) });
  } catch (e) {
    postMessage({ id, error: String(e?.message ?? e) });
  }
});
