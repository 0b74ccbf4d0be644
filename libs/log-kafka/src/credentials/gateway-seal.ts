import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { gatewayCredential } from './command-credential.ts';
import { sealedBytes } from './sealed-part.ts';
import type { SealedCommand } from './sealed-part.ts';

// In the thread pool: one check takes as long as deciding a small command.
const signInPool = promisify(sign) as (
  algorithm: null,
  bytes: Uint8Array,
  key: KeyObject,
) => Promise<Buffer>;
const verifyInPool = promisify(verify) as unknown as (
  algorithm: null,
  bytes: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
) => Promise<boolean>;

const keyIdCharacters = 16;

/** A gateway's key: with it a commander believes what the gateway says about a command. */
export class GatewaySeal {
  readonly keyId: string;
  readonly #privateKey: KeyObject;

  /** @param privateKeyPem  Ed25519, PKCS #8 @throws for any other key */
  constructor(privateKeyPem: string) {
    this.#privateKey = createPrivateKey(privateKeyPem);
    this.keyId = keyIdOf(ed25519(createPublicKey(this.#privateKey)));
  }

  /** The credential for this command, and for no other. */
  async sealOf(command: SealedCommand): Promise<string> {
    return gatewayCredential(
      this.keyId,
      await signInPool(null, sealedBytes(command), this.#privateKey),
    );
  }
}

/** The public keys of the gateways that are believed. */
export class GatewayKeys {
  readonly #keys: ReadonlyMap<string, KeyObject>;

  /** @param publicKeyPems  Ed25519, SPKI @throws for any other key */
  constructor(publicKeyPems: readonly string[]) {
    const keys = publicKeyPems.map((pem) => ed25519(createPublicKey(pem)));
    this.#keys = new Map(keys.map((key) => [keyIdOf(key), key]));
  }

  async isSealed(
    command: SealedCommand,
    by: { readonly keyId: string; readonly signature: Uint8Array },
  ): Promise<boolean> {
    const key = this.#keys.get(by.keyId);
    return key !== undefined && verifyInPool(null, sealedBytes(command), key, by.signature);
  }
}

export type GatewayKeyPair = {
  readonly keyId: string;
  readonly privateKeyPem: string;
  readonly publicKeyPem: string;
};

export function newGatewayKey(): GatewayKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    keyId: keyIdOf(publicKey),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** The key names itself, so that no two gateways can claim one name. */
function keyIdOf(publicKey: KeyObject): string {
  const bytes = publicKey.export({ type: 'spki', format: 'der' });
  return hash('sha256', bytes, 'hex').slice(0, keyIdCharacters);
}

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new Error(`the key is of type ${key.asymmetricKeyType}, not ed25519`);
}
