/** A command was asked for something it cannot do here. */
import { PatentLabError } from '../../core/errors.ts';

export const usage = (message: string, remedy: string): PatentLabError =>
  new PatentLabError({ code: 'usage', message, remedy });
