// Types that the pages have in common, for the type check alone: the API's JSON as openapi.yaml has it, and the
// elements of the pages.

type TaskStatus = 'IMAGE_PENDING' | 'IMAGE_GENERATING' | 'IMAGE_COMPLETED' | 'IMAGE_EDITING' | 'MODEL_PENDING'
  | 'MODEL_GENERATING' | 'MODEL_COMPLETED' | 'FAILED' | 'CANCELLED';
type ModelStatus = 'PENDING' | 'GENERATING' | 'COMPLETED' | 'FAILED';
type Stage = 'IMAGE' | 'MODEL';
type TaskAction = 'SELECT_IMAGE' | 'EDIT_IMAGE' | 'CANCEL' | 'RETRY_IMAGES' | 'RETRY_MODEL' | 'DELETE';

/** An instant as ISO 8601. */
type Instant = string;

/** Options of the model; null stands for the provider's default. */
interface ModelOptions {
  providers: string[];
  faces: number | null;
  topology: string | null;
  texture: boolean | null;
  pbr: boolean | null;
  seed: number | null;
  form: string | null;
}

/** Options of the pictures; null stands for the provider's default. */
interface ImageOptions {
  count: number | null;
  aspect: string | null;
  quality: string | null;
  negativePrompt: string | null;
  seed: number | null;
  choose: string | null;
}

interface NumberRange {
  min: number;
  max: number;
}

/** A provider in use, with the options that it accepts. */
interface ProviderOptions {
  name: string;
  pictures: {
    sizes: { aspect: string; size: string }[];
    qualities: string[];
    negativePrompt: boolean;
    seed: NumberRange | null;
  } | null;
  models: {
    mesh: { faces: NumberRange | null; topologies: string[] };
    surface: { texture: boolean; pbr: boolean };
    seed: NumberRange | null;
    forms: string[];
  } | null;
}

/** A field for an option; a choice has the label of no choice. */
interface OptionField {
  name: string;
  kind: 'choice' | 'flag' | 'number' | 'text';
  none?: string;
  choices?: { value: string; label: string }[];
  min?: number;
  max?: number;
  maxLength?: number;
}

interface Task {
  id: string;
  prompt: string;
  status: TaskStatus;
  failedStage: Stage | null;
  errorCode: string | null;
  errorMessage: string | null;
  selectedImageIndex: number | null;
  imageGenerationStartedAt: Instant | null;
  modelGenerationStartedAt: Instant | null;
  modelGenerationCompletedAt: Instant | null;
  createdAt: Instant;
  updatedAt: Instant;
  ownPicture: boolean;
  imageOptions: ImageOptions | null;
  modelOptions: ModelOptions | null;
  images: TaskImage[];
  edit: ImageEdit | null;
  model: TaskModel | null;
  queuePosition: number | null;
  estimate: Estimate | null;
  overdue: Overdue | null;
  allowedActions: TaskAction[];
}

interface TaskImage {
  index: number;
  url: string;
  prompt: string;
  remark: string | null;
  editOf: number | null;
}

interface ImageEdit {
  imageIndex: number;
  instruction: string;
  errorMessage: string | null;
  askedAt: Instant;
}

interface TaskModel {
  status: ModelStatus;
  progress: number;
  format: string | null;
  fileSize: number | null;
  faceCount: number | null;
  vertexCount: number | null;
  remark: string | null;
  modelUrl: string | null;
  previewUrl: string | null;
  createdAt: Instant;
}

/** A model that is completed has its file. */
interface CompletedModel extends TaskModel {
  status: 'COMPLETED';
  format: string;
  modelUrl: string;
}

interface Estimate {
  from: Instant;
  to: Instant;
  slowerThanUsual: boolean;
}

interface Overdue {
  since: Instant;
  waitsFor: string;
}

interface TaskEvent {
  id: number;
  at: Instant;
  type: string;
  from: TaskStatus | null;
  to: TaskStatus;
  actor: string | null;
  attempt: number;
  imageIndex: number | null;
  progress: number | null;
  detail: string | null;
}

