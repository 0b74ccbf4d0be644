import type { ContainerSpec } from '@netfold/contracts';
import { endpointSpec } from '@netfold/testkit/factories';
import {
  createContainer,
  createExec,
  createNetwork,
  disconnectContainer,
  runContainer,
  startContainer,
  stopContainer,
} from '../orders.ts';
import { pick } from '../situation.ts';
import type { Situation } from '../situation.ts';
import { story, where, withContainer } from './mistake.ts';
import type { Mistake } from './mistake.ts';
import { commonStart } from './network-mistakes.ts';

const creating = (changes: Partial<ContainerSpec>): Mistake =>
  story((host) => [createContainer(host, 'oops', changes)]);

const running = (changes: Partial<ContainerSpec>): Mistake =>
  story((host) => runContainer(host, 'oops', changes));

/** Someone who uses another's network cannot say what it is like. */
const sharing = (changes: Partial<ContainerSpec>): Mistake =>
  creating({ networkMode: 'container:other', ...changes });

const withOptions = (hostConfig: Readonly<Record<string, unknown>>): Partial<ContainerSpec> => ({
  passThrough: { config: {}, hostConfig },
});

const specified: readonly Mistake[] = [
  creating({ networkMode: 'container:' }),
  sharing({ hostname: 'box' }),
  sharing({ links: ['other:x'] }),
  sharing({ dns: ['1.1.1.1'] }),
  sharing({ extraHosts: ['a:1.2.3.4'] }),
  sharing({ macAddress: '02:42:ac:11:00:99' }),
  sharing({ publishAllPorts: true }),
  sharing({ exposedPorts: ['80/tcp'] }),
  creating({ hostname: 'box', ...withOptions({ UTSMode: 'host' }) }),
  creating(withOptions({ CapAdd: ['NOSUCH'] })),
  creating(withOptions({ Isolation: 'hyperv' })),
  creating(withOptions({ Runtime: 'nosuch' })),
  creating({ passThrough: { config: { Healthcheck: { Interval: 1 } }, hostConfig: {} } }),
  creating(withOptions({ ShmSize: -1 })),
  creating(withOptions({ OomScoreAdj: 2_000 })),
  creating(withOptions({ CpusetCpus: '99' })),
  creating(withOptions({ CgroupnsMode: 'nosuch' })),
  creating(withOptions({ Tmpfs: { here: '' } })),
  creating(withOptions({ LogConfig: { Type: 'nosuch', Config: {} } })),
  creating(withOptions({ SecurityOpt: ['nosuch=1'] })),
  creating(withOptions({ StorageOpt: { size: '1G' } })),
  creating(withOptions({ PidMode: 'container:nosuch' })),
  creating({ workingDir: '/etc/passwd' }),
  running({ user: 'nosuch' }),
  running(withOptions({ LogConfig: { Type: 'journald', Config: {} } })),
  running(withOptions({ Sysctls: { 'vm.swappiness': '1' } })),
  running({ entrypoint: ['/etc'] }),
  creating({ networkMode: 'host', links: ['other:x'] }),
  creating({ workingDir: 'here' }),
  creating({ stopSignal: 'NOSUCH' }),
  creating({ environment: ['=x'] }),
  creating({ autoRemove: true, restartPolicy: { name: 'always', maximumRetryCount: 0 } }),
  creating({ extraHosts: ['nonsense'] }),
  creating({ extraHosts: ['a:nonsense'] }),
  creating({ portBindings: [{ containerPort: '99999/tcp', hostIp: '', hostPort: '' }] }),
  creating({ restartPolicy: { name: 'nosuch', maximumRetryCount: 0 } }),
  creating({ restartPolicy: { name: 'on-failure', maximumRetryCount: -1 } }),
  creating({ restartPolicy: { name: 'always', maximumRetryCount: 3 } }),
  creating({ endpoints: { a: endpointSpec(), b: endpointSpec() } }),
  creating({ endpoints: { a: endpointSpec({ ipv4Address: 'nonsense' }) } }),
  creating({ links: [''] }),
  creating({ links: ['a:b:c'] }),
  creating({ links: ['nosuch:x'] }),
  creating({ links: [':x'] }),
  creating({ image: 'nosuch/at-all:1@' }),
  creating({ image: 'Nginx' }),
  creating({ image: 'nosuch' }),
  creating({ entrypoint: [''] }),
  (at) => createContainer(at.name, '_x!'),
  (at) => createContainer(at.name, at.container(at.a, 'any')),
];

const idsOf = (at: Situation): readonly string[] => [...at.host.containers.keys()];

const hasCommonStart = (at: Situation): boolean => commonStart(idsOf(at)).length === 1;

