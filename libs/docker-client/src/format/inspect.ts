import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import { refusalOf } from '../command/each.ts';
import { decoded, encoded, rawJson } from '../template/go-json.ts';
import { indented } from '../template/json-text.ts';
import type { Template } from '../template/template.ts';
import { parsedTemplate } from './list.ts';

/** An object that was asked for: its JSON, and the Go type that it is read into. */
export type Inspected = {
  readonly raw: string;
  readonly type: string;
  /** The client forgets the text: a template finds what the type has, and nothing else. */
  readonly isTypeAll?: true;
};

const malformedExitCode = 64;

/**
 * Prints objects as `--format` says: as JSON, or each through a template. Those that are not found
 * are told at the end.
 *
 * @param find  asks for one; throws ClientError where it is refused
 * @source docker/cli v20.10 cli/command/inspect/inspector.go
 */
export const printInspect = (
  { flags, out }: Pick<CommandCall, 'flags' | 'out'>,
  refs: readonly string[],
  find: (ref: string) => Inspected,
): void => {
  const format = flags.text('format');
  const template =
    format === '' ? null : parsedTemplate(format, 'template parsing error', malformedExitCode);
  const problems: string[] = [];
  const found: string[] = [];
  for (const ref of refs) {
    try {
      const object = find(ref);
      found.push(template === null ? jsonOf(object) : textOf(template, object));
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      problems.push(error.message);
    }
  }
  const lines = found.map((text) => `${text}\n`).join('');
  if (template !== null) out.print(lines === '' ? '\n' : lines);
  else out.line(found.length === 0 ? '[]' : indented(`[${found.join(',')}]`));
  if (problems.length > 0) throw new ClientError(problems.join('\n'));
};

/** As the engine wrote it, or as the client writes what it read. */
const jsonOf = ({ raw, type, isTypeAll }: Inspected): string =>
  isTypeAll ? encoded(decoded(raw, type), true) : raw;

/** First as the type that the client knows, and where that fails as plain JSON. */
const textOf = (template: Template, { raw, type, isTypeAll }: Inspected): string => {
  const typed = template.printed(decoded(raw, type));
  if (typed.problem === null) return typed.text;
  if (isTypeAll) throw new ClientError(`template parsing error: ${typed.problem}`);
  const plain = template.printed(rawJson(raw), { isStrict: true });
  if (plain.problem !== null) throw new ClientError(`template parsing error: ${plain.problem}`);
  return plain.text;
};

/**
 * The JSON of one object.
 *
 * @param path  of the request, with its query
 * @param object  what it is called where there is none: `network`
 * @throws ClientError
 * @source docker/cli v20.10 vendor/github.com/docker/docker/client/errors.go wrapResponseError
 */
export const inspectBody = (
  { engine }: Pick<CommandCall, 'engine'>,
  path: string,
  { object, ref }: { readonly object: string; readonly ref: string },
): string => {
  // An empty name would ask for the list.
  if (ref === '') throw new ClientError(`Error: No such ${object}: `);
  const reply = engine.reply({ method: 'GET', path });
  if (reply.status >= 400) throw new ClientError(refusalOf(reply, object, ref));
  return reply.text;
};