interface StatusInfo {
  status: TaskStatus;
  stage: Stage | null;
  label: string;
  inProgress: boolean;
  screens: Screen[];
}

interface Screen {
  modelStatus: ModelStatus | null;
  failedStage: Stage | null;
  caption: string | null;
  hint: string | null;
  button: string;
  buttonEnabled: boolean;
}

/** The catalogue of statuses. */
type Statuses = Map<TaskStatus, StatusInfo>;

/** The texts and the button of one task's screen, without placeholders. */
type ScreenTexts = Pick<Screen, 'button' | 'buttonEnabled'> & { caption?: string | null; hint?: string | null };

interface Session {
  auth: string;
  signedIn: boolean;
  local: boolean;
  name: string;
  role: 'USER' | 'OPERATOR';
}

interface ApiKey {
  id: string;
  name: string;
  beginning: string;
  scope: string;
  lastUsedAt: Instant | null;
  expiresAt: Instant | null;
  revokedAt: Instant | null;
}

interface Webhook {
  id: string;
  url: string;
  state: 'ACTIVE' | 'FAILING' | 'SUSPENDED';
  suspendedAt: Instant | null;
  failingSince: Instant | null;
}

interface Delivery {
  eventId: number;
  event: string;
  status: string;
  answerCode: number | null;
  answer: string | null;
}

interface Printability {
  faces: number;
  volume: number;
  surface: number;
  closed: boolean;
  parts: number;
  thinWalls: number;
  overhangs: number;
  contact: number;
  tipping: number;
  support: number;
  verdict: string;
  summary: string;
  remarks: { code: string; text: string }[];
}

/** A change that the workspace offers for a print. */
type PrintFix = 'flatBase' | 'layFlat' | 'repair' | 'fewerFaces';

interface PrintFile {
  id: string;
  state: 'QUEUED' | 'RUNNING' | 'READY' | 'FAILED';
  progress: number;
  problem: { code: string; text: string } | null;
  links: Record<string, string> | null;
}

/** The body of an error. */
interface Problem {
  error?: string;
  code?: string;
  details?: unknown;
}

/** An answer of the API that succeeded. */
interface Answer<T> {
  data: T;
  message: string;
  etag: string | null;
}

interface PagedAnswer<T> extends Answer<T[]> {
  nextCursor: string | null;
}

/** The state of a connection to the server. */
type ConnectionState = 'live' | 'polling' | 'offline';

/** What the sections of the workspace show. */
interface WorkspaceState {
  task: Task;
  statuses: Statuses;
  status: StatusInfo;
  screen: ScreenTexts;
  selection: import('../../main/webapp/assets/js/workspace/selection.js').Selection;
  busy: boolean;
}

/** Sends a change of a task. */
type SendChange = () => Promise<Answer<Task>>;

/** Measures of a model in metres. */
interface Size {
  x: number;
  y: number;
  z: number;
}

interface HTMLElementTagNameMap {
  'maquette-options': import('../../main/webapp/assets/js/elements/options.js').Options;
  'maquette-filaments': import('../../main/webapp/assets/js/elements/filaments.js').Filaments;
  'maquette-pictures': import('../../main/webapp/assets/js/elements/pictures.js').Pictures;
  'maquette-print-kit': import('../../main/webapp/assets/js/elements/print-kit.js').PrintKit;
  'maquette-printing': import('../../main/webapp/assets/js/elements/printing.js').Printing;
  'maquette-progress': import('../../main/webapp/assets/js/elements/progress.js').Progress;
  'maquette-prompt-form': import('../../main/webapp/assets/js/elements/prompt-form.js').PromptForm;
  'maquette-task-card': import('../../main/webapp/assets/js/elements/task-card.js').TaskCard;
  'maquette-timeline': import('../../main/webapp/assets/js/elements/timeline.js').Timeline;
  'maquette-toasts': import('../../main/webapp/assets/js/elements/toasts.js').Toasts;
  'maquette-viewer': import('../../main/webapp/assets/js/elements/viewer.js').Viewer;
  'maquette-waiting': import('../../main/webapp/assets/js/elements/waiting.js').Waiting;
  'maquette-webhooks': import('../../main/webapp/assets/js/elements/webhooks.js').Webhooks;
}

