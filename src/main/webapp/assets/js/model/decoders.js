// What GLTFLoader asks to decode Draco, meshopt and KTX2: passed on to workers, which are started when a
// model first needs them.

/** Fallback where import.meta cannot resolve names of the import map. */
const LIBRARIES = import.meta.resolve
  ? import.meta.resolve('three/addons/libs/')
  : new URL(JSON.parse(document.querySelector('script[type=importmap]').textContent).imports['three/addons/'] + 'libs/',
    document.baseURI).href;

/** A worker that is started when it is first asked for something. */
class Decoder {
  #script;
  #worker = null;
  #pending = new Map(); // id -> how to settle it
  #lastId = 0;

  constructor(script) {
    this.#script = script;
  }

  decode(request) {
    if (!this.#worker) {
      this.#start();
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, libraries: LIBRARIES, ...request });
    });
  }

  #start() {
    this.#worker = new Worker(new URL(this.#script, import.meta.url));
    this.#worker.addEventListener('message', ({ data: { id, result, error } }) => {
      const { resolve, reject } = this.#pending.get(id);
      this.#pending.delete(id);
      if (error === undefined) {
        resolve(result);
      } else {
        reject(new Error(error));
      }
    });
    this.#worker.addEventListener('error', ({ message }) => {
      this.#worker.terminate();
      this.#worker = null; // the next model starts it again
      for (const { reject } of this.#pending.values()) {
        reject(new Error(message ?? 'The decoder cannot be started'));
      }
      this.#pending.clear();
    });
  }
}

const geometries = new Decoder('decoder-worker.js');
const textures = new Decoder('ktx2-worker.js');

function decodeMeshopt(count, stride, source, mode, filter = 'NONE') {
  return geometries.decode({ kind: 'meshopt', data: source.slice().buffer, count, stride, mode, filter });
}

const meshopt = {
  supported: true,
  ready: Promise.resolve(),
  decodeGltfBufferAsync: decodeMeshopt,
};

/** The name that Khronos gave to what GLTFLoader knows as EXT_meshopt_compression. */
function khronosMeshopt(parser) {
  const name = 'KHR_meshopt_compression';
  return {
    name,
    loadBufferView(index) {
      const compressed = parser.json.bufferViews[index].extensions?.[name];
      return compressed
        ? parser.getDependency('buffer', compressed.buffer).then(async (buffer) => {
          const { byteOffset = 0, byteLength, count, byteStride, mode, filter } = compressed;
          const source = new Uint8Array(buffer, byteOffset, byteLength);
          return (await decodeMeshopt(count, byteStride, source, mode, filter)).buffer;
        })
        : null;
    },
  };
}

function draco({ BufferGeometry, BufferAttribute }) {
  return {
    preload() {}, // the worker does that
    async decodeDracoFile(data, onLoad, ids, types, colorSpace, onError) {
      try {
        const { attributes, index } = await geometries.decode({ kind: 'draco', data, ids, types });
        const geometry = new BufferGeometry();
        geometry.setIndex(new BufferAttribute(index, 1));
        for (const [name, { array, width }] of Object.entries(attributes)) {
          geometry.setAttribute(name, new BufferAttribute(array, width));
        }
        onLoad(geometry);
      } catch (e) {
        onError(e);
      }
    },
  };
}

function ktx2({ DataTexture }) {
  return {
    async load(url, onLoad, onProgress, onError) {
      try {
        const data = await (await fetch(url)).arrayBuffer();
        const { pixels, width, height } = await textures.decode({ data });
        const texture = new DataTexture(pixels, width, height);
        texture.needsUpdate = true;
        onLoad(texture);
      } catch (e) {
        onError(e);
      }
    },
  };
}

/** Makes a GLTFLoader read compressed models. */
export function withDecoders(loader, three) {
  loader.setMeshoptDecoder(meshopt);
  loader.setDRACOLoader(draco(three));
  loader.setKTX2Loader(ktx2(three));
  loader.register(khronosMeshopt);
  return loader;
}
