import type { RawRequest } from './engine-request.ts';

/** A request in order; with a `name` its answer is kept, with `saveId` its Id is used later. */
export type NamedRequest = RawRequest & { name?: string; saveId?: string };

const get = (name: string, path: string): NamedRequest => ({ name, method: 'GET', path });
const post = (name: string, path: string, body?: unknown): NamedRequest => ({
  name,
  method: 'POST',
  path,
  ...(body === undefined ? {} : { body }),
});
const remove = (name: string, path: string): NamedRequest => ({ name, method: 'DELETE', path });

const web = {
  Image: 'nginx',
  Hostname: 'webhost',
  Env: ['A=1'],
  Labels: { tier: 'front' },
  ExposedPorts: { '80/tcp': {}, '443/tcp': {} },
  HostConfig: {
    NetworkMode: 'user',
    PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] },
    ExtraHosts: ['db:10.1.2.3'],
  },
  NetworkingConfig: {
    EndpointsConfig: { user: { Aliases: ['www'], IPAMConfig: { IPv4Address: '10.40.0.9' } } },
  },
};

const sleeper = { Image: 'alpine', Cmd: ['sleep', '1d'] };

const freshEngine: NamedRequest[] = [
  get('ping', '/_ping'),
  { name: 'ping-head', method: 'HEAD', path: '/_ping' },
  get('ping-versioned', '/v1.41/_ping'),
  get('version', '/version'),
  get('version-1.41', '/v1.41/version'),
  get('version-1.24', '/v1.24/version'),
  get('info', '/info'),
  get('networks-fresh', '/networks'),
  get('network-bridge-fresh', '/networks/bridge'),
  get('network-host-fresh', '/networks/host'),
  get('network-none-fresh', '/networks/none'),
  get('containers-empty', '/containers/json'),
  get('images', '/images/json'),
  get('image-nginx', '/images/nginx/json'),
  get('volumes-empty', '/volumes'),
  get('system-df', '/system/df'),
  get('swarm-inactive', '/swarm'),
  get('nodes-inactive', '/nodes'),
  get('services-inactive', '/services'),
];

const making: NamedRequest[] = [
  post('network-create-user', '/v1.41/networks/create', {
    Name: 'user',
    CheckDuplicate: true,
    Driver: 'bridge',
    IPAM: { Driver: 'default', Config: [{ Subnet: '10.40.0.0/24', Gateway: '10.40.0.1' }] },
    Options: { 'com.docker.network.driver.mtu': '1400' },
    Labels: { lesson: 'one' },
  }),
  post('network-create-auto', '/v1.41/networks/create', { Name: 'auto' }),
  post('network-create-minimal-driver', '/v1.41/networks/create', { Name: 'priv', Internal: true }),
  { ...post('container-create-web', '/v1.41/containers/create?name=web', web), saveId: 'WEB' },
  get('container-web-created', '/v1.41/containers/web/json'),
  post('container-start-web', '/v1.41/containers/web/start'),
  post('container-start-web-again', '/v1.41/containers/web/start'),
  get('container-web-running', '/v1.41/containers/web/json'),
  get('container-web-running-by-prefix', '/v1.41/containers/${WEB}/json?size=1'),
  {
    ...post('container-create-plain', '/v1.41/containers/create?name=plain', sleeper),
    saveId: 'PLAIN',
  },
  post('container-start-plain', '/v1.41/containers/plain/start'),
  get('container-plain-running', '/v1.41/containers/plain/json'),
  post('container-create-unnamed', '/v1.41/containers/create', sleeper),
  post('container-create-side', '/v1.41/containers/create?name=side', {
    ...sleeper,
    HostConfig: { NetworkMode: 'container:plain' },
  }),
  post('container-start-side', '/v1.41/containers/side/start'),
  get('container-side-running', '/v1.41/containers/side/json'),
  post('container-create-onhost', '/v1.41/containers/create?name=onhost', {
    ...sleeper,
    HostConfig: { NetworkMode: 'host' },
  }),
  post('container-start-onhost', '/v1.41/containers/onhost/start'),
  get('container-onhost-running', '/v1.41/containers/onhost/json'),
  post('container-create-alone', '/v1.41/containers/create?name=alone', {
    ...sleeper,
    HostConfig: { NetworkMode: 'none' },
  }),
  post('container-start-alone', '/v1.41/containers/alone/start'),
  get('container-alone-running', '/v1.41/containers/alone/json'),
  post('network-connect', '/v1.41/networks/auto/connect', {
    Container: 'web',
    EndpointConfig: { Aliases: ['second'] },
  }),
  get('container-web-two-networks', '/v1.41/containers/web/json'),
];

