// Decoders of Draco, meshopt and KTX2 for GLTFLoader. They run in workers, which start when a model first
// needs them.

/** Fallback where import.meta cannot resolve names of the import map. */
const LIBRARIES = 'resolve' in import.meta
  ? import.meta.resolve('three/addons/libs/')
  : new URL(`${importMap().imports['three/addons/']}libs/`, document.baseURI).href;

function importMap() {
  return JSON.parse(document.querySelector('script[type=importmap]')?.textContent ?? '{}');
}

/** A worker that starts at its first request. */
class Decoder {
  #script;
  /** @type {Worker | null} */
  #worker = null;

  /**
   * Open requests by id.
   *
   * @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>}
   */
  #pending = new Map();
  #lastId = 0;

  /** @param {string} script */
  constructor(script) {
    this.#script = script;
  }

  /**
   * @param {object} request
   * @return {Promise<any>}
   */
  decode(request) {
    const worker = this.#worker ?? this.#start();
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.postMessage({ id, libraries: LIBRARIES, ...request });
    });
  }

  #start() {
    const worker = new Worker(new URL(this.#script, import.meta.url));
    worker.addEventListener('message', ({ data: { id, result, error } }) => {
      const request = this.#pending.get(id);
      this.#pending.delete(id);
      if (error === undefined) {
        request?.resolve(result);
      } else {
        request?.reject(new Error(error));
      }
    });
    worker.addEventListener('error', ({ message }) => {
      worker.terminate();
      this.#worker = null; // the next model starts it again
      for (const { reject } of this.#pending.values()) {
        reject(new Error(message ?? 'The decoder cannot be started'));
      }
      this.#pending.clear();
    });
    this.#worker = worker;
    return worker;
  }
}

const geometries = new Decoder('decoder-worker.js');
const textures = new Decoder('ktx2-worker.js');

/**
 * @param {number} count
 * @param {number} stride
 * @param {Uint8Array} source
 * @param {string} mode
 * @param {string} [filter]
 * @return {Promise<Uint8Array<ArrayBuffer>>}
 */
function decodeMeshopt(count, stride, source, mode, filter = 'NONE') {
  return geometries.decode({ kind: 'meshopt', data: source.slice().buffer, count, stride, mode, filter });
}

const meshopt = {
  supported: true,
  ready: Promise.resolve(),
  decodeGltfBufferAsync: decodeMeshopt,
};

/**
 * Khronos' name of the extension that GLTFLoader knows as EXT_meshopt_compression.
 *
 * @param {GLTF['parser']} parser
 */
function khronosMeshopt(parser) {
  const name = 'KHR_meshopt_compression';
  return {
    name,
    /** @param {number} index */
    loadBufferView(index) {
      const compressed = parser.json.bufferViews[index].extensions?.[name];
      return compressed
        ? parser.getDependency('buffer', compressed.buffer).then(async (/** @type {ArrayBuffer} */ buffer) => {
          const { byteOffset = 0, byteLength, count, byteStride, mode, filter } = compressed;
          const source = new Uint8Array(buffer, byteOffset, byteLength);
          return (await decodeMeshopt(count, byteStride, source, mode, filter)).buffer;
        })
        : null;
    },
  };
}

/** @param {Three} three */
function draco({ BufferGeometry, BufferAttribute }) {
  return {
    preload() {}, // the worker does that
    /**
     * @param {ArrayBuffer} data
     * @param {(geometry: import('three').BufferGeometry) => void} onLoad
     * @param {Record<string, number>} ids
     * @param {Record<string, string>} types
     * @param {string} colorSpace
     * @param {(error: unknown) => void} onError
     */
    async decodeDracoFile(data, onLoad, ids, types, colorSpace, onError) {
      try {
        const { attributes, index } = await geometries.decode({ kind: 'draco', data, ids, types });
        const geometry = new BufferGeometry();
        geometry.setIndex(new BufferAttribute(index, 1));
        for (const [name, { array, width }] of Object.entries(/** @type {Record<string, any>} */ (attributes))) {
          geometry.setAttribute(name, new BufferAttribute(array, width));
        }
        onLoad(geometry);
      } catch (e) {
        onError(e);
      }
    },
  };
}

/** @param {Three} three */
function ktx2({ DataTexture }) {
  return {
    /**
     * @param {string} url
     * @param {(texture: import('three').DataTexture) => void} onLoad
     * @param {unknown} onProgress
     * @param {(error: unknown) => void} onError
     */
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

/**
 * Makes a GLTFLoader read compressed models.
 *
 * @param {GLTFLoader} loader
 * @param {Three} three
 */
export function withDecoders(loader, three) {
  // the loader calls nothing else of its decoders
  loader.setMeshoptDecoder(/** @type {any} */ (meshopt));
  loader.setDRACOLoader(/** @type {any} */ (draco(three)));
  loader.setKTX2Loader(/** @type {any} */ (ktx2(three)));
  loader.register(khronosMeshopt);
  return loader;
}
