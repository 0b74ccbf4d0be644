import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { ActorId } from '@netfold/contracts';
import type { Clock } from '@netfold/application';
import type * as Library from '@peculiar/x509';
import { authorityIn } from './authority-file.ts';
import type { AuthorityMaterial } from './authority-file.ts';
import { nameOfHolder } from './holder-name.ts';
import type { CertificateHolder } from './holder-name.ts';

type X509 = typeof Library;

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** How long a client certificate opens anything: a day of work. The next one is had by asking. */
export const clientCertificateMs = 12 * hourMs;
/** A server makes itself another long before; it lives in memory only. */
export const serverCertificateMs = 30 * dayMs;
/** Bundles that people have hold the authority: another one makes all of them useless. */
const authorityMs = 3_650 * dayMs;
/** A client's clock may be behind ours by so much. */
const skewMs = 5 * 60 * 1000;
/** The first bit is 0, for a serial number is positive. @source RFC 5280 section 4.1.2.2 */
const serialBytes = 16;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A certificate for a client's own key. */
export type IssuedCertificate = {
  /** PEM. */
  readonly certificate: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
};

/**
 * Signs the certificates of one installation: those of its TLS servers, and short-lived ones of
 * clients, whose private keys it never sees.
 *
 * @source RFC 5280
 */
export class CertificateAuthority {
  /** PEM; what clients know the servers by. */
  readonly certificate: string;
  readonly #x509: X509;
  readonly #clock: Clock;
  readonly #privateKey: webcrypto.CryptoKey;

  private constructor(of: {
    readonly x509: X509;
    readonly clock: Clock;
    readonly certificate: string;
    readonly privateKey: webcrypto.CryptoKey;
  }) {
    this.certificate = of.certificate;
    this.#x509 = of.x509;
    this.#clock = of.clock;
    this.#privateKey = of.privateKey;
  }

  /**
   * Opens the authority of a folder; the first time it is made.
   * @throws AuthorityUnreadable, or what the system says
   */
  static async open(folder: string, clock: Clock): Promise<CertificateAuthority> {
    const x509 = await loadX509();
    const { certificate, privateKey: pem } = await authorityIn(folder, () =>
      newAuthority(x509, clock),
    );
    const [der] = x509.PemConverter.decode(pem);
    if (der === undefined) throw new Error('the key of the authority was read and is gone');
    const privateKey = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
    return new CertificateAuthority({ x509, clock, certificate, privateKey });
  }

  /**
   * A certificate that names the holder.
   * @param publicKey  as `clientKeyOf` answers it
   */
  issueToClient(
    holder: CertificateHolder,
    actorId: ActorId,
    publicKey: Buffer,
  ): Promise<IssuedCertificate> {
    const { ExtendedKeyUsage } = this.#x509;
    return this.#issue({
      commonName: actorId,
      names: [{ type: 'url', value: nameOfHolder(holder) }],
      purpose: ExtendedKeyUsage.clientAuth,
      lifeMs: clientCertificateMs,
      publicKey: new this.#x509.PublicKey(arrayOf(publicKey)),
    });
  }

  /**
   * A key and a certificate for a server that is called by these names and addresses.
   * @param names  at least one; the first is its common name
   */
  async issueToServer(
    names: readonly string[],
  ): Promise<IssuedCertificate & Pick<AuthorityMaterial, 'privateKey'>> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const issued = await this.#issue({
      commonName: names[0] ?? '',
      names: names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
      purpose: this.#x509.ExtendedKeyUsage.serverAuth,
      lifeMs: serverCertificateMs,
      publicKey: keys.publicKey,
    });
    return { ...issued, privateKey: await pemOfKey(this.#x509, keys.privateKey) };
  }

  async #issue(of: {
    readonly commonName: string;
    readonly names: { readonly type: 'url' | 'dns' | 'ip'; readonly value: string }[];
    readonly purpose: string;
    readonly lifeMs: number;
    readonly publicKey: InstanceType<X509['PublicKey']> | webcrypto.CryptoKey;
  }): Promise<IssuedCertificate> {
    const x509 = this.#x509;
    const authority = new x509.X509Certificate(this.certificate);
    const now = this.#clock();
    const expiresAt = now + of.lifeMs;
    const made = await x509.X509CertificateGenerator.create({
      serialNumber: newSerial(),
      subject: [{ CN: [of.commonName] }],
      issuer: authority.subject,
      notBefore: new Date(now - skewMs),
      notAfter: new Date(expiresAt),
      signingAlgorithm: algorithm,
      publicKey: of.publicKey,
      signingKey: this.#privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([of.purpose], false),
        new x509.SubjectAlternativeNameExtension([...of.names], false),
        await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
        await x509.SubjectKeyIdentifierExtension.create(of.publicKey),
      ],
    });
    // Certificates have whole seconds.
    return { certificate: pem(made.toString('pem')), expiresAt: made.notAfter.getTime() };
  }
}

/** Only where there is something to sign: a server without the TLS door starts without it. */
async function loadX509(): Promise<X509> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

async function newAuthority(x509: X509, clock: Clock): Promise<AuthorityMaterial> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const now = clock();
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags;
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ O: ['Netfold'] }, { CN: [`Netfold ${randomBytes(4).toString('hex')}`] }],
    notBefore: new Date(now - skewMs),
    notAfter: new Date(now + authorityMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      // It signs no other authority.
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign + cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const privateKey = await pemOfKey(x509, keys.privateKey);
  return { certificate: pem(made.toString('pem')), privateKey };
}

async function pemOfKey(x509: X509, key: webcrypto.CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  return pem(x509.PemConverter.encode(der, 'PRIVATE KEY'));
}

const pem = (text: string): string => `${text.trimEnd()}\n`;

function newSerial(): string {
  const bytes = randomBytes(serialBytes);
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f, 0);
  return bytes.toString('hex');
}

const arrayOf = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;
