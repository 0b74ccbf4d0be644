import { readCommaList } from '../value/comma-list.ts';
import { ValueProblem, checkedBy } from '../value/value-problem.ts';

/** @throws ValueProblem @source docker/cli v20.10 opts/opts.go FilterOpt.Set */
const readFilter = (text: string): void => {
  if (text !== '' && !text.includes('=')) {
    throw new ValueProblem('bad format of filter (expected name=value)');
  }
};

/** @throws ValueProblem @source docker/cli v20.10 opts/opts.go ValidateLabel */
const readLabel = (text: string): void => {
  const name = (text.split('=')[0] ?? '').replace(/^[ \t]+/, '');
  if (name === '') throw new ValueProblem(`invalid label '${text}': empty name`);
  if (/[ \t]/.test(name)) throw new ValueProblem(`label '${name}' contains whitespaces`);
};

const readLink = (text: string): void => {
  if (text === '') throw new ValueProblem('empty string specified for links');
  if (text.split(':').length > 2) throw new ValueProblem(`bad format for links: ${text}`);
};

export const filterProblem = checkedBy(readFilter);
export const labelProblem = checkedBy(readLabel);
export const linkProblem = checkedBy(readLink);
export const commaListProblem = checkedBy((text) => readCommaList([text]));
