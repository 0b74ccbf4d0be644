/** One command that a document shows, and the lines that it says are printed. */
export type ConsoleStep = { readonly command: string; readonly output: string };

/**
 * The steps of the first ```` ```console ```` block of a document: `$ ` begins a command, what
 * follows up to the next one is its output.
 *
 * @throws when the document has no such block
 */
export function consoleSteps(markdown: string): readonly ConsoleStep[] {
  const block = /^```console\n(?<text>[^]*?)^```$/m.exec(markdown)?.groups?.['text'];
  if (block === undefined) throw new Error('the document has no console block');
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const end = step.indexOf('\n');
      return { command: step.slice(0, end), output: step.slice(end + 1) };
    });
}

/** Whether a printed text is the one shown, where `…` stands for anything within a line. */
export function isAsShown(shown: string, printed: string): boolean {
  return new RegExp(`^${patternOf(shown)}$`).test(printed);
}

/**
 * Fills the `…` in the words of a command with what was printed before, as the reader of the
 * document would.
 *
 * @throws when nothing printed fits such a word
 */
export function filled(command: string, printed: string): string {
  return command.replaceAll(/[^\s=]*…[^\s=]*/g, (word) => {
    const found = printed.split(/[\s=]+/).find((each) => isAsShown(word, each));
    if (found === undefined) throw new Error(`nothing printed so far looks like \`${word}\``);
    return found;
  });
}

const patternOf = (shown: string): string =>
  shown
    .split('…')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
