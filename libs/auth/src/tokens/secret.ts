import { createHash, randomBytes } from 'node:crypto';

/** Secret scanners know tokens by it. */
export const secretPrefix = 'nf_';
const secretBytes = 32;

/** `nf_` and 256 random bits as 43 characters of base64url. */
export const newSecret = (): string =>
  secretPrefix + randomBytes(secretBytes).toString('base64url');

export const isSecret = (text: string): boolean => /^nf_[\w-]{43}$/.test(text);

/** High entropy needs no slow hash. */
export const hashOfSecret = (secret: string): Buffer =>
  createHash('sha256').update(secret).digest();
