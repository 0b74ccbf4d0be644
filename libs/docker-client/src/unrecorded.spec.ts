import { expect, test } from 'vitest';
import { docker } from './docker.ts';
import type { EngineCall } from './engine-call.ts';

type Host = {
  readonly stdin?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Status and body by method and path; others are not found. */
  readonly replies?: Readonly<Record<string, readonly [status: number, body: unknown]>>;
  /** Whether answers go on. */
  readonly isOpen?: true;
};

/** What a line prints and asks on a host that a recording cannot show. */
const typed = (line: string, { stdin = '', environment, files, replies, isOpen }: Host = {}) => {
  const asked: EngineCall[] = [];
  const { pieces, exitCode, durationMs } = docker({
    argv: line.split(' ').slice(1),
    stdin: { text: stdin },
    environment: new Map(Object.entries({ HOME: '/root', PWD: '/srv', ...environment })),
    now: 0,
    ask: (call) => {
      asked.push(call);
      const [status, body] = replies?.[`${call.method} ${call.path}`] ?? [404, { message: 'no' }];
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return { status, text, pieces: [], isOpen: isOpen === true, meanwhile: [] };
    },
    readFile: (path) => files?.[path] ?? null,
  });
  const told = pieces.map(({ text }) => text).join('');
  const requests = asked.map(({ method, path }) => `${method} ${path}`);
  return { told, exitCode, durationMs, asked: requests };
};

const info = (swarm: object) =>
  ({
    'GET /info': [200, { IndexServerAddress: 'https://index.docker.io/v1/', ...swarm }],
  }) as const;

test('the only context is the default one', () => {
  expect(typed('docker context ls').told).toBe(
    'NAME        DESCRIPTION                               DOCKER ENDPOINT               ' +
      'KUBERNETES ENDPOINT   ORCHESTRATOR\n' +
      'default *   Current DOCKER_HOST based configuration   unix:///var/run/docker.sock   ' +
      '                      swarm\n',
  );
  expect(typed('docker context ls -q').told).toBe('default\n');
  expect(typed('docker context use default').told).toBe(
    'default\nCurrent context is now "default"\n',
  );
  expect(typed('docker context inspect --format {{.Endpoints.docker.Host}}').told).toBe(
    'unix:///var/run/docker.sock\n',
  );
  expect(typed('docker context export default')).toMatchObject({ exitCode: 1 });
});

test('a logout asks which registry it is of, and has nothing to forget', () => {
  const { told, asked } = typed('docker logout', { replies: info({}) });
  expect(told).toBe('Removing login credentials for https://index.docker.io/v1/\n');
  expect(asked).toEqual(['GET /info']);
  expect(typed('docker logout https://reg.example/v1/').told).toBe(
    'Removing login credentials for reg.example\n',
  );
});

test('a login that a registry takes is told not to be kept', () => {
  const replies = { ...info({}), 'POST /auth': [200, { Status: 'Login Succeeded' }] } as const;
  const { told, exitCode } = typed('docker login -u me -p secret', { replies });
  expect([told, exitCode]).toEqual([
    'WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n' +
      'netfold: a lab host keeps no files, so the login is not remembered\n',
    1,
  ]);
});

test('a registry that demands a login finds nobody to type one', () => {
  const path = 'POST /images/create?fromImage=reg.example%2Fweb&tag=latest';
  const replies = { ...info({}), [path]: [401, { message: 'unauthorized' }] } as const;
  const { told, asked } = typed('docker pull reg.example/web', { replies });
  expect(told).toBe(
    'Using default tag: latest\n\nPlease login prior to pull:\n' +
      'Error: Cannot perform an interactive login from a non TTY device\n',
  );
  expect(asked).toEqual([path, 'GET /info']);
});

test('content trust is refused, as a lab has no notary', () => {
  const refused = /^Using default tag: latest\nnetfold: content trust needs a notary server/;
  expect(typed('docker pull --disable-content-trust=false nginx').told).toMatch(refused);
  const environment = { DOCKER_CONTENT_TRUST: '1' };
  expect(typed('docker pull nginx', { environment }).told).toMatch(refused);
});

test('a folder without a Dockerfile is no context of a build', () => {
  const missing = 'unable to evaluate symlinks in Dockerfile path: lstat';
  expect(typed('docker build .').told).toBe(
    `unable to prepare context: ${missing} /srv/Dockerfile: no such file or directory\n`,
  );
  expect(typed('docker build -f a/b ./').told).toBe(
    `unable to prepare context: ${missing} /srv/a/b: no such file or directory\n`,
  );
  expect(typed('docker build page', { files: { page: 'x' } }).told).toBe(
    'unable to prepare context: context must be a directory: /srv/page\n',
  );
  expect(typed('docker build .', { files: { '/srv/Dockerfile': 'FROM x' } }).told).toMatch(
    /^unable to prepare context: netfold: the folders of a lab host cannot be listed/,
  );
});

