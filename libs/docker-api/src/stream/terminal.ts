import { StringDecoder } from 'node:string_decoder';
import type { HijackedStream } from './hijack.ts';

/** What a line came to: whether the session is over, and with which status. */
type LineEnd = { readonly exited: number | null };

/** Runs one line; what it prints goes to the terminal as it comes. */
export type LineRunner = (line: string, interrupted: AbortSignal) => Promise<LineEnd>;

const lineLengthMax = 4_096;
const historyMax = 200;

const keys = {
  interrupt: '\u0003',
  endOfInput: '\u0004',
  backspace: '\b',
  delete: '\u007f',
  killLine: '\u0015',
  escape: '\u001b',
};

/** What follows the escape of a key of several bytes: arrows and the like. */
const escapeForm = /^(\[[0-9;]*[A-Za-z~]|O[A-Z])/;

/** The whole key at the beginning of what was typed. */
const firstKey = (typed: string): string => {
  if (!typed.startsWith(keys.escape)) return typed.charAt(0);
  return keys.escape + (escapeForm.exec(typed.slice(1))?.[0] ?? '');
};

/**
 * The terminal end of an interactive shell: echo, line editing, history, Ctrl-C and Ctrl-D. It
 * holds one line at a time; what is typed while a line runs waits for its end.
 *
 * reading --Enter--> running --end of the line--> reading; Ctrl-C leaves `running` early;
 * `exit`, Ctrl-D on an empty line and the client's leaving end it.
 */
export class Terminal {
  readonly #stream: HijackedStream;
  readonly #prompt: () => string;
  readonly #run: LineRunner;
  readonly #decoder = new StringDecoder('utf8');
  readonly #history: string[] = [];
  #historyAt = 0;
  #line = '';
  #pending = '';
  #running: AbortController | null = null;
  #finish: (exitCode: number) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;

  constructor(stream: HijackedStream, prompt: () => string, run: LineRunner) {
    this.#stream = stream;
    this.#prompt = prompt;
    this.#run = run;
  }

  /**
   * Serves the session until it ends.
   *
   * @returns the shell's exit status, or `null` when the client left
   */
  serve(): Promise<number | null> {
    return new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
      this.#stream.closed.addEventListener('abort', () => {
        this.#running?.abort();
        resolve(null);
      });
      this.#show(this.#prompt());
      this.#stream.onInput((chunk) => this.#take(this.#decoder.write(chunk)));
    });
  }

  #show(text: string): void {
    this.#stream.write('stdout', text);
  }

  #take(text: string): void {
    this.#pending += text;
    if (this.#running !== null && this.#pending.includes(keys.interrupt)) {
      this.#pending = this.#pending.slice(this.#pending.indexOf(keys.interrupt) + 1);
      this.#show('^C');
      this.#running.abort();
      return;
    }
    while (this.#running === null && this.#pending !== '') this.#key();
  }

  #key(): void {
    const key = firstKey(this.#pending);
    this.#pending = this.#pending.slice(key.length);
    if (key.startsWith(keys.escape)) this.#arrow(key);
    else if (key === '\r' || key === '\n') this.#enter();
    else if (key === keys.interrupt) this.#restart('^C\n');
    else if (key === keys.endOfInput) this.#endOfInput();
    else if (key === keys.backspace || key === keys.delete) this.#erase(1);
    else if (key === keys.killLine) this.#erase(this.#line.length);
    else if (key >= ' ' && this.#line.length < lineLengthMax) {
      this.#line += key;
      this.#show(key);
    }
  }

  #endOfInput(): void {
    if (this.#line !== '') return;
    this.#show('\n');
    this.#finish(0);
  }

  #erase(count: number): void {
    const erased = Math.min(count, this.#line.length);
    this.#line = this.#line.slice(0, this.#line.length - erased);
    this.#show('\b \b'.repeat(erased));
  }

  /** Up and down go through the history; the other keys of that kind do nothing. */
  #arrow(key: string): void {
    const step = key.endsWith('A') ? -1 : key.endsWith('B') ? 1 : 0;
    const next = this.#historyAt + step;
    if (step === 0 || next < 0 || next > this.#history.length) return;
    this.#historyAt = next;
    this.#erase(this.#line.length);
    this.#line = this.#history[next] ?? '';
    this.#show(this.#line);
  }

  #restart(text: string): void {
    this.#line = '';
    this.#historyAt = this.#history.length;
    this.#show(text + this.#prompt());
  }

  #enter(): void {
    const line = this.#line;
    this.#show('\n');
    if (line.trim() === '') {
      this.#restart('');
      return;
    }
    this.#history.push(line);
    if (this.#history.length > historyMax) this.#history.shift();
    const running = new AbortController();
    this.#running = running;
    this.#run(line, running.signal)
      .then(({ exited }) => this.#ended(exited, running.signal.aborted))
      .catch((error: unknown) => this.#fail(error));
  }

  #ended(exited: number | null, isInterrupted: boolean): void {
    this.#running = null;
    if (exited !== null) {
      this.#finish(exited);
      return;
    }
    this.#restart(isInterrupted ? '\n' : '');
    this.#take('');
  }
}
