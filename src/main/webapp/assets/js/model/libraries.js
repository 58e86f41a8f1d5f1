/** Loads three.js and its add-ons, when the first model is shown. */
export async function libraries() {
  const [three, { GLTFLoader }, { OrbitControls }, { RoomEnvironment }] = await Promise.all([
    import('three'),
    import('three/addons/loaders/GLTFLoader.js'),
    import('three/addons/controls/OrbitControls.js'),
    import('three/addons/environments/RoomEnvironment.js'),
  ]);
  return { three, GLTFLoader, OrbitControls, RoomEnvironment };
}

/** Whether the browser has WebGL, which three.js needs. */
export function hasWebGl() {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext(); // browsers allow only a few at a time
  return context !== null;
}
