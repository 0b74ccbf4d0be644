import { ClientError } from '../command/client-error.ts';
import { atLeast } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { pathWith } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import { inspectedContainer } from '../container/inspect.ts';
import { inspectBody, printInspect } from '../format/inspect.ts';
import type { Inspected } from '../format/inspect.ts';
import { inspectedImage } from '../image/inspect.ts';
import { quoted } from '../template/go-quote.ts';

type Kind = {
  readonly object: string;
  readonly isOfSwarm?: true;
  readonly find: (call: CommandCall, ref: string) => Inspected;
};

const kind = (
  object: string,
  type: string,
  pathOf: (ref: string) => string = (ref) => objectPath(`/${object}s/${ref}`),
): Kind => ({
  object,
  find: (call, ref) => ({ raw: inspectBody(call, pathOf(ref), { object, ref }), type }),
});

const servicePath = (ref: string): string =>
  pathWith(objectPath(`/services/${ref}`), { insertDefaults: 'true' });

/** In the order in which they are tried. */
const kinds: readonly Kind[] = [
  { object: 'container', find: inspectedContainer },
  { object: 'image', find: inspectedImage },
  kind('network', 'types.NetworkResource'),
  kind('volume', 'types.Volume'),
  { ...kind('service', 'swarm.Service', servicePath), isOfSwarm: true },
  { ...kind('task', 'swarm.Task'), isOfSwarm: true },
  { ...kind('node', 'swarm.Node'), isOfSwarm: true },
  kind('plugin', '*types.Plugin', (ref) => objectPath(`/plugins/${ref}/json`)),
  { ...kind('secret', 'swarm.Secret'), isOfSwarm: true },
];

/** @source docker/cli v20.10 cli/command/system/inspect.go */
export const inspect: Command = {
  words: atLeast(1),
  run: (call) => {
    const wanted = call.flags.text('type');
    const one = kinds.find(({ object }) => object === wanted);
    if (wanted !== '' && one === undefined) {
      throw new ClientError(`${quoted(wanted)} is not a valid value for --type`);
    }
    printInspect(call, call.words, (ref) =>
      one === undefined ? findAny(call, ref) : found(call, one, ref),
    );
  },
};

const found = (call: CommandCall, { object, find }: Kind, ref: string): Inspected => {
  const inspected = find(call, ref);
  if (call.flags.isOn('size') && object !== 'container') {
    call.out.warn(`WARNING: --size ignored for ${object}`);
  }
  return inspected;
};

const findAny = (call: CommandCall, ref: string): Inspected => {
  let isManager: boolean | null = null;
  for (const one of kinds) {
    if (one.isOfSwarm === true) {
      isManager ??= isSwarmManager(call);
      if (!isManager) continue;
    }
    try {
      return found(call, one, ref);
    } catch (error) {
      if (!(error instanceof ClientError) || !isPassedOver(error.message)) throw error;
    }
  }
  throw new ClientError(`Error: No such object: ${ref}`);
};

/** What says only that there is none of this kind. */
const isPassedOver = (message: string): boolean =>
  message.startsWith('Error: No such ') ||
  message.includes('not supported') ||
  message.includes('invalid reference format');

const isSwarmManager = ({ engine, out }: CommandCall): boolean => {
  try {
    const { Swarm } = engine.get('/info') as {
      readonly Swarm: { readonly ControlAvailable: boolean };
    };
    return Swarm.ControlAvailable;
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    out.warn(error.message);
    return false;
  }
};
