import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GatewayKeys, GatewaySeal, newGatewayKey } from './gateway-seal.ts';

const publicSuffix = '.pub.pem';

/**
 * The seal of one gateway, from its file; made at the first start, readable by its owner only.
 * Its public half is put into a folder that the commanders read.
 *
 * @param publicFolder  where `<key id>.pub.pem` is written; `null`: an operator copies it
 */
export function gatewaySealIn(privateKeyFile: string, publicFolder: string | null): GatewaySeal {
  const found = textIn(privateKeyFile);
  if (found !== null) return new GatewaySeal(found);
  const { keyId, privateKeyPem, publicKeyPem } = newGatewayKey();
  // The public half first: a crash in between leaves a key that nobody uses.
  if (publicFolder !== null) {
    mkdirSync(publicFolder, { recursive: true });
    writeFileSync(join(publicFolder, `${keyId}${publicSuffix}`), publicKeyPem);
  }
  mkdirSync(dirname(privateKeyFile), { recursive: true });
  writeFileSync(privateKeyFile, privateKeyPem, { mode: 0o600, flag: 'wx' });
  chmodSync(privateKeyFile, 0o600);
  return new GatewaySeal(privateKeyPem);
}

/** The gateways whose public keys stand in a folder. @throws when there is no such folder */
export function gatewayKeysIn(publicFolder: string): GatewayKeys {
  const names = readdirSync(publicFolder).filter((name) => name.endsWith(publicSuffix));
  return new GatewayKeys(names.map((name) => readFileSync(join(publicFolder, name), 'utf8')));
}

function textIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
