/** Entry of the leakage audit. */
import { mountReport } from '../report/mount.tsx';
import { App } from './app.tsx';

mountReport(App);
