import type { Actor, Authenticator, Role, Scope } from '@netfold/application';
import type { Pool } from 'pg';
import { hashOfSecret, isSecret } from './secret.ts';

/** A revoked token opens nothing after so long at the latest, in running sessions too. */
export const rememberedMsMax = 5_000;
/** As many tokens as are remembered at once; the oldest is forgotten first. */
export const rememberedTokensMax = 10_000;

type Remembered = { readonly actor: Actor | null; readonly until: number };
type TokenRow = {
  readonly tenant_id: string;
  readonly actor_id: string;
  readonly role: Role;
  readonly scopes: readonly Scope[] | null;
  readonly lab_ids: readonly string[] | null;
  readonly expires_at: Date;
};

/** Turns `Authorization: Bearer nf_…` into an actor. Secrets are looked up by hash, never compared. */
export class TokenAuthenticator implements Authenticator {
  readonly #pool: Pool;
  readonly #clock: () => number;
  readonly #remembered = new Map<string, Remembered>();

  /** @param clock milliseconds since the epoch */
  constructor(pool: Pool, clock: () => number) {
    this.#pool = pool;
    this.#clock = clock;
  }

  async authenticate(header: string | undefined): Promise<Actor | null> {
    const [, secret = ''] = /^Bearer ([\w-]{1,128})$/i.exec(header ?? '') ?? [];
    if (!isSecret(secret)) return null;
    const hash = hashOfSecret(secret);
    const key = hash.toString('base64');
    const known = this.#remembered.get(key);
    if (known !== undefined && known.until > this.#clock()) return known.actor;
    const found = await this.#find(hash);
    this.#remember(key, found);
    return found.actor;
  }

  async #find(hash: Buffer): Promise<Remembered> {
    const until = this.#clock() + rememberedMsMax;
    const { rows } = await this.#pool.query<TokenRow>({
      name: 'authenticate',
      text: 'select * from account.authenticate($1)',
      values: [hash],
    });
    const [row] = rows;
    if (row === undefined) return { actor: null, until };
    const { tenant_id: tenantId, actor_id: id, role, scopes, lab_ids: labIds } = row;
    return {
      actor: { id, tenantId, role, scopes, labIds },
      until: Math.min(until, row.expires_at.getTime()),
    };
  }

  #remember(key: string, found: Remembered): void {
    this.#remembered.delete(key);
    this.#remembered.set(key, found);
    if (this.#remembered.size <= rememberedTokensMax) return;
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined) this.#remembered.delete(oldest);
  }
}