const looking: NamedRequest[] = [
  get('networks', '/v1.41/networks'),
  get('networks-filter-driver', '/v1.41/networks?filters=%7B%22driver%22%3A%5B%22null%22%5D%7D'),
  get('networks-filter-bad', '/v1.41/networks?filters=%7B%22colour%22%3A%5B%22red%22%5D%7D'),
  get('networks-filter-not-json', '/v1.41/networks?filters=red'),
  get('network-user', '/v1.41/networks/user'),
  get('network-user-verbose', '/v1.41/networks/user?verbose=true'),
  get('network-auto', '/v1.41/networks/auto'),
  get('network-priv', '/v1.41/networks/priv'),
  get('network-bridge', '/v1.41/networks/bridge'),
  get('network-host', '/v1.41/networks/host'),
  get('network-none', '/v1.41/networks/none'),
  get('containers', '/v1.41/containers/json'),
  get('containers-all', '/v1.41/containers/json?all=1'),
  get('containers-limit', '/v1.41/containers/json?limit=1'),
  get(
    'containers-filter-network',
    '/v1.41/containers/json?filters=%7B%22network%22%3A%5B%22user%22%5D%7D',
  ),
  get(
    'containers-filter-bad',
    '/v1.41/containers/json?filters=%7B%22colour%22%3A%5B%22red%22%5D%7D',
  ),
  get('container-top', '/v1.41/containers/web/top'),
  { ...post('exec-create', '/v1.41/containers/web/exec', { Cmd: ['hostname'] }), saveId: 'EXEC' },
  get('exec-inspect-before', '/v1.41/exec/${EXEC}/json'),
  post('exec-start-detached', '/v1.41/exec/${EXEC}/start', { Detach: true, Tty: false }),
  get('exec-inspect-after', '/v1.41/exec/${EXEC}/json'),
  post('exec-start-twice', '/v1.41/exec/${EXEC}/start', { Detach: true }),
];

const refusals: NamedRequest[] = [
  get('error-page-not-found', '/v1.41/nosuchpage'),
  get('error-version-too-new', '/v1.99/version'),
  get('error-version-too-old', '/v1.11/version'),
  get('error-container-not-found', '/v1.41/containers/nosuch/json'),
  get('error-network-not-found', '/v1.41/networks/nosuch'),
  get('error-exec-not-found', '/v1.41/exec/nosuch/json'),
  get('error-image-not-found', '/v1.41/images/nosuch/json'),
  get('error-volume-not-found', '/v1.41/volumes/nosuch'),
  remove('error-network-remove-not-found', '/v1.41/networks/nosuch'),
  remove('error-network-remove-in-use', '/v1.41/networks/user'),
  remove('error-network-remove-builtin', '/v1.41/networks/bridge'),
  remove('error-container-remove-not-found', '/v1.41/containers/nosuch'),
  remove('error-container-remove-running', '/v1.41/containers/plain'),
  post('error-network-create-duplicate', '/v1.41/networks/create', {
    Name: 'user',
    CheckDuplicate: true,
  }),
  post('network-create-twin', '/v1.41/networks/create', { Name: 'twin' }),
  post('network-create-twin-again', '/v1.41/networks/create', { Name: 'twin' }),
  get('error-network-ambiguous', '/v1.41/networks/twin'),
  remove('error-network-remove-ambiguous', '/v1.41/networks/twin'),
  post('error-network-create-no-name', '/v1.41/networks/create', {}),
  post('error-network-create-host', '/v1.41/networks/create', { Name: 'h', Driver: 'host' }),
  post('error-network-create-no-plugin', '/v1.41/networks/create', { Name: 'x', Driver: 'nope' }),
  post('error-network-create-overlap', '/v1.41/networks/create', {
    Name: 'x',
    IPAM: { Config: [{ Subnet: '10.40.0.0/16' }] },
  }),
  post('error-network-create-bad-subnet', '/v1.41/networks/create', {
    Name: 'x',
    IPAM: { Config: [{ Subnet: 'red' }] },
  }),
  post('error-network-create-overlay', '/v1.41/networks/create', { Name: 'x', Driver: 'overlay' }),
  post('error-network-connect-twice', '/v1.41/networks/auto/connect', { Container: 'web' }),
  post('error-network-connect-no-container', '/v1.41/networks/auto/connect', { Container: 'no' }),
  post('error-network-connect-no-network', '/v1.41/networks/nosuch/connect', { Container: 'web' }),
  post('error-network-connect-host', '/v1.41/networks/host/connect', { Container: 'web' }),
  post('error-network-connect-private', '/v1.41/networks/auto/connect', { Container: 'alone' }),
  post('error-network-connect-shared', '/v1.41/networks/auto/connect', { Container: 'side' }),
  post('error-network-connect-alias', '/v1.41/networks/bridge/connect', {
    Container: 'web',
    EndpointConfig: { Aliases: ['a'] },
  }),
  post('error-network-disconnect', '/v1.41/networks/priv/disconnect', { Container: 'web' }),
  post('error-container-create-no-image', '/v1.41/containers/create', { Image: 'nosuch' }),
  post('error-container-create-no-body', '/v1.41/containers/create'),
  post('error-container-create-name-taken', '/v1.41/containers/create?name=web', sleeper),
  post('error-container-create-name-bad', '/v1.41/containers/create?name=-x', sleeper),
  post('error-container-create-port-bad', '/v1.41/containers/create?name=pb', {
    ...sleeper,
    HostConfig: { PortBindings: { '80/tcp': [{ HostPort: 'red' }] } },
  }),
  post('error-container-create-two-networks', '/v1.41/containers/create?name=tn', {
    ...sleeper,
    NetworkingConfig: { EndpointsConfig: { user: {}, auto: {} } },
  }),
  post('container-create-clash', '/v1.41/containers/create?name=clash', {
    ...sleeper,
    ExposedPorts: { '80/tcp': {} },
    HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] } },
  }),
  post('error-container-start-port-taken', '/v1.41/containers/clash/start'),
  get('container-clash-failed', '/v1.41/containers/clash/json'),
  post('container-create-lost', '/v1.41/containers/create?name=lost', {
    ...sleeper,
    HostConfig: { NetworkMode: 'nosuch' },
  }),
  post('error-container-start-no-network', '/v1.41/containers/lost/start'),
  post('container-create-noprogram', '/v1.41/containers/create?name=noprogram', {
    Image: 'alpine',
    Cmd: ['nosuchprogram'],
  }),
  post('error-container-start-no-program', '/v1.41/containers/noprogram/start'),
  get('container-noprogram-failed', '/v1.41/containers/noprogram/json'),
  post('error-container-start-not-found', '/v1.41/containers/nosuch/start'),
  post('error-container-stop-not-found', '/v1.41/containers/nosuch/stop'),
  post('error-container-kill-created', '/v1.41/containers/lost/kill'),
  post('error-container-rename-taken', '/v1.41/containers/plain/rename?name=web'),
  post('error-container-rename-same', '/v1.41/containers/plain/rename?name=plain'),
  post('error-container-rename-empty', '/v1.41/containers/plain/rename'),
  post('error-exec-not-running', '/v1.41/containers/lost/exec', { Cmd: ['true'] }),
  post('error-exec-no-command', '/v1.41/containers/web/exec', {}),
  { name: 'error-body-not-json', method: 'POST', path: '/v1.41/networks/create', body: 'red' },
  { name: 'error-method', method: 'PATCH', path: '/v1.41/networks' },
];

