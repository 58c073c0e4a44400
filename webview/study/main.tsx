/** Entry of the report of a study. */
import { mountReport } from '../report/mount.tsx';
import { App } from './app.tsx';

mountReport(App);
