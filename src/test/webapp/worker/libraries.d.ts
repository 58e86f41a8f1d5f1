// The decoders that the workers load with importScripts. They have no types.

interface WorkerGlobalScope {
  DracoDecoderModule: any;
  BASIS: any;
}
