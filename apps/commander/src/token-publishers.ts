import { GuardedGate, LabAccess, localQuotas, systemClock } from '@netfold/application';
import type {
  Actor,
  CommandGate,
  CommandRequest,
  CommandResult,
  EventLog,
  LabReaders,
} from '@netfold/application';
import { AccountDatabase, PostgresMemberships, TokenAuthenticator } from '@netfold/auth';
import type { Publishers } from '@netfold/log-kafka';
import type { ConnectionSettings } from '@netfold/log-postgres';
import { PartitionWriter } from './partition-writer.ts';

/** Pipelines that publish commands with a token of their own: the same guard as at a gateway. */
export class TokenPublishers implements Publishers {
  readonly #database: AccountDatabase;
  readonly #authenticator: TokenAuthenticator;
  readonly #memberships: PostgresMemberships;
  readonly #log: EventLog;
  readonly #guards = new WeakMap<CommandGate, GuardedGate>();

  constructor(accounts: ConnectionSettings, log: EventLog) {
    this.#database = new AccountDatabase(accounts);
    this.#authenticator = new TokenAuthenticator(this.#database, systemClock);
    this.#memberships = new PostgresMemberships(this.#database);
    this.#log = log;
  }

  authenticate(token: string): Promise<Actor | null> {
    return this.#authenticator.authenticate(`Bearer ${token}`);
  }

  submit(actor: Actor, request: CommandRequest, gate: CommandGate): Promise<CommandResult> {
    return this.#guardOf(gate).submit(actor, request);
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  #guardOf(gate: CommandGate): GuardedGate {
    const known = this.#guards.get(gate);
    if (known !== undefined) return known;
    if (!(gate instanceof PartitionWriter)) throw new Error('a gate that is no partition writer');
    const guard = new GuardedGate({
      gate,
      access: new LabAccess(gate.labs, this.#memberships),
      memberships: this.#memberships,
      readers: { labs: (...asked) => this.#labs(...asked) },
      log: this.#log,
      quotas: localQuotas,
      clock: systemClock,
    });
    this.#guards.set(gate, guard);
    return guard;
  }

  /** The list is asked for when a lab is created, which publishers do now and then. */
  readonly #labs: LabReaders['labs'] = async (tenantId, page, name) => {
    const rows = [];
    for await (const { labId, name: known, version, isRemoved, ...of } of this.#log.labs()) {
      if (isRemoved || of.tenantId !== tenantId) continue;
      if (name !== undefined && known !== name) continue;
      rows.push({ labId, tenantId, name: known, version, state: 'active' as const });
      if (rows.length === page.first) break;
    }
    return { rows, cursors: rows.map(({ labId }) => labId), hasNext: false };
  };
}
