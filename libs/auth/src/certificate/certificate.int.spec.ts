import { X509Certificate, generateKeyPairSync } from 'node:crypto';
import type { KeyPairKeyObjectResult } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AuthorityUnreadable } from './authority-file.ts';
import {
  CertificateAuthority,
  clientCertificateMs,
  serverCertificateMs,
} from './certificate-authority.ts';
import { clientKeyOf } from './client-key.ts';
import { holderOf } from './holder-name.ts';

const now = Date.UTC(2026, 0, 1);
const clock = () => now;

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'netfold-ca-')), 'docker-tls');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const spki = { type: 'spki', format: 'pem' } as const;
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;

const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
const publicOf = ({ publicKey }: KeyPairKeyObjectResult) => publicKey.export(spki).toString();
const privateOf = ({ privateKey }: KeyPairKeyObjectResult) => privateKey.export(pkcs8).toString();

function clientKey(): Buffer {
  const key = clientKeyOf(publicOf(ec('P-256')));
  if (key === null) throw new Error('a key on P-256 is unfit');
  return key;
}

const holder = { tenantId: 'local', tokenId: 'token-1', labId: 'lab-7f3a' };

describe('the authority', () => {
  test('is made once, for its owner alone', async () => {
    const first = await CertificateAuthority.open(folder, clock);
    const again = await CertificateAuthority.open(folder, clock);
    expect(again.certificate).toBe(first.certificate);
    expect(new X509Certificate(first.certificate).ca).toBe(true);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual(['authority.pem']);
    expect(statSync(join(folder, 'authority.pem')).mode & 0o777).toBe(0o600);
  });

  test('is one for all who open it at the same moment', async () => {
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => CertificateAuthority.open(folder, clock)),
    );
    expect(new Set(opened.map(({ certificate }) => certificate)).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['authority.pem']);
  });

  test('is never replaced when its file says something else', async () => {
    await CertificateAuthority.open(folder, clock);
    const path = join(folder, 'authority.pem');
    const other = await CertificateAuthority.open(join(folder, 'other'), clock);
    const privateKey = privateOf(ec('P-256'));
    for (const text of ['', 'rubbish', other.certificate, `${privateKey}${other.certificate}`]) {
      writeFileSync(path, text);
      await expect(CertificateAuthority.open(folder, clock)).rejects.toThrow(AuthorityUnreadable);
    }
  });
});

describe('a certificate of a client', () => {
  test('names its holder and lives for half a day', async () => {
    const authority = await CertificateAuthority.open(folder, clock);
    const issued = await authority.issueToClient(holder, 'user-ann', clientKey());
    expect(issued.expiresAt).toBe(now + clientCertificateMs);
    const certificate = new X509Certificate(issued.certificate);
    expect(holderOf(certificate)).toEqual(holder);
    expect(certificate.subject).toBe('CN=user-ann');
    expect(Date.parse(certificate.validTo)).toBe(issued.expiresAt);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.ca).toBe(false);
    const ca = new X509Certificate(authority.certificate);
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.verify(ca.publicKey)).toBe(true);
  });

  test.each([
    ['a/b', 'token', 'lab-1'],
    ['local', 'x, DNS:other', 'lab-1'],
    ['local', 'a/tokens/b', 'lab-1'],
    ['größe "0"', 'URI:netfold://x', '../lab'],
  ])('names %s %s %s and nobody else', async (tenantId, tokenId, labId) => {
    const authority = await CertificateAuthority.open(folder, clock);
    const odd = { tenantId, tokenId, labId };
    const { certificate } = await authority.issueToClient(odd, 'user-ann', clientKey());
    expect(holderOf(new X509Certificate(certificate))).toEqual(odd);
  });
});

test('a certificate of a server has its names, and is no client’s', async () => {
  const authority = await CertificateAuthority.open(folder, clock);
  const issued = await authority.issueToServer(['labs.example.org', '127.0.0.1', '::1']);
  expect(issued.expiresAt).toBe(now + serverCertificateMs);
  const certificate = new X509Certificate(issued.certificate);
  expect(certificate.checkHost('labs.example.org')).toBe('labs.example.org');
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkIP('::1')).toBe('::1');
  expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(holderOf(certificate)).toBeNull();
});

describe('a key of a client', () => {
  test.each([
    ['EC on P-256', ec('P-256')],
    ['EC on P-384', ec('P-384')],
    ['RSA of 2048 bits', rsa(2048)],
  ])('may be %s', (_, pair) => {
    expect(clientKeyOf(publicOf(pair))).not.toBeNull();
  });

  test.each([
    ['too short', publicOf(rsa(1024))],
    ['too long', 'x'.repeat(5_000)],
    ['on another curve', publicOf(ec('P-521'))],
    ['for other uses', publicOf(generateKeyPairSync('x25519'))],
    ['private', privateOf(ec('P-256'))],
    ['broken', '-----BEGIN PUBLIC KEY-----\nMFkwEw\n-----END PUBLIC KEY-----\n'],
  ])('may not be %s', (_, pem) => {
    expect(clientKeyOf(pem)).toBeNull();
  });
});
