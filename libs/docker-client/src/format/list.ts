import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import { headerFunctions } from '../template/functions.ts';
import { goAny, goPointer, goString, goTexts } from '../template/go-value.ts';
import type { GoMethod, GoValue } from '../template/go-value.ts';
import { Template } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';
import { listLayout, tabulated } from './table.ts';

/** A column that templates may name. */
type Column<Row> = {
  /** What a table calls it; absent: it has no name there. */
  readonly header?: string;
  readonly value: (row: Row) => string | GoValue;
};

/** What a list command can print. */
export type ListFormat<Row> = {
  /** Go's type of a row, as complaints name it: `*network.networkContext`. */
  readonly context: string;
  /** By the names that templates use; all of them, `{{json .}}` prints each. */
  readonly columns: Readonly<Record<string, Column<Row>>>;
  /** What `--format table` and none at all stand for: `table {{.ID}}\t{{.Name}}`. */
  readonly table: string;
  /** The same with `--quiet`; absent: `{{.ID}}`. */
  readonly quiet?: string;
  /** What `--format raw` stands for; absent: the word itself. */
  readonly raw?: string;
  readonly rawQuiet?: string;
  /** What `{{.Label "name"}}` finds. */
  readonly labels?: (row: Row) => Readonly<Record<string, string>>;
  /** The fields of the client's own value, which `{{.}}` prints; absent: it is refused. */
  readonly inside?: (row: Row) => readonly GoValue[];
};

/** What each of those values begins with: it holds the headers, and has none here. */
export const noHeader: GoValue = {
  kind: 'struct',
  type: 'formatter.HeaderContext',
  fields: new Map([['Header', goAny(null)]]),
};

/**
 * Prints rows as `--format` and `--quiet` of the line say.
 *
 * @throws ClientError where the format cannot be played
 */
export const printList = <Row>(
  { flags, out }: Pick<CommandCall, 'flags' | 'out'>,
  format: ListFormat<Row>,
  rows: readonly Row[],
): void => {
  const wanted = flags.text('format') === '' ? 'table' : flags.text('format');
  out.print(listText(format, formatNamed(format, wanted, flags.isOn('quiet')), rows));
};

/** What `table`, `raw` or a format of one's own stand for. */
export const formatNamed = (
  { table, quiet = '{{.ID}}', raw, rawQuiet }: ListFormat<never>,
  source: string,
  isQuiet: boolean,
): string => {
  if (source === 'table') return isQuiet ? quiet : table;
  if (source !== 'raw' || raw === undefined) return source;
  return isQuiet ? (rawQuiet ?? raw) : raw;
};

/**
 * @param source  with the word `table` before it: a table with headers
 * @source docker/cli v20.10 cli/command/formatter/formatter.go
 */
export const listText = <Row>(
  format: ListFormat<Row>,
  source: string,
  rows: readonly Row[],
): string => {
  const isTable = source.startsWith('table');
  const text = unescapedFormat(source);
  const template = parsedTemplate(text, 'template parsing error');
  const lines = rows.map((row) => {
    const { text: line, problem } = template.printed(contextOf(format, row));
    if (problem !== null) throw new ClientError(`template parsing error: ${problem}`);
    return `${line}\n`;
  });
  if (!isTable) return lines.join('');
  const { text: header } = template.printed(headerOf(format), { functions: headerFunctions });
  return tabulated(`${header}\n${lines.join('')}`, listLayout);
};

/** A format without the word `table`, its `\\t` and `\\n` what they stand for. */
export const unescapedFormat = (source: string): string =>
  (source.startsWith('table') ? source.slice('table'.length) : source)
    .replace(/^ +| +$/g, '')
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n');

/** @throws ClientError with that before Go's words */
export const parsedTemplate = (text: string, problem: string, exitCode = 1): Template => {
  try {
    return new Template(text);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new ClientError(`${problem}: ${error.message}`, exitCode);
  }
};

/** A row as templates see it. */
export const contextOf = <Row>(
  { context, columns, labels, inside }: ListFormat<Row>,
  row: Row,
): GoValue => {
  const methods: Record<string, GoMethod> = {};
  for (const [name, { value }] of Object.entries(columns)) {
    methods[name] = {
      takes: [],
      call: () => {
        const found = value(row);
        return typeof found === 'string' ? goString(found) : found;
      },
    };
  }
  if (labels !== undefined) methods['Label'] = labelOf(labels(row));
  return goPointer({
    kind: 'struct',
    type: context.replace(/^\*/, ''),
    fields: new Map(),
    methods,
    ...(inside === undefined ? {} : { inside: () => inside(row) }),
  });
};

const labelOf = (labels: Readonly<Record<string, string>>): GoMethod => ({
  takes: ['string'],
  call: ([name]) => goString(name?.kind === 'string' ? (labels[name.value] ?? '') : ''),
});

const headerOf = <Row>({ columns }: ListFormat<Row>): GoValue => {
  const named = Object.entries(columns).flatMap(([name, { header }]) =>
    header === undefined ? [] : [[name, header] as const],
  );
  const texts = goTexts(Object.fromEntries(named), 'formatter.SubHeaderContext');
  return texts.kind === 'map' ? { ...texts, methods: { Label: headerLabel } } : texts;
};

/** The last part of a label's name, its words apart. */
const headerLabel: GoMethod = {
  takes: ['string'],
  call: ([name]) => {
    const text = name?.kind === 'string' ? name.value : '';
    return goString((text.split('.').at(-1) ?? '').replaceAll(/[-_]/g, ' '));
  },
};