/** The elements of the pages with an id, as the HTML has them. */
interface PageParts {
  // workspace.html
  prompt: HTMLElement;
  created: HTMLElement;
  caption: HTMLElement;
  viewer: HTMLElementTagNameMap['maquette-viewer'];
  sculpting: HTMLElement;
  'sculpting-picture': HTMLImageElement;
  pictures: HTMLElementTagNameMap['maquette-pictures'];
  remark: HTMLElement;
  blank: HTMLElement;
  panel: HTMLElement;
  status: HTMLElement;
  hint: HTMLElement;
  progress: HTMLElementTagNameMap['maquette-progress'];
  waiting: HTMLElementTagNameMap['maquette-waiting'];
  'main-action': HTMLButtonElement | HTMLAnchorElement;
  options: HTMLElementTagNameMap['maquette-options'];
  'used-options': HTMLElement;
  'retry-other': HTMLButtonElement;
  regenerate: HTMLButtonElement;
  'retry-images': HTMLButtonElement;
  cancel: HTMLButtonElement;
  'kept-model': HTMLAnchorElement;
  note: HTMLElement;
  edit: HTMLFormElement;
  'edit-label': HTMLElement;
  'edit-versions': HTMLElement;
  'edit-instruction': HTMLTextAreaElement;
  'edit-error': HTMLElement;
  'edit-send': HTMLButtonElement;
  'copy-link': HTMLButtonElement;
  'download-picture': HTMLAnchorElement;
  'enlarge': HTMLButtonElement;
  'picture-tools': HTMLElement;
  facts: HTMLElement;
  'facts-list': HTMLElement;
  'model-remark': HTMLElement;
  printing: HTMLElementTagNameMap['maquette-printing'];
  'print-kit': HTMLElementTagNameMap['maquette-print-kit'];
  timeline: HTMLElementTagNameMap['maquette-timeline'];
  // history.html
  filters: HTMLElement;
  search: HTMLInputElement;
  tasks: HTMLElement;
  found: HTMLElement;
  more: HTMLButtonElement;
  end: HTMLElement;
  empty: HTMLElement;
  // sign-in.html
  lead: HTMLElement;
  form: HTMLFormElement;
  email: HTMLInputElement;
  password: HTMLInputElement;
  error: HTMLElement;
  submit: HTMLButtonElement;
  // settings.html
  who: HTMLElement;
  nobody: HTMLElement;
  sections: HTMLElement;
  account: HTMLInputElement;
  'key-form': HTMLFormElement;
  'key-name': HTMLInputElement;
  'key-days': HTMLSelectElement;
  'key-error': HTMLElement;
  'scope-admin': HTMLElement;
  'new-key': HTMLElement;
  keys: HTMLElement;
  'no-keys': HTMLElement;
  webhooks: HTMLElement;
  'password-form': HTMLFormElement;
  'password-error': HTMLElement;
  present: HTMLInputElement;
  next: HTMLInputElement;
}

interface Window {
  /** Of PrimeFaces, in the console. */
  jQuery?: (target: Document) => { on(event: string, listener: (event: unknown, answer: { status: number }) => void): void };
}

/** QueryParameters of an address; null is left out. */
type QueryParameters = Record<string, string | number | null | undefined>;

interface RequestOptions {
  parameters?: QueryParameters;
  body?: unknown;
  form?: FormData;
  onProgress?: (share: number) => void;
  headers?: Record<string, string>;
  keepalive?: boolean;
}

/** What an answer to fetch or to an upload has in common. */
interface HttpAnswer {
  status: number;
  ok: boolean;
  headers: { get(name: string): string | null };
  json(): Promise<any>;
}

