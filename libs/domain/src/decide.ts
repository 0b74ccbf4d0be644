import type { Answer, Command, CommandType, Outcome, SingleCommand } from '@netfold/contracts';
import { containerDeciders } from './container/deciders.ts';
import { accepted, refused } from './decision.ts';
import type { Decision } from './decision.ts';
import { endpointDeciders } from './endpoint/deciders.ts';
import { execDeciders } from './exec/deciders.ts';
import { firewallDeciders } from './firewall/deciders.ts';
import { hostDeciders } from './host/deciders.ts';
import { createLab, removeLab } from './lab/deciders.ts';
import { limits } from './limits.ts';
import { networkDeciders } from './network/deciders.ts';
import { inBatch, labHostMissing, labMissing, limitReached } from './refusal/lab.ts';
import type { Lab } from './state/lab.ts';
import { fileDeciders } from './file/deciders.ts';
import { imageDeciders } from './image/deciders.ts';
import { volumeDeciders } from './volume/deciders.ts';
import { stackDeciders } from './stack/deciders.ts';
import { swarmDeciders } from './swarm/deciders.ts';
import { advanceTo } from './time/advance.ts';
import { trafficDeciders } from './traffic/deciders.ts';
import { begin } from './work.ts';
import type { Deciders, Work } from './work.ts';

const deciders: Deciders<SingleCommand['type']> = {
  ...hostDeciders,
  ...networkDeciders,
  ...endpointDeciders,
  ...containerDeciders,
  ...execDeciders,
  ...swarmDeciders,
  ...volumeDeciders,
  ...imageDeciders,
  ...fileDeciders,
  ...trafficDeciders,
  ...firewallDeciders,
  ...stackDeciders,
  AdvanceTime: (work, command) => {
    advanceTo(work, command.to);
    if (command.to > work.lab.time) {
      work.emit({ type: 'TimeAdvanced', data: { to: command.to } });
    }
    return { kind: 'accepted', answer: { ids: {}, warnings: [] } };
  },
};

/** Every type of command there is. */
export const commandTypes: readonly CommandType[] = [
  'CreateLab',
  'RemoveLab',
  'ApplyBatch',
  ...(Object.keys(deciders) as SingleCommand['type'][]),
];

/**
 * What the command makes happen in the lab, and what it is answered. Pure: the command carries the
 * time and the randomness. Before anything else the lab advances to the command's `now`: what fell
 * due meanwhile are the first facts of the decision, and they stay when the command is refused.
 */
export function decide(lab: Lab, command: Command): Decision {
  if (command.body.type === 'CreateLab') return createLab(lab, command, command.body);
  if (lab.state !== 'active') return refused(labMissing());
  const work = begin(lab, { ...command, now: Math.max(command.now, lab.time) });
  advanceTo(work, work.now);
  if (command.body.type === 'RemoveLab') return removeLab(work);
  if (command.body.type === 'ApplyBatch') return applyBatch(work, command.body.commands);
  return decisionOf(work, decideOne(work, command.body));
}

/** Decides a single command on the work's lab; its facts are added to the work's. */
function decideOne(work: Work, command: SingleCommand): Outcome {
  if ('host' in command && typeof command.host === 'string' && !work.lab.hosts.has(command.host)) {
    return { kind: 'refused', refusal: labHostMissing(command.host) };
  }
  // The table is complete by its type; the compiler cannot pair the key with its command.
  const decider = deciders[command.type] as (work: Work, command: SingleCommand) => Outcome;
  return decider(work, command);
}

/** All of them in order, or none: a refusal drops every fact but those of the time that passed. */
function applyBatch(work: Work, commands: readonly SingleCommand[]): Decision {
  if (commands.length > limits.commandsPerBatchMax) {
    return refused(
      limitReached('commands in a batch', limits.commandsPerBatchMax, commands.length),
    );
  }
  const dueCount = work.events.length;
  const answers: Answer[] = [];
  for (const [index, command] of commands.entries()) {
    const outcome = decideOne(work, command);
    if (outcome.kind === 'refused') {
      return refused(inBatch(outcome.refusal, index), work.events.slice(0, dueCount));
    }
    answers.push(outcome.answer);
  }
  return accepted(work.events, {
    ids: {},
    warnings: answers.flatMap((answer) => answer.warnings),
    data: { answers },
  });
}

function decisionOf(work: Work, outcome: Outcome): Decision {
  return { events: work.events, outcome };
}