const referred: readonly Mistake[] = [
  (at) => startContainer(at.name, 'nobody'),
  (at) => startContainer(at.name, ''),
  where(hasCommonStart, (at) => startContainer(at.name, commonStart(idsOf(at)))),
  ({ name: host }) => ({ type: 'RenameContainer', host, container: 'oops', name: '' }),
  (at) => {
    const container = at.container(at.a, 'any');
    return { type: 'RenameContainer', host: at.name, container, name: container };
  },
  (at) => ({
    type: 'RenameContainer',
    host: at.name,
    container: at.container(at.a, 'any'),
    name: at.container(at.a + 1, 'any'),
  }),
];

const moved: readonly Mistake[] = [
  withContainer('running', (at) => startContainer(at.name, at.container(at.a, 'running'))),
  withContainer('paused', (at) => startContainer(at.name, at.container(at.a, 'paused'))),
  withContainer('stopped', (at) => stopContainer(at.name, at.container(at.a, 'stopped'))),
  withContainer('stopped', (at) => pause(at.name, at.container(at.a, 'stopped'))),
  withContainer('paused', (at) => pause(at.name, at.container(at.a, 'paused'))),
  withContainer('restarting', (at) => pause(at.name, at.container(at.a, 'restarting'))),
  withContainer('restarting', (at) => createExec(at.name, at.container(at.a, 'restarting'))),
  (at) => ({ type: 'UnpauseContainer', host: at.name, container: at.container(at.a, 'running') }),
  (at) => kill(at.name, at.container(at.a, 'running'), 'NOSUCH'),
  withContainer('running', (at) => kill(at.name, at.container(at.a, 'running'), '99')),
  withContainer('stopped', (at) => kill(at.name, at.container(at.a, 'stopped'), 'KILL')),
  withContainer('running', (at) => remove(at.name, at.container(at.a, 'running'), false)),
  (at) => remove(at.name, at.container(at.a, 'any'), true),
];

const pause = (host: string, container: string) =>
  ({ type: 'PauseContainer', host, container }) as const;

const kill = (host: string, container: string, signal: string) =>
  ({ type: 'KillContainer', host, container, signal }) as const;

const remove = (host: string, container: string, link: boolean) =>
  ({ type: 'RemoveContainer', host, container, link, force: false }) as const;

const linked: readonly Mistake[] = [
  story((host) => [
    createNetwork(host, 'oops'),
    ...runContainer(host, 'other', { networkMode: 'oops' }),
    ...runContainer(host, 'oops', { links: ['other:x'] }),
  ]),
  story((host) => [
    createContainer(host, 'other'),
    ...runContainer(host, 'oops', { links: ['other:x'] }),
  ]),
  story((host) => [
    ...runContainer(host, 'other'),
    ...runContainer(host, 'oops', { links: ['other:x'] }),
    disconnectContainer(host, 'bridge', 'other'),
    createExec(host, 'oops'),
  ]),
  story((host) => [
    createContainer(host, 'other', { networkMode: 'container:other' }),
    createContainer(host, 'oops', { links: ['other:x'] }),
  ]),
];

const started: readonly Mistake[] = [
  running({ networkMode: 'container:oops' }),
  running({ networkMode: 'container:nobody' }),
  story((host) => [
    createContainer(host, 'other'),
    ...runContainer(host, 'oops', { networkMode: 'container:other' }),
  ]),
  running({ macAddress: 'ff:ff:ff:ff:ff:ff' }),
  running({ image: 'alpine', command: ['nosuchprogram'] }),
  running({ portBindings: [{ containerPort: '80/tcp', hostIp: '9.9.9.9', hostPort: '80' }] }),
];

/** An exec is started that is in this state already. */
const startingAgain = (status: 'running' | 'died'): Mistake =>
  where(
    (at) => at.liveExecs(status).length > 0,
    (at) => ({
      type: 'StartExec',
      host: at.name,
      execId: pick(at.liveExecs(status), at.a)?.id ?? at.exec(at.a, status),
    }),
  );

const hasExec = (at: Situation): boolean =>
  at.containers('stopped').some(({ execIds }) => execIds.length > 0);

const executed: readonly Mistake[] = [
  withContainer('running', (at) => createExec(at.name, at.container(at.a, 'running'), [])),
  withContainer('paused', (at) => createExec(at.name, at.container(at.a, 'paused'))),
  withContainer('stopped', (at) => createExec(at.name, at.container(at.a, 'stopped'))),
  (at) => ({ type: 'StartExec', host: at.name, execId: 'e'.repeat(64) }),
  startingAgain('running'),
  startingAgain('died'),
  where(hasExec, (at) => {
    const stopped = at.containers('stopped').find(({ execIds }) => execIds.length > 0);
    const execId = stopped?.execIds[0] ?? at.exec(at.a, 'created');
    return { type: 'StartExec', host: at.name, execId };
  }),
];

export const containerMistakes: readonly Mistake[] = [
  ...specified,
  ...referred,
  ...moved,
  ...linked,
  ...started,
  ...executed,
];
