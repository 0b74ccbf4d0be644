/**
 * JSON as iproute2 writes it: one line, or with `-p` four blanks per level.
 * A list of objects stands in pretty form as `[ {` and `},{`.
 */
export const jsonText = (value: readonly unknown[], isPretty: boolean): string => {
  if (!isPretty) return `${JSON.stringify(value)}\n`;
  if (value.length === 0) return '[ ]\n';
  const inner = value.map((one) => pretty(one, 1)).join(',');
  return `[ ${inner} ]\n`;
};

const pretty = (value: unknown, level: number): string => {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[ ]';
    const isFlat = value.every((one) => typeof one !== 'object');
    if (isFlat) return `[ ${value.map((one) => JSON.stringify(one)).join(',')} ]`;
    return `[ ${value.map((one) => pretty(one, level + 1)).join(',')} ]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pad = '    '.repeat(level + 1);
  const members = Object.entries(value).map(
    ([key, one]) => `${pad}${JSON.stringify(key)}: ${pretty(one, level + 1)}`,
  );
  return `{\n${members.join(',\n')}\n${'    '.repeat(level)}}`;
};
