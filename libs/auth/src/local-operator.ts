import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '@netfold/application';
import type { ActorId, TenantId } from '@netfold/contracts';
import type { AccountDatabase } from './account-database.ts';
import { addTenant } from './postgres-accounts.ts';
import { hashOf, isSecret, newSecret } from './secret.ts';

export const localTenant: TenantId = 'local';
export const localOperator: ActorId = 'user-operator';
const tokenFile = 'token';
/** Renewed at every start: a year without one makes the token useless to who finds it. */
const lifeMs = 366 * 24 * 60 * 60 * 1000;

/**
 * Makes sure that the person who started the service can use it: a user `operator` of tenant
 * `local`, and a token in `folder/token` that only the owner of the folder can read. A token that
 * is there stays; a file with anything else in it is replaced.
 *
 * @returns the path of the file
 */
export async function ensureLocalOperator(
  database: AccountDatabase,
  folder: string,
  clock: Clock,
): Promise<string> {
  const path = join(folder, tokenFile);
  const secret = readSecret(path) ?? writeSecret(path);
  const now = clock();
  await database.inTenant(localTenant, async (client) => {
    await addTenant(client, localTenant, new Date(now));
    await client.query(
      'insert into account.actor (tenant_id, actor_id, name, role, created_at)' +
        " values ($1, $2, 'operator', 'operator', $3) on conflict do nothing",
      [localTenant, localOperator, new Date(now)],
    );
    // A new file is a new secret: the one before must not work any more.
    await client.query(
      'insert into account.token (tenant_id, token_id, actor_id, name, secret_hash, created_at,' +
        " expires_at) values ($1, 'token-local', $2, 'file of the data folder', $3, $4, $5)" +
        ' on conflict (tenant_id, token_id) do update set secret_hash = excluded.secret_hash,' +
        ' expires_at = excluded.expires_at, revoked_at = null',
      [localTenant, localOperator, hashOf(secret), new Date(now), new Date(now + lifeMs)],
    );
  });
  return path;
}

function readSecret(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw new Error(`cannot read the token in ${path}`, { cause: fault });
  }
  if (!isSecret(text)) return null;
  chmodSync(path, 0o600);
  return text;
}

/** Written aside and renamed: a crash leaves the old file or the new one, never half of one. */
function writeSecret(path: string): string {
  const secret = newSecret();
  const aside = `${path}.new`;
  writeFileSync(aside, `${secret}\n`, { mode: 0o600 });
  chmodSync(aside, 0o600);
  renameSync(aside, path);
  return secret;
}
