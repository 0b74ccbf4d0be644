import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import type { Engine } from '../command/engine.ts';
import { messageOf, pathWith } from '../command/engine.ts';
import { decoded, encoded } from '../template/go-json.ts';
import type { Swarm, SwarmSpec } from './swarm-spec.ts';

/** What `GET /info` tells of the swarm. */
export type SwarmInfo = {
  readonly NodeID: string;
  readonly LocalNodeState: string;
  readonly ControlAvailable: boolean;
  readonly Cluster?: { readonly TLSInfo?: unknown } | null;
};

export const swarmInfoOf = (engine: Engine): SwarmInfo =>
  (engine.get('/info') as { readonly Swarm: SwarmInfo }).Swarm;

export const swarmOf = (engine: Engine): Swarm => engine.get('/swarm') as Swarm;

/** A body as the client writes one of that Go type: most of what is zero is left out. */
export const asSent = (body: unknown, type: string): unknown =>
  JSON.parse(encoded(decoded(JSON.stringify(body), type), false));

type Rotation = { readonly worker?: boolean; readonly manager?: boolean; readonly key?: boolean };

/** @source docker/cli v20.10 vendor/github.com/docker/docker/client/swarm_update.go */
export const updateSwarm = (
  engine: Engine,
  { Version }: Swarm,
  spec: SwarmSpec,
  { worker = false, manager = false, key = false }: Rotation = {},
): void => {
  const path = pathWith('/swarm/update', {
    version: String(Version.Index),
    rotateWorkerToken: String(worker),
    rotateManagerToken: String(manager),
    rotateManagerUnlockKey: String(key),
  });
  engine.done({ method: 'POST', path, body: asSent(spec, 'swarm.Spec') });
};

/** @throws ClientError */
export const unlockKeyOf = (engine: Engine): string => {
  const reply = engine.reply({ method: 'GET', path: '/swarm/unlockkey' });
  if (reply.status >= 400) {
    const cause = `Error response from daemon: ${messageOf(reply)}`;
    throw new ClientError(`could not fetch unlock key: ${cause}`);
  }
  return (JSON.parse(reply.text) as { readonly UnlockKey: string }).UnlockKey;
};

export const showUnlockKey = ({ out }: CommandCall, key: string): void => {
  if (key === '') return;
  out.print(
    'To unlock a swarm manager after it restarts, run the `docker swarm unlock`\n' +
      `command and provide the following key:\n\n    ${key}\n\n` +
      'Please remember to store this key in a password manager, since without it you\n' +
      'will not be able to restart the manager.\n',
  );
};

const availabilities = ['active', 'pause', 'drain'];

/** @throws ClientError */
export const availabilityOf = ({ flags }: CommandCall): string => {
  if (!flags.isSet('availability')) return '';
  const given = flags.text('availability');
  if (availabilities.includes(given.toLowerCase())) return given.toLowerCase();
  throw new ClientError(
    `invalid availability ${JSON.stringify(given)}, only active, pause and drain are supported`,
  );
};
