import { FoldedLabs, LabWriter, systemTimers } from '@netfold/application';
import type { CommandRequest, CommandResult, EventLog, Timers } from '@netfold/application';
import type { CommandBody, LabId } from '@netfold/contracts';
import { CountingEntropy, ManualTime } from './manual-time.ts';
import { tallyModel } from './tally-model.ts';

let requests = 0;

/** A request as a face would make it; ids count up unless given. */
export function requestOf(
  labId: LabId,
  body: CommandBody,
  changes: Partial<CommandRequest> = {},
): CommandRequest {
  requests += 1;
  const id = changes.id ?? `command-${requests}`;
  return {
    id,
    labId,
    tenantId: 'local',
    actorId: 'teacher',
    face: 'graphql',
    commandText: null,
    correlationId: id,
    causationId: null,
    expectedVersion: null,
    body,
    ...changes,
  };
}

export const makeTallyLab = (): CommandBody => ({
  type: 'CreateLab',
  name: 'lab',
  hosts: [],
  lans: [],
  images: null,
});

export const addTallyHost = (name: string): CommandBody => ({
  type: 'AddHost',
  host: { name, engineProfile: '20.10', nics: [] },
});

/** A writer with its labs on the small domain, as an application would wire them. */
export class TallyDesk {
  readonly labs: FoldedLabs;
  readonly writer: LabWriter;
  readonly problems: string[] = [];
  readonly time: ManualTime;

  constructor(
    log: EventLog,
    of: {
      readonly partition?: number;
      readonly time?: ManualTime;
      /** The time's own unless given; with a real store its pauses are real. */
      readonly timers?: Timers;
      readonly thingsMax?: number;
      readonly onFenced?: () => void;
    } = {},
  ) {
    this.time = of.time ?? new ManualTime();
    const timers = of.timers ?? this.time;
    const model = tallyModel;
    const labsOf = { log, model, timers, codeVersion: 'test', thingsMax: of.thingsMax ?? 1_000 };
    this.labs = new FoldedLabs({
      ...labsOf,
      onProblem: (problem) => this.problems.push(problem.message),
    });
    this.writer = new LabWriter({
      log,
      labs: this.labs,
      model,
      timers,
      partition: of.partition ?? 0,
      clock: this.time.clock,
      entropy: new CountingEntropy(),
      ...(of.onFenced === undefined ? {} : { onFenced: of.onFenced }),
      onProblem: (problem) => this.problems.push(problem),
    });
  }

  static onStore(log: EventLog, partition = 0): TallyDesk {
    return new TallyDesk(log, { partition, timers: systemTimers });
  }

  submit(
    labId: LabId,
    body: CommandBody,
    changes: Partial<CommandRequest> = {},
  ): Promise<CommandResult> {
    return this.writer.submit(requestOf(labId, body, changes));
  }
}
