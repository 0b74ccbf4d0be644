const ipv4 = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

/**
 * An address as it is printed; `null`: it is none.
 *
 * @source Go net ParseIP and IP.String
 */
export const canonicalIp = (text: string): string | null => {
  if (!text.includes(':')) return isIpv4(text) ? text : null;
  const groups = groupsOf(text);
  if (groups === null) return null;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  }
  return shortest(groups);
};

const isIpv4 = (text: string): boolean => {
  const found = ipv4.exec(text);
  return found !== null && found.slice(1).every((part) => Number(part) <= 255);
};

const groupsOf = (text: string): readonly number[] | null => {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : numbersOf(half.split(':'))));
  if (head === undefined || head === null || tail === null) return null;
  if (tail === undefined) return head.length === 8 ? head : null;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? null : [...head, ...Array.from({ length: missing }, () => 0), ...tail];
};

const numbersOf = (words: readonly string[]): readonly number[] | null => {
  const numbers: number[] = [];
  for (const [at, word] of words.entries()) {
    if (at === words.length - 1 && isIpv4(word)) {
      const [a = 0, b = 0, c = 0, d = 0] = word.split('.').map(Number);
      numbers.push((a << 8) + b, (c << 8) + d);
    } else if (/^[\da-f]{1,4}$/i.test(word)) {
      numbers.push(Number.parseInt(word, 16));
    } else {
      return null;
    }
  }
  return numbers;
};

/** The first longest run of two or more zeroes is left out. RFC 5952 §4.2 */
const shortest = (groups: readonly number[]): string => {
  let run = { start: -1, length: 1 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > run.length) run = { start, length };
  }
  const words = groups.map((group) => group.toString(16));
  if (run.start < 0) return words.join(':');
  const head = words.slice(0, run.start).join(':');
  return `${head}::${words.slice(run.start + run.length).join(':')}`;
};
