import type {
  Accounts,
  Actor,
  Clock,
  Member,
  Membership,
  Memberships,
  NewToken,
  Role,
  Token,
  User,
} from '@netfold/application';
import type { ActorId, LabId, TenantId } from '@netfold/contracts';

type MemberRow = {
  readonly tenantId: TenantId;
  readonly labId: LabId;
  readonly userId: ActorId;
  readonly membership: NonNullable<Membership>;
};

/** Users, tokens and members in memory: for tests of what administers them. */
export class MemoryAccounts implements Accounts, Memberships {
  readonly #users: User[] = [];
  readonly #tokens: { readonly tenantId: TenantId; readonly token: Token }[] = [];
  #members: MemberRow[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock = () => 0) {
    this.#clock = clock;
  }

  async findUser(tenantId: TenantId, id: ActorId): Promise<User | null> {
    return this.#users.find((user) => user.id === id && user.tenantId === tenantId) ?? null;
  }

  async findUserByName(tenantId: TenantId, name: string): Promise<User | null> {
    return this.#users.find((user) => user.name === name && user.tenantId === tenantId) ?? null;
  }

  async users(tenantId: TenantId, first: number, after: string | null): Promise<readonly User[]> {
    const all = this.#users.filter((user) => user.tenantId === tenantId);
    const sorted = all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return sorted.filter(({ name }) => after === null || name > after).slice(0, first);
  }

  async countUsers(tenantId: TenantId): Promise<number> {
    return this.#users.filter((user) => user.tenantId === tenantId).length;
  }

  async addUser(tenantId: TenantId, name: string, role: Role): Promise<User | null> {
    if ((await this.findUserByName(tenantId, name)) !== null) return null;
    const id = `user-${name}`;
    const user = { id, tenantId, name, role, createdAt: this.#clock(), isDisabled: false };
    this.#users.push(user);
    return user;
  }

  async disableUser(tenantId: TenantId, id: ActorId): Promise<User | null> {
    const user = await this.findUser(tenantId, id);
    if (user === null) return null;
    const disabled = { ...user, isDisabled: true };
    this.#users.splice(this.#users.indexOf(user), 1, disabled);
    return disabled;
  }

  async findToken(tenantId: TenantId, id: string): Promise<Token | null> {
    return this.#tokens.find((of) => of.token.id === id && of.tenantId === tenantId)?.token ?? null;
  }

  async tokens(tenantId: TenantId, userId: ActorId): Promise<readonly Token[]> {
    const own = this.#tokens.filter((of) => of.tenantId === tenantId && of.token.userId === userId);
    return own.map(({ token }) => token).toReversed();
  }

  async countTokens(tenantId: TenantId): Promise<number> {
    const usable = ({ token }: { readonly token: Token }): boolean =>
      token.revokedAt === null && token.expiresAt > this.#clock();
    return this.#tokens.filter((of) => of.tenantId === tenantId && usable(of)).length;
  }

  async addToken(
    tenantId: TenantId,
    wish: NewToken,
  ): Promise<{ readonly token: Token; readonly secret: string }> {
    const id = `token-${this.#tokens.length + 1}`;
    const times = { createdAt: this.#clock(), lastUsedAt: null, revokedAt: null };
    const token: Token = { id, ...wish, ...times };
    this.#tokens.push({ tenantId, token });
    return { token, secret: `nf_secret-of-${id}` };
  }

  async revokeToken(tenantId: TenantId, id: string): Promise<Token | null> {
    const index = this.#tokens.findIndex((of) => of.token.id === id && of.tenantId === tenantId);
    const found = this.#tokens[index];
    if (found === undefined) return null;
    const token = { ...found.token, revokedAt: found.token.revokedAt ?? this.#clock() };
    this.#tokens.splice(index, 1, { tenantId, token });
    return token;
  }

  async membershipOf(actor: Actor, labId: LabId): Promise<Membership> {
    const found = this.#members.find((row) => row.labId === labId && row.userId === actor.id);
    return found?.membership ?? null;
  }

  async labIdsOf(actor: Actor): Promise<readonly LabId[]> {
    const own = this.#members.filter((row) => row.userId === actor.id);
    return own.map(({ labId }) => labId).toSorted();
  }

  async membersOf(tenantId: TenantId, labId: LabId): Promise<readonly Member[]> {
    const rows = this.#members.filter((row) => row.tenantId === tenantId && row.labId === labId);
    return rows.flatMap(({ userId, membership }) => {
      const user = this.#users.find(({ id }) => id === userId);
      return user === undefined ? [] : [{ user, membership }];
    });
  }

  async put(
    tenantId: TenantId,
    labId: LabId,
    userId: ActorId,
    membership: NonNullable<Membership>,
  ): Promise<void> {
    await this.remove(tenantId, labId, userId);
    this.#members.push({ tenantId, labId, userId, membership });
  }

  async claim(tenantId: TenantId, labId: LabId, userId: ActorId): Promise<void> {
    const members = await this.membersOf(tenantId, labId);
    const hasOwner = members.some(({ membership }) => membership === 'owner');
    if (!hasOwner) await this.put(tenantId, labId, userId, 'owner');
  }

  async remove(_tenantId: TenantId, labId: LabId, userId: ActorId): Promise<boolean> {
    const before = this.#members.length;
    this.#members = this.#members.filter((row) => row.labId !== labId || row.userId !== userId);
    return this.#members.length < before;
  }
}
