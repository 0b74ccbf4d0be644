import type { FileEntry, ImageCatalogue, ImageSpec, ListenerSpec } from '@netfold/contracts';
import { alpineFiles, debianFiles } from '../package/distribution-files.ts';

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const http = (root: string): ListenerSpec => ({ port: '80/tcp', http: {}, root });

/** When the files of these images were made. 2023-04-04. */
const madeAt = 1_680_566_400_000;

const entry = (path: string, kind: 'directory' | 'file', content = ''): FileEntry => ({
  path,
  kind,
  mode: kind === 'file' ? 0o644 : 0o755,
  userId: 0,
  groupId: 0,
  modifiedAt: madeAt,
  encoding: 'utf8',
  content,
  target: '',
});

/** A document root with its first page. */
const served = (root: string, page: string): readonly FileEntry[] => [
  entry(root, 'directory'),
  entry(`${root}/index.html`, 'file', `${page}\n`),
];

/** What the images for interpreters have from `buildpack-deps`, as far as a lab knows it. */
const buildTools = ['ca-certificates', 'curl', 'netbase', 'wget', 'procps'];

const oldNetworkPackages = ['procps', 'net-tools', 'iputils-ping', 'iproute2', 'netcat-openbsd'];

/** What an image for those who look for faults in networks brings. */
const networkPackages =
  'bind-tools ca-certificates curl iproute2 iptables iputils net-tools netcat-openbsd tcpdump ' +
  'traceroute wget';

/** An image that only gives a shell. */
const shell = (cmd: string, userland: 'busybox' | 'debian'): ImageSpec => ({
  cmd: [cmd],
  env: [path],
  expose: [],
  listens: [],
  userland,
});

/** An image whose command is an interpreter's prompt. */
const interpreter = (cmd: string, programs: readonly string[]): ImageSpec => ({
  ...shell(cmd, 'debian'),
  files: debianFiles(entry, 'debian', buildTools),
  programs: Object.fromEntries(programs.map((program) => [program, 'interpreter or its tool'])),
});

const databaseClient = 'client of the database';

/**
 * The open catalogue: what a lab knows when no catalogue was given. Any tag of these is known.
 * Commands, ports and stop signals are those of the official images on Docker Hub.
 */
export const defaultImages: ImageCatalogue = {
  busybox: shell('sh', 'busybox'),
  alpine: { ...shell('/bin/sh', 'busybox'), files: alpineFiles(entry, []) },
  ubuntu: { ...shell('/bin/bash', 'debian'), files: debianFiles(entry, 'ubuntu', ['procps']) },
  // Releases before 16.04 brought what one looks at a network with.
  'ubuntu:14.04': {
    ...shell('/bin/bash', 'debian'),
    files: debianFiles(entry, 'ubuntu', oldNetworkPackages),
  },
  debian: { ...shell('bash', 'debian'), files: debianFiles(entry, 'debian', []) },
  centos: shell('/bin/bash', 'debian'),
  fedora: shell('/bin/bash', 'debian'),
  nginx: {
    cmd: ['nginx', '-g', 'daemon off;'],
    entrypoint: ['/docker-entrypoint.sh'],
    env: [path],
    stopSignal: 'SIGQUIT',
    stopExitCode: 0,
    expose: ['80/tcp'],
    listens: [http('/usr/share/nginx/html')],
    files: [
      ...debianFiles(entry, 'debian', ['curl']),
      ...served('/usr/share/nginx/html', '<h1>Welcome to nginx!</h1>'),
    ],
    userland: 'debian',
  },
  httpd: {
    cmd: ['httpd-foreground'],
    env: [path],
    workingDir: '/usr/local/apache2',
    stopSignal: 'SIGWINCH',
    stopExitCode: 0,
    expose: ['80/tcp'],
    listens: [http('/usr/local/apache2/htdocs')],
    files: [
      ...debianFiles(entry, 'debian', []),
      ...served('/usr/local/apache2/htdocs', '<html><body><h1>It works!</h1></body></html>'),
    ],
    userland: 'debian',
    programs: { httpd: 'web server', apachectl: 'its control' },
  },
  redis: {
    cmd: ['redis-server'],
    entrypoint: ['docker-entrypoint.sh'],
    env: [path],
    workingDir: '/data',
    stopExitCode: 0,
    expose: ['6379/tcp'],
    listens: [{ port: '6379/tcp', reply: 'PING is answered +PONG' }],
    userland: 'debian',
    files: debianFiles(entry, 'debian', []),
    programs: { 'redis-cli': databaseClient },
  },
  mysql: database('mysqld', ['3306/tcp', '33060/tcp'], ['mysql', 'mysqladmin', 'mysqldump']),
  mariadb: {
    ...database('mariadbd', ['3306/tcp'], ['mariadb', 'mariadb-admin', 'mysqld']),
    files: debianFiles(entry, 'ubuntu', ['procps']),
  },
  postgres: {
    ...database('postgres', ['5432/tcp'], ['psql', 'pg_isready', 'pg_dump']),
    stopSignal: 'SIGINT',
    files: debianFiles(entry, 'debian', []),
  },
  mongo: {
    ...database('mongod', ['27017/tcp'], ['mongo', 'mongosh']),
    files: debianFiles(entry, 'ubuntu', ['procps']),
  },
  node: interpreter('node', ['npm', 'npx', 'yarn', 'git']),
  python: interpreter('python3', ['python', 'pip', 'pip3', 'git']),
  'nicolaka/netshoot': {
    ...shell('zsh', 'busybox'),
    files: alpineFiles(entry, networkPackages.split(' ')),
    programs: Object.fromEntries(
      ['bash', 'nmap', 'iperf', 'iperf3', 'socat', 'tshark'].map((program) => [
        program,
        'network tool',
      ]),
    ),
  },
};

function database(
  server: string,
  expose: readonly string[],
  clients: readonly string[],
): ImageSpec {
  return {
    cmd: [server],
    entrypoint: ['docker-entrypoint.sh'],
    env: [path],
    stopExitCode: 0,
    expose,
    listens: expose.map((port) => ({ port })),
    userland: 'debian',
    programs: Object.fromEntries(clients.map((client) => [client, databaseClient])),
  };
}
