/** Stands in for VS Code's native watchdog: a process whose parent is gone ends itself. */
let timer;

exports.start = (pid) => {
  if (timer) return;
  timer = setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(1);
    }
  }, 5000);
  timer.unref();
};
