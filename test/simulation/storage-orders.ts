import type { HostName, SingleCommand } from '@netfold/contracts';
import { fileEntry } from '@netfold/testkit/factories';
import { pick } from './situation.ts';
import type { Situation } from './situation.ts';

/** What a user orders of volumes, images and files. */

const volumes = ['data', 'logs', 'cache'] as const;

export const volumeName = (number: number): string => pick(volumes, number) ?? 'data';

export function createVolume(
  host: HostName,
  name: string,
  changes: Partial<Extract<SingleCommand, { type: 'CreateVolume' }>> = {},
): SingleCommand {
  const nothing = { driver: '', driverOptions: null, labels: null };
  return { type: 'CreateVolume', host, name, ...nothing, ...changes };
}

export function writeFiles(
  host: HostName,
  container: string,
  changes: Partial<Extract<SingleCommand, { type: 'WriteFiles' }>> = {},
): SingleCommand {
  const wish = { folder: '/root', files: [fileEntry('/root/notes')], keepsKinds: false };
  return { type: 'WriteFiles', host, container, ...wish, ...changes };
}

const removeFiles = (host: HostName, container: string): SingleCommand => ({
  type: 'RemoveFiles',
  host,
  container,
  paths: ['/root/notes', '/opt'],
});

export function updateContainer(
  host: HostName,
  container: string,
  resources: Readonly<Record<string, number>>,
): SingleCommand {
  return { type: 'UpdateContainer', host, container, resources, restartPolicy: null };
}

export const tagImage = (host: HostName, image: string, repository: string): SingleCommand => ({
  type: 'TagImage',
  host,
  image,
  repository,
  tag: '',
});

/** Few images under one name, so that they take it from one another. */
const buildImage = (host: HostName, number: number): SingleCommand => ({
  type: 'BuildImage',
  host,
  spec: {
    cmd: ['sleep', '1d'],
    expose: [],
    listens: [],
    files: [fileEntry(`/root/step-${number}`)],
    steps: [{ image: '', createdBy: `step ${number}` }],
  },
  tags: ['own/built'],
});

export const removeImage = (host: HostName, image: string, force = false): SingleCommand => ({
  type: 'RemoveImage',
  host,
  image,
  force,
});

type Order = (at: Situation) => SingleCommand;

/** An image that no container of the simulation uses: it can go and come back. */
const unused = 'mongo';

const orders: readonly Order[] = [
  ({ name, b, c }) => createVolume(name, c % 5 === 0 ? '' : volumeName(b)),
  ({ name, b }) => ({ type: 'RemoveVolume', host: name, volume: volumeName(b), force: true }),
  ({ name }) => ({ type: 'PruneVolumes', host: name, filters: {} }),
  (at) => updateContainer(at.name, at.container(at.b, 'any'), { CpuShares: 2 + at.c }),
  ({ name }) => ({ type: 'PullImage', host: name, image: unused }),
  ({ name, a }) => buildImage(name, a % 3),
  ({ name, b }) => tagImage(name, b % 2 === 0 ? unused : 'alpine', `my/box:${b % 5}`),
  ({ name, b }) => removeImage(name, b % 2 === 0 ? unused : `my/box:${b % 5}`, b % 3 === 0),
  ({ name }) => ({ type: 'PruneImages', host: name, filters: {} }),
  (at) => writeFiles(at.name, at.container(at.b, 'any')),
  (at) => removeFiles(at.name, at.container(at.b, 'any')),
];

/** One of them, by chance. */
export const storageOrder: Order = (at) =>
  (pick(orders, at.a) ?? (({ name }) => createVolume(name, 'data')))(at);