const ending: NamedRequest[] = [
  post('container-rename', '/v1.41/containers/plain/rename?name=simple'),
  post('container-pause', '/v1.41/containers/simple/pause'),
  get('container-paused', '/v1.41/containers/simple/json'),
  post('container-unpause', '/v1.41/containers/simple/unpause'),
  post('container-restart', '/v1.41/containers/simple/restart?t=0'),
  post('container-stop', '/v1.41/containers/simple/stop?t=0'),
  post('container-stop-again', '/v1.41/containers/simple/stop?t=0'),
  get('container-exited', '/v1.41/containers/simple/json'),
  post('container-wait', '/v1.41/containers/simple/wait'),
  remove('container-remove', '/v1.41/containers/simple'),
  post('container-kill', '/v1.41/containers/web/kill'),
  post('network-disconnect', '/v1.41/networks/auto/disconnect', { Container: 'web' }),
  remove('container-remove-force', '/v1.41/containers/web?force=1&v=1'),
  remove('network-remove', '/v1.41/networks/user'),
  post('networks-prune', '/v1.41/networks/prune'),
  get('events', '/v1.41/events?since=${START}&until=${NOW}'),
  get(
    'events-network',
    '/v1.41/events?since=${START}&until=${NOW}&filters=%7B%22type%22%3A%5B%22network%22%5D%7D',
  ),
];

const swarm: NamedRequest[] = [
  post('swarm-init', '/v1.41/swarm/init', {
    ListenAddr: '0.0.0.0:2377',
    AdvertiseAddr: '192.168.50.11',
  }),
  post('error-swarm-init-twice', '/v1.41/swarm/init', { ListenAddr: '0.0.0.0:2377' }),
  get('swarm', '/v1.41/swarm'),
  get('nodes', '/v1.41/nodes'),
  get('services', '/v1.41/services'),
  get('info-swarm', '/v1.41/info'),
  post('network-create-overlay', '/v1.41/networks/create', {
    Name: 'ov',
    Driver: 'overlay',
    Attachable: true,
  }),
  get('network-overlay-unused', '/v1.41/networks/ov'),
  post('container-create-onoverlay', '/v1.41/containers/create?name=onoverlay', {
    ...sleeper,
    HostConfig: { NetworkMode: 'ov' },
  }),
  post('container-start-onoverlay', '/v1.41/containers/onoverlay/start'),
  get('container-onoverlay-running', '/v1.41/containers/onoverlay/json'),
  get('network-overlay-used', '/v1.41/networks/ov'),
  get('network-ingress', '/v1.41/networks/ingress'),
  get('network-gwbridge', '/v1.41/networks/docker_gwbridge'),
  get('networks-swarm', '/v1.41/networks'),
  remove('error-network-remove-overlay-in-use', '/v1.41/networks/ov'),
  post('error-swarm-leave', '/v1.41/swarm/leave'),
];

/** Every request that is recorded, in the order in which a fresh engine is asked. */
export const engineRequests: readonly NamedRequest[] = [
  ...freshEngine,
  ...making,
  ...looking,
  ...refusals,
  ...ending,
  ...swarm,
];
