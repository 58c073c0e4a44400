/** Entry of the numerics report. */
import { mountReport } from '../report/mount.tsx';
import { App } from './app.tsx';

mountReport(App);
