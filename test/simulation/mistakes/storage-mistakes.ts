import type { ContainerSpec } from '@netfold/contracts';
import { imageIdOf } from '@netfold/domain';
import { fileEntry } from '@netfold/testkit/factories';
import { createContainer, runContainer, startContainer } from '../orders.ts';
import {
  createVolume,
  removeImage,
  tagImage,
  updateContainer,
  writeFiles,
} from '../storage-orders.ts';
import { story } from './mistake.ts';
import type { Mistake } from './mistake.ts';

/** The same in every lab. */
const redisId = imageIdOf('redis');
const nginxId = imageIdOf('nginx');

const withHostConfig = (hostConfig: Readonly<Record<string, unknown>>): Partial<ContainerSpec> => ({
  passThrough: { config: {}, hostConfig },
});

const mounting = (hostConfig: Readonly<Record<string, unknown>>): Mistake =>
  story((host) => [createContainer(host, 'oops', withHostConfig(hostConfig))]);

const mounted: readonly Mistake[] = [
  mounting({ Binds: ['data:'] }),
  mounting({ Binds: ['data:/x:odd'] }),
  mounting({ Binds: ['data:/x', 'logs:/x'] }),
  mounting({ Mounts: [{ Type: 'odd', Target: '/x' }] }),
  mounting({ VolumesFrom: ['nobody'] }),
  mounting({ Memory: 1 }),
  mounting({ Binds: ['data:/x'], VolumeDriver: 'nosuch' }),
];

const ofVolumes: readonly Mistake[] = [
  ({ name }) => createVolume(name, 'x'),
  ({ name }) => createVolume(name, 'a b'),
  ({ name }) => createVolume(name, 'fast', { driverOptions: { speed: '9' } }),
  ({ name: host }) => ({ type: 'RemoveVolume', host, volume: 'nosuch', force: false }),
  ({ name: host }) => ({ type: 'PruneVolumes', host, filters: { odd: ['x'] } }),
  story((host) => [
    createContainer(host, 'oops', withHostConfig({ Binds: ['used:/x'] })),
    { type: 'RemoveVolume', host, volume: 'used', force: false },
  ]),
];

const ofImages: readonly Mistake[] = [
  story((host) => [...runContainer(host, 'oops'), removeImage(host, nginxId)]),
  ({ name }) => tagImage(name, 'alpine', 'Upper'),
  ({ name: host }) => ({ type: 'PullImage', host, image: 'nosuch' }),
  ({ name: host }) => ({ type: 'PruneImages', host, filters: { dangling: ['x'] } }),
  story((host) => [createContainer(host, 'oops', { image: 'redis' }), removeImage(host, 'redis')]),
  story((host) => [
    { type: 'PullImage', host, image: 'redis' },
    ...runContainer(host, 'oops', { image: 'redis' }),
    removeImage(host, 'redis', true),
    { type: 'PullImage', host, image: 'redis' },
    removeImage(host, redisId, true),
  ]),
];

const ofFiles: readonly Mistake[] = [
  story((host) => [createContainer(host, 'oops'), writeFiles(host, 'oops', { folder: '/nosuch' })]),
  story((host) => [
    createContainer(host, 'oops'),
    writeFiles(host, 'oops'),
    writeFiles(host, 'oops', { folder: '/root/notes' }),
  ]),
  story((host) => [
    createContainer(host, 'oops', withHostConfig({ Binds: ['data:/x:ro'] })),
    writeFiles(host, 'oops', { folder: '/x' }),
  ]),
  story((host) => [
    createContainer(host, 'oops', withHostConfig({ ReadonlyRootfs: true })),
    writeFiles(host, 'oops'),
  ]),
  story((host) => [
    createContainer(host, 'oops'),
    writeFiles(host, 'oops', { files: [fileEntry('/root')], keepsKinds: true }),
  ]),
];

const updated: readonly Mistake[] = [
  story((host) => [
    createContainer(host, 'oops', withHostConfig({ CpuQuota: 5_000 })),
    startContainer(host, 'oops'),
    updateContainer(host, 'oops', { NanoCpus: 1_000_000_000 }),
  ]),
];

export const storageMistakes: readonly Mistake[] = [
  ...mounted,
  ...ofVolumes,
  ...ofImages,
  ...ofFiles,
  ...updated,
];
