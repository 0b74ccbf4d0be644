import { ValueProblem } from './value-problem.ts';

/**
 * The fields of one line of comma-separated values.
 *
 * @throws ValueProblem
 * @source Go encoding/csv Reader.Read
 */
export const readRecord = (text: string): readonly string[] => {
  const [line = ''] = text.replace(/^\n+/, '').split('\n');
  if (line === '') throw new ValueProblem('EOF');
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const field = line[at] === '"' ? quotedAt(line, at) : plainAt(line, at);
    fields.push(field.text);
    if (field.end >= line.length) return fields;
    at = field.end + 1;
  }
};

type Field = { readonly text: string; /** Where its comma stands. */ readonly end: number };

const plainAt = (line: string, at: number): Field => {
  const comma = line.indexOf(',', at);
  const end = comma < 0 ? line.length : comma;
  const text = line.slice(at, end);
  const quote = text.indexOf('"');
  if (quote >= 0) throw problemAt(at + quote + 1, 'bare " in non-quoted-field');
  return { text, end };
};

const quotedAt = (line: string, start: number): Field => {
  let text = '';
  let at = start + 1;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote < 0) throw problemAt(line.length + 1, 'extraneous or missing " in quoted-field');
    text += line.slice(at, quote);
    const next = line[quote + 1];
    if (next === undefined || next === ',') return { text, end: quote + 1 };
    if (next !== '"') throw problemAt(quote + 1, 'extraneous or missing " in quoted-field');
    text += '"';
    at = quote + 2;
  }
};

const problemAt = (column: number, told: string): ValueProblem =>
  new ValueProblem(`parse error on line 1, column ${column}: ${told}`);
