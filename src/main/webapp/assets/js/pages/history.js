import { fillTexts, text } from '../i18n.js';
import { TaskList } from './task-list.js';
import '../elements/site-header.js';
import '../elements/site-footer.js';

document.title = text('history.title');
fillTexts();
new TaskList().start();
