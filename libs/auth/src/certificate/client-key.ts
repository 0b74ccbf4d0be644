import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Longest public key that is looked at, characters: RSA of 4096 bits has 800. */
const textLengthMax = 4_096;

const rsaBitsMin = 2_048;
const rsaBitsMax = 4_096;
const curves: readonly (string | undefined)[] = ['prime256v1', 'secp384r1'];

/** What a client may ask a certificate for, as the fix of a refusal says it. */
export const clientKeyForms = 'EC on P-256 or P-384, or RSA of 2048 to 4096 bits';

/**
 * The public key of a client that wants a certificate.
 *
 * @param pem  SubjectPublicKeyInfo, `-----BEGIN PUBLIC KEY-----`
 * @returns its DER form; `null` for anything but a public key of a kind that TLS clients use
 */
export function clientKeyOf(pem: string): Buffer | null {
  if (pem.length > textLengthMax || !/^-----BEGIN PUBLIC KEY-----\s/.test(pem)) return null;
  let key: KeyObject;
  try {
    key = createPublicKey({ key: pem, format: 'pem', type: 'spki' });
  } catch {
    return null; // What is wrong with it is of no use to who sent it.
  }
  return isStrong(key) ? key.export({ format: 'der', type: 'spki' }) : null;
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'ec') return curves.includes(asymmetricKeyDetails?.namedCurve);
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return asymmetricKeyType === 'rsa' && bits >= rsaBitsMin && bits <= rsaBitsMax;
}
