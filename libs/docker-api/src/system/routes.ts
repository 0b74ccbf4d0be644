import { kernel } from '@netfold/tooltext';
import type { Call, Seen } from '../engine/call.ts';
import { engineProfile } from '../engine/engine-profile.ts';
import type { Route } from '../engine/routing.ts';
import { sendJson, sendText } from '../http/reply.ts';
import { knownImages } from '../image/image-list.ts';
import { infoJson } from './info.ts';

const pingHeaders = {
  'Cache-Control': 'no-cache, no-store, must-revalidate',
  Pragma: 'no-cache',
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

const imageUsage = (seen: Seen): unknown[] =>
  knownImages(seen.lab).map((image) => ({
    ...image,
    Containers: [...seen.host.containers.values()].filter(
      ({ spec }) =>
        spec.image === image.RepoTags[0] || `${spec.image}:latest` === image.RepoTags[0],
    ).length,
  }));

/** `docker system df`: images take no room, and there are no volumes and no build cache. */
const diskUsage = async (call: Call): Promise<void> => {
  const seen = await call.see();
  sendJson(call.response, 200, {
    LayersSize: 0,
    Images: imageUsage(seen),
    Containers: [],
    Volumes: [],
    BuildCache: [],
    BuilderSize: 0,
  });
};

const volumes = (call: Call): void => sendJson(call.response, 200, { Volumes: [], Warnings: null });

const noVolume = (call: Call): void =>
  sendJson(call.response, 404, { message: `get ${call.parameter('name')}: no such volume` });

const pruneVolumes = (call: Call): void =>
  sendJson(call.response, 200, { VolumesDeleted: null, SpaceReclaimed: 0 });

const noPlugin = (call: Call): void =>
  sendJson(call.response, 404, { message: `plugin "${call.parameter('name')}" not found` });

const noPlugins = (call: Call): void => sendJson(call.response, 200, []);

export const systemRoutes: readonly Route[] = [
  { method: 'GET', path: '/_ping', handler: ping },
  { method: 'HEAD', path: '/_ping', handler: ping },
  { method: 'GET', path: '/version', handler: version },
  { method: 'GET', path: '/info', handler: info },
  { method: 'GET', path: '/system/df', handler: diskUsage },
  { method: 'GET', path: '/volumes', handler: volumes },
  { method: 'POST', path: '/volumes/prune', handler: pruneVolumes },
  { method: 'GET', path: '/volumes/{name}', handler: noVolume },
  { method: 'DELETE', path: '/volumes/{name}', handler: noVolume },
  { method: 'GET', path: '/plugins', handler: noPlugins },
  { method: 'GET', path: '/plugins/{name:.*}/json', handler: noPlugin },
];
