import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@netfold/application';
import type { Actor, CommandGate, LabAccess, LabStates, LabVersion } from '@netfold/application';
import type { HostName, LabId } from '@netfold/contracts';
import { KeptStreams, createEngineApi, openHostSockets } from '@netfold/docker-api';
import type { HostEndpoint } from '@netfold/docker-api';

/** Room for `/lab-` + 8 + `/` + a host's name of 63 + `.sock` within the kernel's 107 bytes. */
const folderBytesMax = 107 - 13 - 1 - 63 - 5;

type Served = { readonly endpoint: HostEndpoint; readonly streams: KeptStreams };

/** The Docker endpoints of every host of every lab: one unix socket each, for their owner only. */
export class HostEndpoints {
  readonly #folder: string;
  readonly #gate: CommandGate;
  readonly #access: Pick<LabAccess, 'demand'>;
  readonly #states: LabStates;
  readonly #actor: Actor;
  readonly #open = new Map<string, Served>();
  /** Changes of one lab's sockets come one after the other. */
  readonly #turns = new Map<LabId, Promise<void>>();

  constructor(of: {
    readonly folder: string;
    readonly gate: CommandGate;
    readonly access: Pick<LabAccess, 'demand'>;
    readonly states: LabStates;
    /** Whoever can open the sockets is the person who started the server. */
    readonly actor: Actor;
  }) {
    this.#folder = shortFolder(of.folder);
    this.#gate = of.gate;
    this.#access = of.access;
    this.#states = of.states;
    this.#actor = of.actor;
  }

  /**
   * Opens the host's socket where it is not open yet: another process may have added the host, and
   * who asks may know of it before this one has heard.
   *
   * @returns `null` when the lab has no such host
   */
  async dockerHostOf(labId: LabId, host: HostName): Promise<string | null> {
    const key = keyOf(labId, host);
    if (!this.#open.has(key)) await this.sync(labId);
    const served = this.#open.get(key);
    return served === undefined ? null : `unix://${served.endpoint.socketPath}`;
  }

  /** Opens and closes sockets until they are those of the lab's hosts. */
  async sync(labId: LabId): Promise<void> {
    const before = this.#turns.get(labId) ?? Promise.resolve();
    const mine = before.then(() => this.#sync(labId));
    const turn = mine.catch(() => {}); // Told to who asked for it; the next one starts afresh.
    this.#turns.set(labId, turn);
    await mine;
    if (this.#turns.get(labId) === turn) this.#turns.delete(labId);
  }

  async close(): Promise<void> {
    const why = 'netfold: this stream ends: the server stops';
    await Promise.all(Array.from(this.#open.values(), (served) => end(served, why)));
    this.#open.clear();
  }

  async #sync(labId: LabId): Promise<void> {
    const found = await this.#states.committed(labId);
    const wanted = new Set(hostsOf(found).map((host) => keyOf(labId, host)));
    for (const host of hostsOf(found)) {
      if (!this.#open.has(keyOf(labId, host))) await this.#serve(labId, host, found);
    }
    for (const [key, served] of this.#open) {
      if (!key.startsWith(`${labId}/`) || wanted.has(key)) continue;
      this.#open.delete(key);
      await end(served, 'netfold: this stream ends: the lab host was removed');
    }
  }

  async #serve(labId: LabId, host: HostName, of: LabVersion | null): Promise<void> {
    const tenant = of?.tenantId ?? this.#actor.tenantId;
    const streams = new KeptStreams();
    const listener = createEngineApi({
      host,
      labId,
      tenant,
      actor: this.#actor,
      gate: this.#gate,
      demand: (route) => this.#access.demand(this.#actor, { kind: 'docker', route, labId }),
      states: this.#states,
      streams,
      clock: systemClock,
    });
    const directory = join(this.#folder, labId);
    const endpoint = await openHostSockets({ listener, directory, host, port: null });
    this.#open.set(keyOf(labId, host), { endpoint, streams });
  }
}

/** Who is at the other end of a stream hears why it ends. */
async function end({ endpoint, streams }: Served, why: string): Promise<void> {
  await streams.endAll(why);
  await endpoint.close();
}

const keyOf = (labId: LabId, host: HostName): string => `${labId}/${host}`;

const hostsOf = (of: LabVersion | null): readonly HostName[] =>
  of?.lab.state === 'active' ? [...of.lab.hosts.keys()] : [];

/** Below a data folder with a long path the kernel would refuse the sockets. */
function shortFolder(folder: string): string {
  const isShort = Buffer.byteLength(folder) <= folderBytesMax;
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const chosen = isShort ? folder : join(tmpdir(), `netfold-${digest}`);
  mkdirSync(chosen, { recursive: true, mode: 0o700 });
  return chosen;
}
