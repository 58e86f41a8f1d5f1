/** Groups of states people look for, in the order of their chips. */
export const FILTERS = {
  all: [],
  progress: ['IMAGE_PENDING', 'IMAGE_GENERATING', 'IMAGE_EDITING', 'MODEL_PENDING', 'MODEL_GENERATING'],
  pictures: ['IMAGE_COMPLETED'],
  finished: ['MODEL_COMPLETED'],
  failed: ['FAILED'],
  cancelled: ['CANCELLED'],
};

/** Whether a task that changed belongs to what is shown. */
export function fits(task, filter, search) {
  return (FILTERS[filter].length === 0 || FILTERS[filter].includes(task.status))
    && task.prompt.toLowerCase().includes(search.toLowerCase());
}
