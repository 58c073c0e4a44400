/** Long work gives way: it calls this often, and whoever started it may let other things happen there, or throw. */
export type Pause = () => Promise<void>;

export const noPause: Pause = () => Promise.resolve();
