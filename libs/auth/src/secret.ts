import { createHash, randomBytes } from 'node:crypto';

/** Lets scanners for leaked secrets know one of ours. */
const prefix = 'nf_';
const secretBytes = 32;
/** `nf_` and 32 bytes as base64url. */
const secretPattern = /^nf_[A-Za-z0-9_-]{43}$/;
const headerPattern = /^Bearer +(\S+)$/i;
/** Longer headers are not even looked at. */
const headerMaxLength = 256;

export const newSecret = (): string => `${prefix}${randomBytes(secretBytes).toString('base64url')}`;

/** What is stored of a secret: 256 random bits need no slow hash. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

export const isSecret = (text: string): boolean => secretPattern.test(text);

/** The secret of an `Authorization` header; `null` for anything else. */
export function secretOf(header: string | undefined): string | null {
  if (header === undefined || header.length > headerMaxLength) return null;
  const secret = headerPattern.exec(header)?.[1];
  return secret !== undefined && isSecret(secret) ? secret : null;
}
