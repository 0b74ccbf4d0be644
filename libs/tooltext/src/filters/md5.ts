/** @source RFC 1321 §3.4 */
const shifts = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

const table = Array.from({ length: 64 }, (_, at) =>
  Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32),
);

const blockBytes = 64;

/** The MD5 of bytes, 32 lowercase hex characters. */
export const md5 = (bytes: readonly number[]): string => {
  const padding = (blockBytes * 2 - 9 - (bytes.length % blockBytes)) % blockBytes;
  const zeros = Array.from({ length: padding }, () => 0);
  const bits = bytes.length * 8;
  const length = Array.from({ length: 8 }, (_, at) => Math.floor(bits / 2 ** (8 * at)) % 256);
  const all = [...bytes, 128, ...zeros, ...length];
  let state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let start = 0; start < all.length; start += blockBytes) state = block(state, all, start);
  return state.map(littleEndian).join('');
};

type State = readonly [number, number, number, number];

const block = (before: State, bytes: readonly number[], start: number): State => {
  const words = Array.from({ length: 16 }, (_, at) =>
    [0, 1, 2, 3].reduce((word, byte) => {
      const value = bytes[start + at * 4 + byte] ?? 0;
      return (word | (value << (8 * byte))) >>> 0;
    }, 0),
  );
  let [a, b, c, d] = before;
  for (let at = 0; at < 64; at += 1) {
    const round = Math.floor(at / 16);
    const [mixed, place] = mix(round, at, [b, c, d]);
    const sum = (a + mixed + (table[at] ?? 0) + (words[place] ?? 0)) >>> 0;
    const by = shifts[round]?.[at % 4] ?? 0;
    const turned = ((sum << by) | (sum >>> (32 - by))) >>> 0;
    [a, d, c, b] = [d, c, b, (b + turned) >>> 0];
  }
  return [
    (before[0] + a) >>> 0,
    (before[1] + b) >>> 0,
    (before[2] + c) >>> 0,
    (before[3] + d) >>> 0,
  ];
};

const mix = (
  round: number,
  at: number,
  [b, c, d]: readonly [number, number, number],
): readonly [value: number, place: number] => {
  if (round === 0) return [(b & c) | (~b & d), at];
  if (round === 1) return [(d & b) | (~d & c), (5 * at + 1) % 16];
  if (round === 2) return [b ^ c ^ d, (3 * at + 5) % 16];
  return [c ^ (b | ~d), (7 * at) % 16];
};

const littleEndian = (word: number): string =>
  [0, 8, 16, 24].map((by) => ((word >>> by) & 255).toString(16).padStart(2, '0')).join('');
