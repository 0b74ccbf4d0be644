import type { LabId } from '@netfold/contracts';
import type { Actor } from '../actor.ts';
import { ReadModelBehind, readWaitMs } from '../lab-readers.ts';
import type { LabReader, LabReaders, ReadAt } from '../lab-reader.ts';
import type { LabStates } from '../lab-states.ts';
import type { LabAccess } from './lab-access.ts';

/** Opens labs for those who may read them; to all others they do not exist. */
export class GuardedReaders {
  readonly #readers: Pick<LabReaders, 'open'>;
  readonly #states: Pick<LabStates, 'committed' | 'waitFor'>;
  readonly #access: LabAccess;

  constructor(
    readers: Pick<LabReaders, 'open'>,
    states: Pick<LabStates, 'committed' | 'waitFor'>,
    access: LabAccess,
  ) {
    this.#readers = readers;
    this.#states = states;
    this.#access = access;
  }

  /**
   * @param isFirst  whether the request holds no reader yet. A reader of the tables holds a
   *   connection; requests that hold one and wait for another could wait for each other for
   *   ever. Further labs are therefore read by the fold, at their newest version.
   * @throws ReadModelBehind, VersionUnknown
   */
  async open(actor: Actor, labId: LabId, at: ReadAt, isFirst: boolean): Promise<LabReader | null> {
    const request = { kind: 'graphql', field: 'Query.lab', labId } as const;
    if (!(await this.#access.isAllowed(actor, request))) return null;
    if (isFirst || at.kind === 'asOf') return this.#readers.open(actor.tenantId, labId, at);
    return this.#openFolded(actor, labId, at.atLeast ?? 0);
  }

  async #openFolded(actor: Actor, labId: LabId, atLeast: number): Promise<LabReader | null> {
    const isReached = await this.#states.waitFor(labId, atLeast, readWaitMs);
    const head = await this.#states.committed(labId);
    if (head === null || head.lab.state !== 'active') return null;
    if (!isReached) throw new ReadModelBehind(head.version, atLeast);
    return this.#readers.open(actor.tenantId, labId, { kind: 'asOf', version: head.version });
  }
}
