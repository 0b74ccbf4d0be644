import { formatMac } from '@netfold/addressing';

/**
 * What one decision makes up by chance, drawn in a fixed order from the command's `random`:
 * the same command on the same lab always draws the same.
 */
export type Draw = {
  /** 64 lowercase hex characters: ids of networks, containers, endpoints, sandboxes, execs. */
  hex64(): string;
  hex(length: number): string;
  /** 25 characters of base 36: ids that swarmkit makes. */
  swarmId(): string;
  /** A random MAC with the locally administered bit, unicast: veths, namespaces' bridges. */
  mac(): string;
  /** `02:42` and four random bytes: a bridge that the engine made. */
  bridgeMac(): string;
  /** `veth` and 7 hex characters. */
  vethName(): string;
  /** A number from `first` to `last`, both included. */
  between(first: number, last: number): number;
  /** `SWMTKN-1-` with the digest of the cluster and a secret, as swarmkit prints it. */
  joinToken(clusterDigest: string): string;
  /** `SWMKEY-1-` with 32 bytes of base 64 without padding, as swarmkit prints it. */
  unlockKey(): string;
  /** A SHA-256 digest as 50 characters of base 36. */
  digest(): string;
};

const wordBits = 32;
const swarmIdLength = 25;
const digestLength = 50;

/** @param random  hex characters; what is missing of 32 counts as zero */
export function drawOf(random: string): Draw {
  const next = generatorOf(random);
  const hex = (length: number): string => {
    let text = '';
    while (text.length < length) text += next().toString(16).padStart(8, '0');
    return text.slice(0, length);
  };
  const between = (first: number, last: number): number =>
    first + Math.floor((next() / 2 ** wordBits) * (last - first + 1));
  const mac = (): string => {
    const first = ((next() & 0xfc) | 0x02).toString(16).padStart(2, '0');
    return formatMac(first + hex(10));
  };
  return {
    hex64: () => idWithALetter(hex),
    hex,
    swarmId: () => inBase36(`8${hex(33)}`).slice(1, swarmIdLength + 1),
    mac,
    bridgeMac: () => formatMac(`0242${hex(8)}`),
    vethName: () => `veth${hex(7)}`,
    between,
    joinToken: (clusterDigest) =>
      `SWMTKN-1-${clusterDigest}-${inBase36(hex(32)).padStart(swarmIdLength, '0')}`,
    unlockKey: () => `SWMKEY-1-${inBase64(hex(64))}`,
    digest: () => inBase36(hex(64)).padStart(digestLength, '0'),
  };
}

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64DigitBits = 6;

/** Without padding; two bits of the last digit are zero where the bytes end within it. */
function inBase64(hex: string): string {
  const bits = Array.from(hex)
    .map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'))
    .join('');
  const digits = Math.ceil(bits.length / base64DigitBits);
  const padded = bits.padEnd(digits * base64DigitBits, '0');
  return Array.from({ length: digits }, (_, index) => {
    const from = index * base64DigitBits;
    return base64Digits[Number.parseInt(padded.slice(from, from + base64DigitBits), 2)];
  }).join('');
}

function inBase36(hex: string): string {
  return BigInt(`0x${hex}`).toString(36);
}

/** Docker draws again when the short id is all digits: it would be read as a number. */
function idWithALetter(hex: (length: number) => string): string {
  for (;;) {
    const id = hex(64);
    if (/[a-f]/.test(id.slice(0, 12))) return id;
  }
}

/** xoshiro128** (Blackman and Vigna, 2018): 32-bit numbers only. */
function generatorOf(random: string): () => number {
  const state = seedOf(random);
  return () => {
    const result = Math.imul(rotated(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotated(state[3], 11);
    return result;
  };
}

/** Every word of the state depends on every bit of the seed, and no two seeds give one state. */
function seedOf(random: string): [number, number, number, number] {
  const words = [0, 8, 16, 24].map((at) =>
    Number.parseInt(random.slice(at, at + 8).padEnd(8, '0'), 16),
  ) as [number, number, number, number];
  let last = 0;
  for (let step = 0; step < 2 * words.length; step += 1) {
    const place = step % words.length;
    last = splitmix32((words[place] ?? 0) ^ last);
    words[place] = last;
  }
  return words;
}

function rotated(word: number, places: number): number {
  return (word << places) | (word >>> (wordBits - places));
}

function splitmix32(seed: number): number {
  let word = (seed + 0x9e3779b9) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return word ^ (word >>> 15);
}
