import type { CommandBody, SingleCommand } from '@netfold/contracts';
import { batch } from '@netfold/testkit/factories';
import { initSwarm } from '../orders.ts';
import { Situation } from '../situation.ts';
import type { ContainerNeed } from '../situation.ts';

/** Something that a clumsy user does. It mostly is refused; whether it is, is the lab's to say. */
export type Mistake = (at: Situation) => CommandBody;

/** The same commands on the host that the user is at, in one go. */
export const story =
  (commands: (host: string, at: Situation) => readonly SingleCommand[]): Mistake =>
  (at) =>
    oneOrBatch(commands(at.name, at));

/** Commands for a manager; where no host is one, the user makes one first. */
export const onManager =
  (commands: (host: string, at: Situation) => readonly SingleCommand[]): Mistake =>
  (at) => {
    const manager = at.hostAs('manager');
    if (manager !== null) return oneOrBatch(commands(manager.name, at));
    const host = at.hostAs('inactive')?.name ?? at.name;
    return batch(initSwarm(host), ...commands(host, at));
  };

/** One command for a host in a role; where there is none, for the user's own. */
export const onHostAs =
  (
    role: 'manager' | 'worker' | 'inactive',
    command: (host: string, at: Situation) => SingleCommand,
  ): Mistake =>
  (at) =>
    command(at.hostAs(role)?.name ?? at.name, at);

/** The mistake on a host where it can be made, the user's own before others. */
export const where =
  (can: (at: Situation) => boolean, mistake: Mistake): Mistake =>
  (at) => {
    const hosts = [at.host, ...at.lab.hosts.values()];
    const places = hosts.map((host) => new Situation(at.lab, host, at));
    return mistake(places.find((place) => can(place)) ?? at);
  };

/** Likewise where a container is in such a state. */
export const withContainer = (need: ContainerNeed, mistake: Mistake): Mistake =>
  where((at) => at.containers(need).length > 0, mistake);

function oneOrBatch(commands: readonly SingleCommand[]): CommandBody {
  const [only] = commands;
  return only !== undefined && commands.length === 1 ? only : batch(...commands);
}