interface Api {
  askToSignIn(): void;
  session(): Promise<Answer<Session>>;
  signIn(email: string, password: string): Promise<Answer<Session>>;
  signOut(): Promise<Answer<null>>;
  changePassword(present: string, next: string): Promise<Answer<null>>;
  keys(): Promise<Answer<ApiKey[]>>;
  createKey(name: string, scope: string, days: number | null): Promise<Answer<{ token: string }>>;
  revokeKey(id: string): Promise<Answer<null>>;
  webhooks(): Promise<Answer<Webhook[]>>;
  createWebhook(url: string, events: string[]): Promise<Answer<{ secret: string }>>;
  rotateWebhook(id: string): Promise<Answer<{ secret: string }>>;
  resumeWebhook(id: string): Promise<Answer<Webhook>>;
  deleteWebhook(id: string): Promise<Answer<null>>;
  deliveries(id: string): Promise<Answer<Delivery[]>>;
  resend(id: string, event: number): Promise<Answer<null>>;
  statuses(): Promise<Answer<StatusInfo[]>>;
  providers(): Promise<Answer<ProviderOptions[]>>;
  create(prompt: string, options: Record<string, unknown>, key: string): Promise<Answer<Task>>;
  createFromPicture(
    picture: Blob, prompt: string, key: string, onProgress: (share: number) => void,
  ): Promise<Answer<Task>>;
  list(parameters: QueryParameters): Promise<PagedAnswer<Task>>;
  list(parameters: QueryParameters, etag: string | null | undefined): Promise<PagedAnswer<Task> | null>;
  task(id: string, etag: string | null): Promise<Answer<Task> | null>;
  choose(id: string, selectedImageIndex: number, options: Record<string, unknown>): Promise<Answer<Task>>;
  edit(id: string, imageIndex: number, instruction: string): Promise<Answer<Task>>;
  printability(id: string): Promise<Answer<Printability>>;
  createPrintFile(id: string, options: object): Promise<Answer<PrintFile>>;
  printFile(id: string, file: string): Promise<Answer<PrintFile>>;
  printFileReport(id: string, file: string): Promise<Answer<Printability>>;
  deletePrintFile(id: string, file: string): Promise<Answer<null>>;
  cancel(id: string): Promise<Answer<Task>>;
  retry(id: string, type: 'images' | 'model', seed?: 'same' | 'new'): Promise<Answer<Task>>;
  remove(id: string): Promise<Answer<null>>;
  events(id: string, cursor: string | null): Promise<PagedAnswer<TaskEvent>>;
}

/** The messages of an event stream, and what to do while it is silent. */
interface StreamListener {
  snapshot(data: any): void;
  change(data: { event: TaskEvent; task: Task }): void;
  deleted(data: { taskId: string }): void;
  poll(): Promise<void>;
}

type Theme = 'auto' | 'light' | 'dark';

/** A task with a completed model. */
type TaskWithModel = Task & { model: CompletedModel };

/** The events that the elements of the pages dispatch. */
interface HTMLElementEventMap {
  marked: CustomEvent<number>;
  measured: CustomEvent<Size>;
  shown: CustomEvent<string | null>;
  created: CustomEvent<Task>;
  act: CustomEvent<CardAction>;
}

/** What the user may do with a task of a list. */
type CardAction = 'cancel' | 'retry' | 'delete';

interface ToastOptions {
  kind?: 'info' | 'error';
  /** A button; the toast goes when it is pressed. */
  action?: { label: string; run: () => void };
  /** Called once the toast has gone without its action. */
  onGone?: () => void;
}

type Three = typeof import('three');
type Object3D = import('three').Object3D;
type GLTF = import('three/addons/loaders/GLTFLoader.js').GLTF;
type GLTFLoader = import('three/addons/loaders/GLTFLoader.js').GLTFLoader;

/** three.js and its add-ons. */
type Libraries = Awaited<ReturnType<typeof import('../../main/webapp/assets/js/model/libraries.js').libraries>>;

/** A model of a file, on the ground at the origin and 1 unit large; size is that of the file. */
interface StandingModel {
  model: Object3D;
  size: Size;
  height: number;
  radius: number;
}
