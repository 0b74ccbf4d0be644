import { imageIdOf, usersOfVolume } from '@netfold/domain';
import { kernel } from '@netfold/tooltext';
import { sizesOf } from '../container/sizes.ts';
import { summaryJson } from '../container/summary.ts';
import type { Call, Seen } from '../engine/call.ts';
import { engineProfile } from '../engine/engine-profile.ts';
import type { Route } from '../engine/routing.ts';
import { sendJson, sendText } from '../http/reply.ts';
import { imageSummaries, newestFirst } from '../image/image-list.ts';
import { volumeJson } from '../volume/volume-json.ts';
import { infoJson } from './info.ts';

const pingHeaders = {
  'Cache-Control': 'no-cache, no-store, must-revalidate',
  Pragma: 'no-cache',
  // As with `"features": {"buildkit": false}`: clients build with the engine's own builder.
  'Builder-Version': '1',
};

/** @source moby/moby v20.10 api/server/router/system/system_routes.go */
const ping = (call: Call): void => {
  if (call.request.method === 'HEAD') {
    sendText(call.response, 200, '', { ...pingHeaders, 'Content-Length': '0' });
    return;
  }
  sendText(call.response, 200, 'OK', pingHeaders);
};

const versionJson = {
  Platform: { Name: '' },
  Components: [
    {
      Name: 'Engine',
      Version: engineProfile.version,
      Details: {
        ApiVersion: engineProfile.apiVersion,
        Arch: 'amd64',
        BuildTime: engineProfile.buildTime,
        Experimental: 'false',
        GitCommit: engineProfile.gitCommit,
        GoVersion: engineProfile.goVersion,
        KernelVersion: kernel.release,
        MinAPIVersion: engineProfile.minApiVersion,
        Os: 'linux',
      },
    },
    {
      Name: 'containerd',
      Version: engineProfile.containerd.version,
      Details: { GitCommit: engineProfile.containerd.gitCommit },
    },
    {
      Name: 'runc',
      Version: engineProfile.runc.version,
      Details: { GitCommit: engineProfile.runc.gitCommit },
    },
    {
      Name: 'docker-init',
      Version: engineProfile.init.version,
      Details: { GitCommit: engineProfile.init.gitCommit },
    },
  ],
  Version: engineProfile.version,
  ApiVersion: engineProfile.apiVersion,
  MinAPIVersion: engineProfile.minApiVersion,
  GitCommit: engineProfile.gitCommit,
  GoVersion: engineProfile.goVersion,
  Os: 'linux',
  Arch: 'amd64',
  KernelVersion: kernel.release,
  BuildTime: engineProfile.buildTime,
};

const version = (call: Call): void => sendJson(call.response, 200, versionJson);

const info = async (call: Call): Promise<void> => {
  const seen = await call.see();
  sendJson(call.response, 200, infoJson(seen, call.context.clock()));
};

const imageUsage = ({ lab, host }: Seen): readonly unknown[] =>
  newestFirst(imageSummaries(lab, host)).map((image) => ({
    ...image,
    Containers: [...host.containers.values()].filter((one) => imageIdOf(one.image) === image.Id)
      .length,
    SharedSize: 0,
  }));

const volumeUsage = ({ host }: Seen): readonly unknown[] =>
  [...host.volumes.values()].map((volume) => ({
    ...volumeJson(volume),
    UsageData: { RefCount: usersOfVolume(host, volume.name).length, Size: 0 },
  }));

/** `docker system df`. @source moby/moby v20.10 daemon/disk_usage.go; recorded engine */
const diskUsage = async (call: Call): Promise<void> => {
  const seen = await call.see();
  const sizes = imageSummaries(seen.lab, seen.host).map(({ Size }) => Size);
  const now = call.context.clock();
  sendJson(call.response, 200, {
    LayersSize: sizes.reduce((sum, size) => sum + size, 0),
    Images: imageUsage(seen),
    Containers: [...seen.host.containers.values()]
      .toSorted((a, b) => b.createdAt - a.createdAt || b.ordinal - a.ordinal)
      .map((container) =>
        summaryJson(seen.host, container, { now, sizes: sizesOf(seen.lab, container) }),
      ),
    Volumes: volumeUsage(seen),
    BuildCache: null,
    BuilderSize: 0,
  });
};

const noPlugin = (call: Call): void =>
  sendJson(call.response, 404, { message: `plugin "${call.parameter('name')}" not found` });

const noPlugins = (call: Call): void => sendJson(call.response, 200, []);

export const systemRoutes: readonly Route[] = [
  { method: 'GET', path: '/_ping', handler: ping },
  { method: 'HEAD', path: '/_ping', handler: ping },
  { method: 'GET', path: '/version', handler: version },
  { method: 'GET', path: '/info', handler: info },
  { method: 'GET', path: '/system/df', handler: diskUsage },
  { method: 'GET', path: '/plugins', handler: noPlugins },
  { method: 'GET', path: '/plugins/{name:.*}/json', handler: noPlugin },
];
