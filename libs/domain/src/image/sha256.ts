const roundConstants = primeFractions(64, 1 / 3);
const initialState = primeFractions(8, 1 / 2);
const blockLength = 64;

/**
 * SHA-256 of a text, as 64 lowercase hex characters: image ids and digests look and behave like
 * the engine's, and the same row has the same id in every lab. Not for secrets.
 *
 * @source FIPS 180-4 §6.2
 */
export function sha256(text: string): string {
  const message = paddedMessage(text);
  const state = Uint32Array.from(initialState);
  const schedule = new Uint32Array(blockLength);
  for (let at = 0; at < message.length; at += blockLength) {
    expandBlock(message, at, schedule);
    compress(state, schedule);
  }
  return [...state].map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** The first 32 bits of the fractional parts of the roots of the first primes. */
function primeFractions(count: number, exponent: number): readonly number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes.map((prime) => {
    const root = prime ** exponent;
    return ((root - Math.floor(root)) * 2 ** 32) >>> 0;
  });
}

function paddedMessage(text: string): Uint8Array {
  const bytes = utf8(text);
  const length = Math.ceil((bytes.length + 9) / blockLength) * blockLength;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  new DataView(padded.buffer).setUint32(length - 4, bytes.length * 8);
  return padded;
}

/** The core knows no TextEncoder: it is a web API. */
function utf8(text: string): readonly number[] {
  const escaped = encodeURIComponent(text.toWellFormed());
  const bytes: number[] = [];
  for (let at = 0; at < escaped.length; at += 1) {
    if (escaped[at] !== '%') {
      bytes.push(escaped.charCodeAt(at));
      continue;
    }
    bytes.push(Number.parseInt(escaped.slice(at + 1, at + 3), 16));
    at += 2;
  }
  return bytes;
}

function expandBlock(message: Uint8Array, at: number, schedule: Uint32Array): void {
  const view = new DataView(message.buffer);
  for (let index = 0; index < 16; index += 1) schedule[index] = view.getUint32(at + index * 4);
  for (let index = 16; index < blockLength; index += 1) {
    const near = word(schedule, index - 2);
    const far = word(schedule, index - 15);
    const small0 = rotated(far, 7) ^ rotated(far, 18) ^ (far >>> 3);
    const small1 = rotated(near, 17) ^ rotated(near, 19) ^ (near >>> 10);
    schedule[index] = word(schedule, index - 16) + small0 + word(schedule, index - 7) + small1;
  }
}

function compress(state: Uint32Array, schedule: Uint32Array): void {
  const work = Uint32Array.from(state);
  for (let index = 0; index < blockLength; index += 1) {
    const [a, b, c] = [word(work, 0), word(work, 1), word(work, 2)];
    const [e, f, g] = [word(work, 4), word(work, 5), word(work, 6)];
    const big1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const choice = (e & f) ^ (~e & g);
    const constant = roundConstants[index] ?? 0;
    const first = word(work, 7) + big1 + choice + constant + word(schedule, index);
    const big0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    work.copyWithin(1, 0, 7);
    work[4] = word(work, 4) + first;
    work[0] = first + big0 + majority;
  }
  for (let index = 0; index < state.length; index += 1) {
    state[index] = word(state, index) + word(work, index);
  }
}

function word(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function rotated(value: number, places: number): number {
  return (value >>> places) | (value << (32 - places));
}
