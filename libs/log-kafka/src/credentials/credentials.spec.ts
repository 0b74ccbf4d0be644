import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addTallyHost, requestOf } from '@netfold/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { credentialOf } from './command-credential.ts';
import { GatewayKeys, GatewaySeal, newGatewayKey } from './gateway-seal.ts';
import { gatewayKeysIn, gatewaySealIn } from './key-files.ts';

const request = requestOf('lab-00000001', addTallyHost('h1'), { id: 'c1' });

describe('the seal of a gateway', () => {
  const pair = newGatewayKey();
  const seal = new GatewaySeal(pair.privateKeyPem);
  const keys = new GatewayKeys([newGatewayKey().publicKeyPem, pair.publicKeyPem]);
  const isBelieved = async (header: string, command = request): Promise<boolean> => {
    const credential = credentialOf(header);
    return credential?.kind === 'gateway' && keys.isSealed(command, credential);
  };

  test('is believed on the command that it was made for', async () => {
    expect(await isBelieved(await seal.sealOf(request))).toBe(true);
  });

  test.each([
    { id: 'c2' },
    { labId: 'lab-00000002' },
    { tenantId: 'other' },
    { actorId: 'other' },
    { face: 'docker' as const },
    { expectedVersion: 3 },
    { body: addTallyHost('h2') },
  ])('is not believed on a command with %j', async (change) => {
    expect(await isBelieved(await seal.sealOf(request), { ...request, ...change })).toBe(false);
  });

  test('says nothing about the typed line, which changes no answer', async () => {
    const other = { ...request, commandText: 'x', correlationId: 'y' };
    expect(await isBelieved(await seal.sealOf(request), other)).toBe(true);
  });

  test('of a gateway that nobody has admitted is not believed', async () => {
    const stranger = new GatewaySeal(newGatewayKey().privateKeyPem);
    expect(await isBelieved(await stranger.sealOf(request))).toBe(false);
  });

  test('of another gateway is not believed under a name that is admitted', async () => {
    const stranger = new GatewaySeal(newGatewayKey().privateKeyPem);
    const header = (await stranger.sealOf(request)).replace(stranger.keyId, seal.keyId);
    expect(await isBelieved(header)).toBe(false);
  });

  test('is made with Ed25519 only', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => new GatewaySeal(pem)).toThrow(/ed25519/);
    const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(() => new GatewayKeys([publicPem])).toThrow(/ed25519/);
  });
});

describe('a credential', () => {
  test('is a token, as it was given', () => {
    expect(credentialOf('token nf_abc')).toEqual({ kind: 'token', token: 'nf_abc' });
  });

  test.each([
    null,
    '',
    'token',
    'token a b',
    `token ${'x'.repeat(513)}`,
    'gateway k',
    'gateway k c2hvcnQ=',
    `gateway ../k ${'A'.repeat(86)}==`,
    `Gateway k ${'A'.repeat(86)}==`,
  ])('%j is none', (header) => {
    expect(credentialOf(header)).toBeNull();
  });
});

describe('key files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netfold-keys-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('are made once, kept from others, and found by commanders', async () => {
    const file = join(folder, 'gateway', 'key.pem');
    const seal = gatewaySealIn(file, join(folder, 'public'));
    expect(gatewaySealIn(file, join(folder, 'public')).keyId).toBe(seal.keyId);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const credential = credentialOf(await seal.sealOf(request));
    if (credential?.kind !== 'gateway') throw new Error('no credential');
    expect(await gatewayKeysIn(join(folder, 'public')).isSealed(request, credential)).toBe(true);
  });

  test('that are missing are no reason to believe everybody', () => {
    expect(() => gatewayKeysIn(join(folder, 'nowhere'))).toThrow(/ENOENT/);
  });
});
