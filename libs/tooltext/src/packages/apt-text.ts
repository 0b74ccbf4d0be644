import type { DebianPackage } from '@netfold/domain';

const stepBytes = 1_000;
const prefixes = ['', 'k', 'M', 'G'];

/** `8808 B`, `47.2 kB`, `1046 kB`, `12.2 MB`. @source apt apt-pkg/contrib/strutl.cc SizeToStr */
export const sizeText = (bytes: number): string => {
  let size = bytes;
  for (const prefix of prefixes) {
    if (size < 100 && prefix !== '') return `${size.toFixed(1)} ${prefix}B`;
    if (size < 10_000) return `${size.toFixed(0)} ${prefix}B`;
    size /= stepBytes;
  }
  return `${size.toFixed(0)} TB`;
};

/** Where apt breaks its lists of names. */
const widthMax = 79;

/** A title, and names below it, or nothing where there are none. */
export const nameList = (title: string, names: readonly string[]): string => {
  if (names.length === 0) return '';
  const rows: string[] = [];
  let row = ' ';
  for (const name of names) {
    if (row !== ' ' && row.length + 1 + name.length > widthMax) {
      rows.push(row);
      row = ' ';
    }
    row += ` ${name}`;
  }
  return `${title}\n${[...rows, row].join('\n')}\n`;
};

/** The lab's links have no length: a rate as one of these programs prints it on a fast one. */
const bytesPerSecond = 10_000_000;

export const fetchedLine = (bytes: number): string =>
  `Fetched ${sizeText(bytes)} in 0s (${sizeText(bytesPerSecond)}/s)`;

/** `libssl3:amd64` */
export const dpkgName = ({ name, isMultiArch, architecture }: DebianPackage): string =>
  isMultiArch && architecture !== 'all' ? `${name}:${architecture}` : name;
