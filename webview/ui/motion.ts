/** Whether movement is unwanted, by the system's setting or by VS Code's `workbench.reduceMotion`. */
export function reducedMotion(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    window.matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
