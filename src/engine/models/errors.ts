/** Errors of fetching a model's weights. */
import { PatentLabError } from '../../core/errors.ts';

export const downloadFailed = (message: string, remedy: string, options?: ErrorOptions): PatentLabError =>
  new PatentLabError({ code: 'model-download-failed', message, remedy }, options);
