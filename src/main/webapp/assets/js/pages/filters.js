/**
 * Groups of statuses to filter by, in the order of their chips.
 *
 * @type {Record<string, TaskStatus[]>}
 */
export const FILTERS = {
  all: [],
  progress: ['IMAGE_PENDING', 'IMAGE_GENERATING', 'IMAGE_EDITING', 'MODEL_PENDING', 'MODEL_GENERATING'],
  pictures: ['IMAGE_COMPLETED'],
  finished: ['MODEL_COMPLETED'],
  failed: ['FAILED'],
  cancelled: ['CANCELLED'],
};

/**
 * Whether a changed task belongs to the list.
 *
 * @param {Task} task
 * @param {string} filter
 * @param {string} search
 */
export function fits(task, filter, search) {
  return (FILTERS[filter].length === 0 || FILTERS[filter].includes(task.status))
    && task.prompt.toLowerCase().includes(search.toLowerCase());
}
