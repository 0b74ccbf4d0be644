import { formatMac } from '@netfold/addressing';

/** FNV-1a over 32 bits. */
const hashOf = (text: string, start: number): number => {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
};

const hexWord = (value: number): string => value.toString(16).padStart(8, '0');

/** A locally administered unicast MAC that the same text always gives. */
export const macOf = (text: string): string => {
  const tail = hexWord(hashOf(text, 0x811c9dc5)) + hexWord(hashOf(text, 0x9747b28c));
  const first = ((Number.parseInt(tail.slice(0, 2), 16) & 0xfc) | 0x02).toString(16);
  return formatMac(first.padStart(2, '0') + tail.slice(2, 12));
};
