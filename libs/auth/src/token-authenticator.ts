import { timingSafeEqual } from 'node:crypto';
import { RateExceeded, RateLimit } from '@netfold/application';
import type { Actor, Authenticator, Clock, Role, Scope } from '@netfold/application';
import type { TenantId } from '@netfold/contracts';
import type { AccountDatabase } from './account-database.ts';
import { hashOf, secretOf } from './secret.ts';

type HolderRow = {
  readonly token_id: string;
  readonly actor_id: string;
  readonly tenant_id: string;
  readonly role: Role;
  readonly scopes: readonly Scope[] | null;
  readonly lab_ids: readonly string[] | null;
  readonly expires_at: Date;
};

type CredentialRow = HolderRow & { readonly secret_hash: Buffer };

type LookUp = (now: number) => Promise<HolderRow | null>;

type Remembered = { readonly actor: Actor; readonly until: number };

/**
 * A credential that was found good is believed for so long. Revocations of this process count at
 * once; those of another after this time.
 */
export const credentialMsMax = 10_000;
const credentialsMax = 10_000;
/**
 * Wrong tokens, of everybody together, that are answered as such; more are told to wait. They name
 * no tenant, and a limit per address would stop whoever shares it. A right one is never counted.
 */
export const wrongTokensPerSecond = 20;
export const wrongTokenBurst = 200;

/** Bearer tokens. Unknown, revoked and run-out ones get the same answer in the same time. */
export class TokenAuthenticator implements Authenticator {
  readonly #database: AccountDatabase;
  readonly #clock: Clock;
  readonly #wrong: RateLimit;
  readonly #remembered = new Map<string, Remembered>();
  /** Look-ups under way: a flood of one token costs one. */
  readonly #pending = new Map<string, Promise<Actor | null>>();
  /** Counts revocations, so that a look-up that began before one is not remembered after it. */
  #generation = 0;

  constructor(database: AccountDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#wrong = new RateLimit(wrongTokensPerSecond, wrongTokenBurst, clock);
  }

  async authenticate(header: string | undefined): Promise<Actor | null> {
    const secret = secretOf(header);
    if (secret === null) return null;
    const actor = await this.#actorOf(secret);
    if (actor !== null) return actor;
    const verdict = this.#wrong.take('', 1);
    if (verdict.kind === 'refused') throw new RateExceeded(verdict.retryAfterMs);
    return null;
  }

  /**
   * The holder of a token that a certificate names, believed as long as the token's own secret.
   * @returns `null` when it opens nothing any more
   */
  actorOfToken(tenantId: TenantId, tokenId: string): Promise<Actor | null> {
    return this.#known(`${tenantId}/${tokenId}`, (now) =>
      this.#database.call<HolderRow>(
        'find_holder',
        'select * from account.find_holder($1, $2, $3)',
        [tenantId, tokenId, new Date(now)],
      ),
    );
  }

  #actorOf(secret: string): Promise<Actor | null> {
    const hash = hashOf(secret);
    return this.#known(hash.toString('base64url'), async (now) => {
      const found = await this.#database.call<CredentialRow>(
        'find_credential',
        'select * from account.find_credential($1, $2)',
        [hash, new Date(now)],
      );
      return found !== null && timingSafeEqual(found.secret_hash, hash) ? found : null;
    });
  }

  /** Forgets everybody: called when any right was taken away. */
  forget(): void {
    this.#generation += 1;
    this.#remembered.clear();
    this.#pending.clear();
  }

  async #known(key: string, lookUp: LookUp): Promise<Actor | null> {
    const now = this.#clock();
    const remembered = this.#remembered.get(key);
    if (remembered !== undefined && remembered.until > now) return remembered.actor;
    return this.#pending.get(key) ?? this.#lookUpOnce(key, now, lookUp);
  }

  #lookUpOnce(key: string, now: number, lookUp: LookUp): Promise<Actor | null> {
    const pending = this.#lookUp(key, now, lookUp).finally(() => {
      if (this.#pending.get(key) === pending) this.#pending.delete(key);
    });
    this.#pending.set(key, pending);
    return pending;
  }

  async #lookUp(key: string, now: number, lookUp: LookUp): Promise<Actor | null> {
    const generation = this.#generation;
    const found = await lookUp(now);
    this.#remembered.delete(key);
    if (found === null) return null;
    const actor: Actor = {
      id: found.actor_id,
      tenantId: found.tenant_id,
      role: found.role,
      scopes: found.scopes,
      labIds: found.lab_ids,
      tokenId: found.token_id,
    };
    if (generation === this.#generation) {
      const until = Math.min(now + credentialMsMax, found.expires_at.getTime());
      this.#remember(key, { actor, until });
    }
    return actor;
  }

  #remember(key: string, one: Remembered): void {
    this.#remembered.set(key, one);
    if (this.#remembered.size <= credentialsMax) return;
    const oldest = this.#remembered.keys().next();
    if (oldest.done !== true) this.#remembered.delete(oldest.value);
  }
}
