import type { CommandBody } from '@netfold/contracts';
import type { Container, Endpoint, LabHost } from '@netfold/domain';
import { createContainer, createLab, startContainer } from './factories.ts';
import { given } from './given.ts';
import type { Scene } from './given.ts';

type Changes = NonNullable<Parameters<typeof createContainer>[1]>;

/** A lab with `h1`, `h2`, `h3` after these commands, each decided on what those before left. */
export function labAfter(...bodies: readonly CommandBody[]): Scene {
  const fresh = given().when(createLab('h1', 'h2', 'h3'));
  return bodies.reduce<Scene>((scene, body) => scene.when(body), fresh);
}

/** `docker run -d` of something that goes on: create and start. */
export function run(name: string, changes: Changes = {}): readonly CommandBody[] {
  const { host = 'h1' } = changes;
  return [
    createContainer(name, { command: ['sleep', '1d'], ...changes }),
    startContainer(name, host),
  ];
}

export function hostIn(scene: Scene, name = 'h1'): LabHost {
  const host = scene.lab.hosts.get(name);
  if (host === undefined) throw new Error(`no host ${name}`);
  return host;
}

export function containerIn(scene: Scene, name: string, hostName = 'h1'): Container {
  const host = hostIn(scene, hostName);
  const container = host.containers.get(host.containerNames.get(name) ?? '');
  if (container === undefined) throw new Error(`no container ${name} on ${hostName}`);
  return container;
}

/** Where tools of a host run. @param now  of the lab's clock */
export const placeIn = (scene: Scene, now = 0) =>
  ({ lab: scene.lab, labId: 'lab-00000001', host: hostIn(scene), now }) as const;

/** Its endpoints by the name of their network. */
export function endpointsIn(
  scene: Scene,
  name: string,
  hostName = 'h1',
): Readonly<Record<string, Endpoint>> {
  const host = hostIn(scene, hostName);
  const { id } = containerIn(scene, name, hostName);
  const own = [...host.endpoints.values()].filter((endpoint) => endpoint.containerId === id);
  return Object.fromEntries(
    own.map((endpoint) => [host.networks.get(endpoint.networkId)?.name ?? '?', endpoint]),
  );
}

/** Every published port of the host, as `0.0.0.0:8080->80/tcp`, in order of programming. */
export function publishedIn(scene: Scene, hostName = 'h1'): readonly string[] {
  const ports = [...hostIn(scene, hostName).publishedPorts.values()];
  return ports
    .toSorted((left, right) => left.ordinal - right.ordinal)
    .map(
      ({ hostIp, hostPort, containerPort, protocol }) =>
        `${hostIp}:${hostPort}->${containerPort}/${protocol}`,
    );
}
