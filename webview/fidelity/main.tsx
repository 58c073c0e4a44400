/** Entry of the fidelity report. */
import { mountReport } from '../report/mount.tsx';
import { App } from './app.tsx';

mountReport(App);
