import { ClientError } from '../command/client-error.ts';
import { atLeast, exactly } from '../command/command.ts';
import type { Command, CommandCall } from '../command/command.ts';
import { removeEach } from '../command/each.ts';
import { pathWith } from '../command/engine.ts';
import { objectPath } from '../command/object-path.ts';
import { asSent } from '../swarm/swarm-api.ts';
import { mapOf } from '../value/key-value-file.ts';
import { nodeOf } from './node-api.ts';
import type { NodeSpec, SwarmNode } from './node-api.ts';

/**
 * Asks for each node, changes what it is set to, and says so.
 *
 * @param change `null`: there is nothing to change
 * @source docker/cli v20.10 cli/command/node/update.go updateNodes
 */
const updateNodes = (
  { engine, words }: CommandCall,
  change: (node: SwarmNode) => NodeSpec | null,
  succeed: (reference: string) => void,
): void => {
  for (const reference of words) {
    const node = nodeOf(engine, reference);
    const spec = change(node);
    if (spec === null) continue;
    const body = asSent(spec, 'swarm.NodeSpec');
    const version = String(node.Version.Index);
    const path = pathWith(objectPath(`/nodes/${node.ID}/update`), { version });
    engine.done({ method: 'POST', path, body });
    succeed(reference);
  }
};

const roleCommand = (role: 'manager' | 'worker', told: (node: string) => string): Command => ({
  words: atLeast(1),
  run: (call) => {
    const { out } = call;
    updateNodes(
      call,
      ({ ID, Spec }) => {
        if (Spec.Role !== role) return { ...Spec, Role: role };
        out.line(`Node ${ID} is already a ${role}.`);
        return null;
      },
      (reference) => out.line(told(reference)),
    );
  },
});

/** @source docker/cli v20.10 cli/command/node/promote.go */
export const promote = roleCommand(
  'manager',
  (node) => `Node ${node} promoted to a manager in the swarm.`,
);

/** @source docker/cli v20.10 cli/command/node/demote.go */
export const demote = roleCommand('worker', (node) => `Manager ${node} demoted in the swarm.`);

/** @source docker/cli v20.10 cli/command/node/update.go */
export const update: Command = {
  words: exactly(1),
  run: (call) => {
    updateNodes(
      call,
      ({ Spec }) => changed(call, Spec),
      (reference) => call.out.line(reference),
    );
  },
};

const changed = ({ flags }: CommandCall, spec: NodeSpec): NodeSpec => {
  const labels = { ...spec.Labels, ...mapOf(flags.list('label-add')) };
  for (const key of flags.list('label-rm')) {
    if (!Object.hasOwn(labels, key)) {
      throw new ClientError(`key ${key} doesn't exist in node's labels`);
    }
    delete labels[key];
  }
  return {
    ...spec,
    Labels: labels,
    ...(flags.isSet('role') ? { Role: flags.text('role') } : {}),
    ...(flags.isSet('availability') ? { Availability: flags.text('availability') } : {}),
  };
};

/** @source docker/cli v20.10 cli/command/node/remove.go */
export const remove: Command = {
  words: atLeast(1),
  run: (call) => {
    const force = call.flags.isOn('force') ? '1' : undefined;
    removeEach(call, 'node', (node) =>
      call.engine.reply({
        method: 'DELETE',
        path: pathWith(objectPath(`/nodes/${node}`), { force }),
      }),
    );
  },
};
