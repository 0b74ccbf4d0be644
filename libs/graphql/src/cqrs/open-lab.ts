import type { Actor, GuardedReaders, LabReader, ReadAt } from '@netfold/application';
import type { LabId } from '@netfold/contracts';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Inject } from '@nestjs/common';
import { readersToken } from './tokens.ts';

type Opened = LabReader | null;

/** A lab at one moment, for who may read it. */
export class OpenLab extends Query<Opened> {
  readonly actor: Actor;
  readonly labId: LabId;
  readonly at: ReadAt;
  readonly isFirst: boolean;

  constructor(actor: Actor, labId: LabId, at: ReadAt, isFirst: boolean) {
    super();
    this.actor = actor;
    this.labId = labId;
    this.at = at;
    this.isFirst = isFirst;
  }
}

@QueryHandler(OpenLab)
export class OpenLabHandler implements IQueryHandler<OpenLab> {
  readonly #readers: GuardedReaders;

  constructor(@Inject(readersToken) readers: GuardedReaders) {
    this.#readers = readers;
  }

  execute({ actor, labId, at, isFirst }: OpenLab): Promise<Opened> {
    return this.#readers.open(actor, labId, at, isFirst);
  }
}
