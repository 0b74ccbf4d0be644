import { EngineError } from '../http/engine-error.ts';
import { healthcheckIn } from './healthcheck.ts';
import type { Instruction } from './instruction.ts';

const known: ReadonlySet<string> = new Set(
  (
    'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL ' +
    'STOPSIGNAL USER VOLUME WORKDIR'
  ).split(' '),
);
const withFlags: ReadonlySet<string> = new Set(['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN']);

/** `["a", "b"]`, as Docker takes it: anything else is a text for a shell. */
function listOf(text: string): readonly string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(text);
    const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
    return isList ? value : null;
  } catch {
    return null;
  }
}

/** Lines with what continues them: `\` or the escape of the directive at the end. */
function joinedLines(text: string): readonly { readonly line: number; readonly text: string }[] {
  const escape = /^\s*#\s*escape\s*=\s*`/im.test(text.split('\n', 1)[0] ?? '') ? '`' : '\\';
  const joined: { line: number; text: string }[] = [];
  let open: { line: number; text: string } | null = null;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    if (/^\s*#/.test(raw)) continue;
    if (open !== null && raw.trim() === '') continue;
    const isOpen = raw.trimEnd().endsWith(escape);
    const own: string = isOpen ? raw.trimEnd().slice(0, -1) : raw;
    const line: { line: number; text: string } =
      open === null ? { line: at + 1, text: own.trimStart() } : open;
    if (open !== null) line.text += own;
    if (isOpen) open = line;
    else {
      open = null;
      if (line.text.trim() !== '') joined.push({ ...line, text: line.text.trim() });
    }
  }
  if (open !== null && open.text.trim() !== '') joined.push({ ...open, text: open.text.trim() });
  return joined;
}

/**
 * The instructions of a Dockerfile.
 *
 * @throws EngineError with the parser's own words
 * @source moby/buildkit frontend/dockerfile/parser/parser.go, as moby v20.10 has it
 */
export function parseDockerfile(text: string): readonly Instruction[] {
  const lines = joinedLines(text);
  if (lines.length === 0) {
    throw new EngineError('invalidParameter', 'file with no instructions');
  }
  return lines.map(({ line, text: all }) => {
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(all) ?? [];
    const name = word.toUpperCase();
    if (!known.has(name)) {
      const message = `dockerfile parse error line ${line}: unknown instruction: ${name}`;
      throw new EngineError('invalidParameter', message);
    }
    if (rest === '') {
      const message = `dockerfile parse error line ${line}: ${name} requires at least one argument`;
      throw new EngineError('invalidParameter', message);
    }
    const instruction = { name, text: `${name} ${rest}`, ...parted(withFlags.has(name), rest) };
    const health = name === 'HEALTHCHECK' ? healthcheckIn(instruction) : null;
    if (health !== null && 'problem' in health) {
      const message = `dockerfile parse error line ${line}: ${health.problem}`;
      throw new EngineError('invalidParameter', message);
    }
    return instruction;
  });
}

function parted(hasFlags: boolean, text: string): Pick<Instruction, 'rest' | 'list' | 'flags'> {
  const flags: (readonly [string, string | null])[] = [];
  let rest = text;
  for (;;) {
    const found = hasFlags ? /^--([a-z-]+)(?:=(\S*))?\s+/.exec(rest) : null;
    if (found === null) return { rest, list: listOf(rest), flags };
    flags.push([found[1] ?? '', found[2] ?? null]);
    rest = rest.slice(found[0].length);
  }
}

/** Words between blanks; quotes hold them together and are taken away. */
export function wordsOf(text: string): readonly string[] {
  const found = text.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g) ?? [];
  return found.map((word) =>
    word.replaceAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double, single, escaped) =>
      String(double ?? single ?? escaped ?? ''),
    ),
  );
}

/** `A=1 B="x y"`, or the old `A the rest`. */
export function pairsOf(text: string): readonly (readonly [string, string])[] {
  const words = wordsOf(text);
  if (!(words[0] ?? '').includes('=')) {
    const [, name = '', value = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
    return [[name, value]];
  }
  return words.map((word) => {
    const at = word.indexOf('=');
    return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
  });
}

/** `$A`, `${A}`, `${A:-else}` and `${A:+then}` by what is known; `\$` stays a dollar. */
export function substituted(text: string, variables: ReadonlyMap<string, string>): string {
  const pattern = /\\\$|\$(?:\w+|\{\w+(?::[-+][^}]*)?\})/g;
  return text.replaceAll(pattern, (found) => {
    if (found === '\\$') return '$';
    const [, name = '', sign, word = ''] = /^\$\{?(\w+)(?::([-+])([^}]*))?/.exec(found) ?? [];
    const value = variables.get(name) ?? '';
    if (sign === '-') return value === '' ? word : value;
    if (sign === '+') return value === '' ? '' : word;
    return value;
  });
}
