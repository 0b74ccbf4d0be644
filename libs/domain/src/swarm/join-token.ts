/** What a join token says: which cluster, and a secret that tells the role. */
export type JoinToken = { readonly clusterDigest: string; readonly secret: string };

const digestLength = 50;
const secretLength = 25;

/**
 * Reads `SWMTKN-1-<digest of the cluster>-<secret>`.
 *
 * @source swarmkit ca/config.go ParseJoinToken
 */
export function parseJoinToken(text: string): JoinToken | null {
  const parts = text.split('-');
  const [word, version, flag] = parts;
  const isFirst = version === '1' && parts.length === 4;
  const isSecond = version === '2' && parts.length === 5 && (flag === '0' || flag === '1');
  if (word !== 'SWMTKN' || !(isFirst || isSecond)) return null;
  const secret = parts.at(-1) ?? '';
  const clusterDigest = parts.at(-2) ?? '';
  const hasLengths = clusterDigest.length === digestLength && secret.length === secretLength;
  return hasLengths ? { clusterDigest, secret } : null;
}

/**
 * The cluster's digest as swarmkit prints it in an error: 64 hex characters, or more if it
 * is none.
 */
export function digestHex(clusterDigest: string): string {
  let value = 0n;
  for (const character of clusterDigest)
    value = value * 36n + BigInt(Number.parseInt(character, 36));
  return value.toString(16).padStart(64, '0');
}
