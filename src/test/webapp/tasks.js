// Tasks and the catalogue of statuses for tests.

/** A task with pictures to choose from, with some properties replaced. */
export function task(properties = {}) {
  return {
    id: '6f1c',
    prompt: 'a fox',
    status: 'IMAGE_COMPLETED',
    failedStage: null,
    errorCode: null,
    errorMessage: null,
    selectedImageIndex: null,
    imageGenerationStartedAt: '2026-03-01T10:00:01Z',
    modelGenerationStartedAt: null,
    modelGenerationCompletedAt: null,
    createdAt: '2026-03-01T10:00:00Z',
    updatedAt: '2026-03-01T10:00:05Z',
    ownPicture: false,
    imageOptions: null,
    modelOptions: null,
    images: images(4),
    edit: null,
    model: null,
    queuePosition: null,
    estimate: null,
    overdue: null,
    allowedActions: ['SELECT_IMAGE', 'EDIT_IMAGE', 'DELETE'],
    ...properties,
  };
}

export function images(count) {
  return Array.from({ length: count }, (_, index) => ({
    index, url: `/api/tasks/6f1c/images/${index}`, prompt: `a fox, ${index}`, remark: null, editOf: null,
  }));
}

export function model(properties = {}) {
  return {
    status: 'COMPLETED',
    progress: 100,
    format: 'glb',
    fileSize: 1_258_291,
    faceCount: 12_000,
    vertexCount: 6_002,
    remark: null,
    modelUrl: '/api/tasks/6f1c/model?v=1',
    previewUrl: null,
    createdAt: '2026-03-01T10:01:00Z',
    ...properties,
  };
}

export function screen(properties = {}) {
  return {
    modelStatus: null, failedStage: null, caption: null, hint: null, button: 'Go', buttonEnabled: true, ...properties,
  };
}
