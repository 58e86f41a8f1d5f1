// Decodes geometry that is compressed with Draco or meshopt, in a worker: besides ktx2-worker.js the only script
// that may compile WebAssembly (its policy is in HttpFilter). Draco's decoder is fetched when a model first needs it.

importScripts('meshopt.js');

const DRACO_TYPES = {
  Float32Array: 'DT_FLOAT32',
  Int8Array: 'DT_INT8',
  Uint8Array: 'DT_UINT8',
  Int16Array: 'DT_INT16',
  Uint16Array: 'DT_UINT16',
  Uint32Array: 'DT_UINT32',
};

let dracoModule = null; // a promise once it is needed

async function loadDraco(libraries) {
  importScripts(`${libraries}draco/gltf/draco_wasm_wrapper.js`);
  const answer = await fetch(`${libraries}draco/gltf/draco_decoder.wasm`);
  if (!answer.ok) {
    throw new Error(`The Draco decoder cannot be fetched: ${answer.status}`);
  }
  const wasmBinary = await answer.arrayBuffer();
  return new Promise((resolve) => { // the module itself has a method "then", so it is wrapped
    self.DracoDecoderModule({ wasmBinary, onModuleLoaded: (draco) => resolve({ draco }) });
  });
}

const decode = {
  meshopt: ({ data, count, stride, mode, filter }) => decodeMeshopt(new Uint8Array(data), count, stride, mode, filter),

  async draco({ libraries, data, ids, types }) {
    dracoModule ??= loadDraco(libraries);
    const { draco } = await dracoModule;
    const decoder = new draco.Decoder();
    const mesh = new draco.Mesh();
    try {
      const status = decoder.DecodeArrayToMesh(new Int8Array(data), data.byteLength, mesh);
      if (!status.ok()) {
        throw new Error(status.error_msg());
      }
      /** @type {Record<string, { array: ArrayLike<number>, width: number }>} */
      const attributes = {};
      for (const [name, id] of Object.entries(ids)) {
        attributes[name] = dracoAttribute(draco, decoder, mesh, id, types[name] ?? 'Float32Array');
      }
      const index = copied(draco, Uint32Array, mesh.num_faces() * 3,
        (size, at) => decoder.GetTrianglesUInt32Array(mesh, size, at));
      return { attributes, index };
    } finally {
      draco.destroy(mesh);
      draco.destroy(decoder);
    }
  },
};

function dracoAttribute(draco, decoder, mesh, id, type) {
  const attribute = decoder.GetAttributeByUniqueId(mesh, id);
  const width = attribute.num_components();
  const array = copied(draco, self[type], mesh.num_points() * width,
    (size, at) => decoder.GetAttributeDataArrayForAllPoints(mesh, attribute, draco[DRACO_TYPES[type]], size, at));
  return { array, width };
}

/** An array that the decoder fills in its own memory. */
function copied(draco, Type, length, fill) {
  const size = length * Type.BYTES_PER_ELEMENT;
  const at = draco._malloc(size);
  try {
    fill(size, at);
    return new Type(draco.HEAPF32.buffer, at, length).slice();
  } finally {
    draco._free(at);
  }
}

addEventListener('message', async ({ data: { id, kind, ...request } }) => {
  try {
    postMessage({ id, result: await decode[kind](request) });
  } catch (e) {
    postMessage({ id, error: String(e?.message ?? e) });
  }
});
