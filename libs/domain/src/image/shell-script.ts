/** More would not be a line that somebody typed. */
const commandsMax = 200;

/**
 * The simple commands of a `sh -c` line, in order, each as words; `null` when the line has a form
 * that decides by itself what runs (loops, conditions, pipes).
 */
export function simpleCommands(script: string): readonly (readonly string[])[] | null {
  if (/[|`$<>(){}]|(?:^|[;&\s])(?:while|until|for|if|case)\s/.test(script)) return null;
  const lines = script.split(/;|&&|\n/).map((line) => line.trim());
  if (lines.length > commandsMax || lines.some((line) => line.includes('&'))) return null;
  return lines.filter((line) => line !== '').map(words);
}

/** Splits at blanks; quotes keep blanks together and go. */
export function words(line: string): readonly string[] {
  const found = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return found.map((word) => word.replaceAll(/["']/g, ''));
}

/** The script of `sh -c SCRIPT` (also `bash -c`, `/bin/sh -ec`); `null` for anything else. */
export function scriptOf(argv: readonly string[]): string | null {
  const [program = '', option = '', script] = argv;
  if (!isShell(program) || !/^-[a-z]*c$/.test(option)) return null;
  return script ?? null;
}

export function isShell(program: string): boolean {
  return /^(?:\/(?:usr\/)?bin\/)?(?:sh|bash|ash|zsh)$/.test(program);
}
