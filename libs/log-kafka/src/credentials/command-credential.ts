/** What a command brings to prove who sends it. */
export type CommandCredential =
  | { readonly kind: 'gateway'; readonly keyId: string; readonly signature: Buffer }
  /** The publisher's own API token. */
  | { readonly kind: 'token'; readonly token: string };

const gatewayForm = /^gateway ([\w.-]{1,64}) ([A-Za-z0-9+/]{86}==)$/;
const tokenForm = /^token ([\x21-\x7e]{1,512})$/;

/** @returns `null` when it has neither form */
export function credentialOf(header: string | null): CommandCredential | null {
  const [, keyId, signature] = gatewayForm.exec(header ?? '') ?? [];
  if (keyId !== undefined && signature !== undefined) {
    return { kind: 'gateway', keyId, signature: Buffer.from(signature, 'base64') };
  }
  const [, token] = tokenForm.exec(header ?? '') ?? [];
  return token === undefined ? null : { kind: 'token', token };
}

export const gatewayCredential = (keyId: string, signature: Uint8Array): string =>
  `gateway ${keyId} ${Buffer.from(signature).toString('base64')}`;
