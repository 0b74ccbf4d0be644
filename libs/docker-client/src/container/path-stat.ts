import type { EngineReply } from '../engine-call.ts';

/** What the engine says of a path in a container. */
export type PathStat = {
  /** Bits of Go's `os.FileMode`. */
  readonly mode: number;
  readonly linkTarget: string;
};

/** Bits of Go's `os.FileMode`. @source Go io/fs fs.go */
const bits = { directory: 31, symlink: 27, device: 26, irregular: 19 } as const;

export const isKind = ({ mode }: PathStat, kind: keyof typeof bits): boolean =>
  Math.floor(mode / 2 ** bits[kind]) % 2 === 1;

/** `null`: there is nothing. @source docker/docker client/container_copy.go */
export const pathStatOf = ({ status, pathStat }: EngineReply): PathStat | null =>
  status >= 400 || pathStat === undefined ? null : (JSON.parse(decoded(pathStat)) as PathStat);

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A text of base64. RFC 4648 §4 */
const decoded = (text: string): string => {
  const binary = text.replaceAll(/./g, (letter) =>
    letter === '=' ? '' : letters.indexOf(letter).toString(2).padStart(6, '0'),
  );
  const bytes = binary.match(/[01]{8}/g) ?? [];
  const escapes = bytes.map((byte) => `%${Number.parseInt(byte, 2).toString(16).padStart(2, '0')}`);
  return decodeURIComponent(escapes.join(''));
};
