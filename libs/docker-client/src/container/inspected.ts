import { ClientError } from '../command/client-error.ts';
import type { CommandCall } from '../command/command.ts';
import { refusalOf } from '../command/each.ts';
import { objectPath } from '../command/object-path.ts';

/** What the client looks at in the inspection of a container. */
export type Inspected = {
  readonly Id: string;
  readonly State: {
    readonly Running: boolean;
    readonly Paused: boolean;
    readonly Restarting: boolean;
  };
  readonly Config: { readonly Tty: boolean; readonly OpenStdin: boolean };
  readonly HostConfig: { readonly AutoRemove: boolean };
};

/** @throws ClientError @source docker/docker client/container_inspect.go */
export const inspectContainer = ({ engine }: CommandCall, name: string): Inspected => {
  if (name === '') throw new ClientError('Error: No such container: ');
  const path = objectPath(`/containers/${name}/json`);
  const reply = engine.reply({ method: 'GET', path });
  if (reply.status >= 400) throw new ClientError(refusalOf(reply, 'container', name));
  return JSON.parse(reply.text) as Inspected;
};
