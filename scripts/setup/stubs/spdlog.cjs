/** Stands in for VS Code's native logger, which would need a compiler: the same calls, appending lines to files. */
const fs = process.getBuiltinModule('node:fs');
const path = process.getBuiltinModule('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
const METHODS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
let defaultLevel = 2;

class Logger {
  constructor(_kind, _name, file) {
    this.file = file;
    this.level = defaultLevel;
    this.formatted = true;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    METHODS.forEach((method, level) => {
      this[method] = (text) => this.write(level, text);
    });
  }

  write(level, text) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      fs.appendFileSync(this.file, this.formatted ? `${time} [${LEVELS[level]}] ${text}\n` : text);
    } catch {
      // The folder is gone: the server is being stopped.
    }
  }

  getLevel() {
    return this.level;
  }

  setLevel(level) {
    this.level = level;
  }

  setPattern() {
    this.formatted = true;
  }

  clearFormatters() {
    this.formatted = false;
  }

  flush() {}

  drop() {}
}

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = (level) => {
  defaultLevel = level;
};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
