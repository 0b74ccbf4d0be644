import type { ImageSpec } from '@netfold/contracts';
import { cleaned } from '../archive/archive-files.ts';
import { EngineError } from '../http/engine-error.ts';
import { pairsOf, substituted, wordsOf } from './dockerfile.ts';
import type { Instruction } from './instruction.ts';
import { healthcheckIn, healthcheckText, quotedList } from './healthcheck.ts';
import { variablesOf, withVariables } from './stage.ts';
import type { Stage } from './stage.ts';

/** What an instruction that only says something about the image changes in it. */
export type ImageStep = (stage: Stage, instruction: Instruction) => Partial<ImageSpec>;

const textOf = (stage: Stage, { rest }: Instruction): string =>
  substituted(rest, variablesOf(stage));

/** The words of a command: a list as it is, a text behind the shell. */
export const argvOf = ({ shell }: Stage, { list, rest }: Instruction): readonly string[] =>
  list ?? [...shell, rest];

/** `80`, `53/udp`, `7000-7002`: each port apart. */
const portsOf = (text: string): readonly string[] => {
  const [, first = '', last = first, protocol = 'tcp'] =
    /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/i.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === '' || from < 1 || to > 65_535 || to < from) {
    throw new EngineError('invalidParameter', `Invalid containerPort: ${text}`);
  }
  const count = to - from + 1;
  return Array.from({ length: count }, (_, at) => `${from + at}/${protocol.toLowerCase()}`);
};

/** The image serves what its base serves as long as it runs the same. */
const running = (stage: Stage, own: Pick<ImageSpec, 'cmd' | 'entrypoint'>): Partial<ImageSpec> => {
  const { origin } = stage;
  const argv = (of: Pick<ImageSpec, 'cmd' | 'entrypoint'>) =>
    JSON.stringify([...(of.entrypoint ?? []), ...of.cmd]);
  const isSame = argv(own) === argv(origin);
  return { ...own, listens: isSame ? origin.listens : [] };
};

const entrypoint: ImageStep = (stage, instruction) => {
  const { spec } = stage;
  // A command that came with the base belongs to its entrypoint.
  const cmd = stage.hasOwnCommand ? spec.cmd : [];
  return running(stage, { cmd, entrypoint: argvOf(stage, instruction) });
};

const command: ImageStep = (stage, instruction) => {
  const cmd = argvOf(stage, instruction);
  const { entrypoint: first } = stage.spec;
  return running(stage, first === undefined ? { cmd } : { cmd, entrypoint: first });
};

export const imageSteps: Readonly<Record<string, ImageStep>> = {
  CMD: command,
  ENTRYPOINT: entrypoint,
  ENV: (stage, instruction) => ({
    env: withVariables(stage.spec.env ?? [], pairsOf(textOf(stage, instruction))),
  }),
  LABEL: (stage, instruction) => ({
    labels: { ...stage.spec.labels, ...Object.fromEntries(pairsOf(textOf(stage, instruction))) },
  }),
  EXPOSE: (stage, instruction) => ({
    expose: [
      ...new Set([
        ...stage.spec.expose,
        ...wordsOf(textOf(stage, instruction)).flatMap((word) => portsOf(word)),
      ]),
    ],
  }),
  WORKDIR: (stage, instruction) => {
    const path = textOf(stage, instruction);
    const from = path.startsWith('/') ? '' : (stage.spec.workingDir ?? '');
    return { workingDir: cleaned(`${from}/${path}`) };
  },
  USER: (stage, instruction) => ({ user: textOf(stage, instruction) }),
  STOPSIGNAL: (stage, instruction) => ({ stopSignal: textOf(stage, instruction) }),
  HEALTHCHECK: (_, instruction) => {
    const healthcheck = healthcheckIn(instruction);
    return 'problem' in healthcheck ? {} : { healthcheck };
  },
  VOLUME: (stage, instruction) => ({
    volumes: [...new Set([...(stage.spec.volumes ?? []), ...volumesOf(stage, instruction)])],
  }),
  MAINTAINER: (stage, instruction) => ({ author: textOf(stage, instruction) }),
};

const volumesOf = (stage: Stage, instruction: Instruction): readonly string[] =>
  instruction.list ?? wordsOf(textOf(stage, instruction));

/** What `docker history` shows of an instruction: what was made of it, for some. */
export function stepText(stage: Stage, instruction: Instruction): string {
  const { name, text } = instruction;
  if (name === 'CMD' || name === 'ENTRYPOINT') {
    return `${name} ${quotedList(argvOf(stage, instruction))}`;
  }
  if (name === 'VOLUME') return `VOLUME [${volumesOf(stage, instruction).join(' ')}]`;
  if (name === 'SHELL') return `SHELL [${(instruction.list ?? []).join(' ')}]`;
  const health = name === 'HEALTHCHECK' ? healthcheckIn(instruction) : { problem: '' };
  return 'problem' in health ? text : healthcheckText(health);
}

/** Instructions that are carried out and have no effect in a lab: it is said at the step. */
export const withoutEffect: ReadonlySet<string> = new Set(['ONBUILD']);
