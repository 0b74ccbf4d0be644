/** A bar on a terminal is drawn again so often. */
const redrawMs = 100;
const width = 30;

/** Shows how far a long job is; on anything but a terminal only its end is printed. */
export class ProgressBar {
  readonly #stream: NodeJS.WriteStream;
  readonly #what: string;
  #drawnAt = 0;

  constructor(what: string, stream: NodeJS.WriteStream = process.stderr) {
    this.#what = what;
    this.#stream = stream;
  }

  show(done: number, of: number, note = ''): void {
    const now = performance.now();
    if (!this.#stream.isTTY || (now - this.#drawnAt < redrawMs && done < of)) return;
    this.#drawnAt = now;
    const share = of === 0 ? 1 : Math.min(done / of, 1);
    const full = Math.round(share * width);
    const bar = '█'.repeat(full).padEnd(width, '·');
    this.#stream.write(`\r${this.#what} ${bar} ${Math.floor(share * 100)} % ${note}\u001B[K`);
  }

  end(): void {
    if (this.#stream.isTTY) this.#stream.write('\n');
  }
}
