/** Entry of the training panel. */
import { mountReport } from '../report/mount.tsx';
import { App } from './app.tsx';

mountReport(App);
