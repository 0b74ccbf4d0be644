import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import type { Accounts, Authenticator } from '@netfold/application';

/** The tenant of an installation that nobody has divided. */
export const localTenant = 'local';
export const operatorName = 'operator';
const lifeMs = 366 * 24 * 60 * 60 * 1000;

/**
 * Makes sure that the file holds a token of the local operator that opens something, 0600.
 * A token that has expired or was revoked is replaced.
 */
export async function ensureOperatorToken(of: {
  readonly accounts: Accounts;
  readonly authenticator: Authenticator;
  readonly path: string;
  readonly now: number;
}): Promise<void> {
  const known = readText(of.path);
  const actor = await of.authenticator.authenticate(`Bearer ${known}`);
  if (actor !== null) {
    chmodSync(of.path, 0o600);
    return;
  }
  const { accounts } = of;
  const user =
    (await accounts.findUserByName(localTenant, operatorName)) ??
    (await accounts.addUser(localTenant, operatorName, 'operator'));
  if (user === null) throw new Error('the local operator could not be made');
  const { secret } = await accounts.addToken(localTenant, {
    userId: user.id,
    name: 'token file of the data folder',
    scopes: null,
    labIds: null,
    expiresAt: of.now + lifeMs,
  });
  writeFileSync(of.path, `${secret}\n`, { mode: 0o600 });
  chmodSync(of.path, 0o600);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return ''; // The first start.
  }
}
