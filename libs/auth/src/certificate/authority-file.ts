import { X509Certificate, createPrivateKey, randomUUID } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What signs certificates, as PEM. */
export type AuthorityMaterial = {
  readonly certificate: string;
  /** PKCS #8. */
  readonly privateKey: string;
};

/** Key and certificate in one file: there is never one without the other. */
const fileName = 'authority.pem';

const blocks = /-----BEGIN (PRIVATE KEY|CERTIFICATE)-----[^-]+-----END \1-----\n/g;

/** The file is there and holds no authority. */
export class AuthorityUnreadable extends Error {
  override readonly name = 'AuthorityUnreadable';
  readonly path: string;

  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.path = path;
  }
}

/**
 * The authority of a folder, which is made once: processes that share the folder get the same one,
 * whichever came first. The folder is 0700, the file 0600.
 *
 * @param make  called when there is none
 * @throws AuthorityUnreadable, or what the system says
 */
export async function authorityIn(
  folder: string,
  make: () => Promise<AuthorityMaterial>,
): Promise<AuthorityMaterial> {
  const path = join(folder, fileName);
  const found = read(path);
  if (found !== null) return found;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const made = await make();
  const aside = `${path}.${randomUUID()}`;
  writeFileSync(aside, `${made.privateKey}${made.certificate}`, { mode: 0o600 });
  try {
    // Unlike a rename, a link leaves the file of somebody who was faster.
    linkSync(aside, path);
  } catch (fault) {
    if (!isError(fault, 'EEXIST')) throw fault;
  } finally {
    rmSync(aside);
  }
  return read(path) ?? made;
}

function read(path: string): AuthorityMaterial | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (fault) {
    if (isError(fault, 'ENOENT')) return null;
    throw new AuthorityUnreadable(path, reasonOf(fault), { cause: fault });
  }
  chmodSync(path, 0o600);
  const [privateKey, certificate, ...more] = text.match(blocks) ?? [];
  if (privateKey === undefined || certificate === undefined || more.length > 0) {
    throw new AuthorityUnreadable(path, 'it does not hold one private key and one certificate');
  }
  demandPair(path, { privateKey, certificate });
  return { privateKey, certificate };
}

function demandPair(path: string, { privateKey, certificate }: AuthorityMaterial): void {
  let isPair: boolean;
  try {
    isPair = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
  } catch (fault) {
    throw new AuthorityUnreadable(path, reasonOf(fault), { cause: fault });
  }
  if (!isPair) throw new AuthorityUnreadable(path, 'its key is not that of its certificate');
}

const reasonOf = (fault: unknown): string =>
  fault instanceof Error ? fault.message : String(fault);

const isError = (fault: unknown, code: string): boolean =>
  fault instanceof Error && 'code' in fault && fault.code === code;
