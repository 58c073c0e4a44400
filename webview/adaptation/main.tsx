/** Entry of the panel of an encoder's adaptation. */
import { mountReport } from '../report/mount.tsx';
import { App } from './app.tsx';

mountReport(App);
