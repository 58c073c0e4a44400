/**
 * One kind of line end in text that an editor only gets from the engine. An editor makes mixed line ends equal when it
 * opens a text, which would shift every place behind them; text with line feeds alone it leaves as it is.
 */

/** For the pieces of one text, in order; they may be cut anywhere. */
export class LineFeeds {
  #afterReturn = false;

  next(piece: string): string {
    if (piece === '') return '';
    // The return before stands for the whole line end already.
    const text = this.#afterReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    this.#afterReturn = piece.endsWith('\r');
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  }
}
