/** Names of the files and folders of a workspace. A file of its own, so that naming them loads nothing else. */

export const WORKSPACE_CONFIG_FILE = 'patent-lab.json';
export const DECISIONS_FILE = 'labels.jsonl';
export const STATE_FOLDER = '.patent-lab';