test('what a build would need of the host is named', () => {
  expect(typed('docker build git://example.com/x').told).toBe(
    'unable to prepare context: unable to find \'git\': exec: "git": ' +
      'executable file not found in $PATH\n',
  );
  expect(typed('docker build https://example.com/x').told).toContain('does not fetch');
  expect(typed('docker build --compress -').told).toContain('cannot compress');
  expect(typed('docker build --iidfile id -').told).toContain('--iidfile cannot be written');
  const buildKit = typed('docker build -', { environment: { DOCKER_BUILDKIT: '1' } });
  expect(buildKit.told).toContain('BuildKit is not simulated');
  expect(typed('docker build -', { environment: { DOCKER_BUILDKIT: 'x' } }).told).toBe(
    'DOCKER_BUILDKIT environment variable expects boolean value: ' +
      'strconv.ParseBool: parsing "x": invalid syntax\n',
  );
});

const buildPath =
  'POST /build?buildargs=%7B%7D&cachefrom=%5B%5D&cgroupparent=&cpuperiod=0&cpuquota=0&' +
  'cpusetcpus=&cpusetmems=&cpushares=0&dockerfile=Dockerfile&labels=%7B%7D&memory=0&memswap=0&' +
  'networkmode=default&rm=1&shmsize=0&target=&ulimits=null&version=1';

test('a build that does not end is shown as far as it came', () => {
  const body = '{"stream":"Step 1/1 : FROM alpine\\n"}\r\n{"stream":"cut o';
  const host = { replies: { [buildPath]: [200, body] }, isOpen: true } as const;
  expect(typed('docker build -', host)).toMatchObject({
    told: 'Sending build context to Docker daemon  1.536kB\r\r\nStep 1/1 : FROM alpine\n',
    durationMs: null,
  });
  const unanswered = { replies: { [buildPath]: [0, ''] }, isOpen: true } as const;
  expect(typed('docker build -', unanswered).durationMs).toBe(null);
});

test('a Dockerfile is told from an archive on stdin', () => {
  const archive = `${'x'.repeat(257)}ustar`;
  expect(typed('docker build -f a/Dockerfile -', { stdin: archive }).asked[0]).toContain(
    'dockerfile=a%2FDockerfile',
  );
  expect(typed('docker build -f a/Dockerfile -', { stdin: 'FROM x' }).asked[0]).toContain(
    'dockerfile=Dockerfile&',
  );
});

test('a locked swarm is unlocked with the key on stdin', () => {
  const replies = {
    ...info({ Swarm: { NodeID: '', LocalNodeState: 'locked' } }),
    'POST /swarm/unlock': [200, ''],
  } as const;
  const { asked, exitCode } = typed('docker swarm unlock', { stdin: ' SWMKEY-1-x \n', replies });
  expect([asked, exitCode]).toEqual([['GET /info', 'POST /swarm/unlock'], 0]);
});

test('a routing mesh is removed when that is confirmed', () => {
  const replies = {
    'GET /networks/ingress': [200, { Ingress: true }],
    'DELETE /networks/ingress': [204, ''],
  } as const;
  const kept = typed('docker network rm ingress', { replies, stdin: 'n\n' });
  expect([kept.asked, kept.told.slice(-7)]).toEqual([['GET /networks/ingress'], ' [y/N] ']);
  const removed = typed('docker network rm ingress', { replies, stdin: 'y\n' });
  expect(removed.told.slice(-15)).toBe(' [y/N] ingress\n');
});

test('a certificate of a swarm is read from a file of the host', () => {
  const files = { 'ca.pem': '-----BEGIN CERTIFICATE-----\nx\n', 'text.pem': 'x' };
  expect(typed('docker swarm ca --ca-cert text.pem --rotate', { files })).toMatchObject({
    exitCode: 125,
    told:
      'invalid argument "text.pem" for "--ca-cert" flag: file contents must be in PEM format\n' +
      "See 'docker swarm ca --help'.\n",
  });
  const replies = { 'GET /swarm': [200, { Spec: { CAConfig: {} } }] } as const;
  expect(typed('docker swarm ca --ca-cert ca.pem --rotate', { files, replies }).told).toBe(
    'the --ca-cert flag requires that a --ca-key flag and/or --external-ca flag be provided ' +
      'as well\n',
  );
});
