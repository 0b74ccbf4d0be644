import { containerIn, createNetwork, labAfter, placeIn, run } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { nodeScript } from './node-script.ts';

const scene = labAfter(
  createNetwork('red', { subnet: '172.30.0.0/16' }),
  ...run('store', {
    image: 'redis',
    exposedPorts: ['6379/tcp'],
    entrypoint: ['docker-entrypoint.sh'],
    command: ['redis-server'],
    networkMode: 'red',
  }),
  ...run('peer', { networkMode: 'red' }),
);

const asks = (host: string, then = '', port = 6379): string =>
  `const c = connect({ host: '${host}', port: ${port} });\n${then}\n`;

type Played = ReturnType<typeof nodeScript>;

/** @param row  what the image says of `node app.js` */
function play(script: string | null, row?: string): Played {
  const world = containerWorld(placeIn(scene), containerIn(scene, 'peer'), asContainer);
  const programs = row === undefined ? {} : { 'node app.js': row };
  const readFile = (path: string) => (path === 'app.js' ? script : world.readFile(path));
  return nodeScript({ ...world, programs, readFile }, ['node', 'app.js'], { text: '' });
}

it('a script that asks a server prints the rows of its query', () => {
  expect(play(asks('store', "c.query('SELECT 1 + 1', show);"))).toMatchObject({
    stdout: "[ { '1 + 1': 2 } ]\n",
    exitCode: 0,
  });
});

it('else what it logs as it stands there, or nothing', () => {
  expect(play(asks('store', "console.log('connected');"))).toMatchObject({ stdout: 'connected\n' });
  expect(play(asks('store', 'console.log(`took ${ms}`);'))).toMatchObject({ stdout: '' });
});

it('what the row of its image says goes before its own words', () => {
  const row = 'connects to the store, prints READY or Error: what went wrong';
  expect(play(asks('store', "console.log('connected');"), row)).toMatchObject({
    stdout: 'READY\n',
  });
});

it.each([
  [asks('nosuch'), 'Error: getaddrinfo ENOTFOUND nosuch\n'],
  [asks('store', '', 7), 'Error: connect ECONNREFUSED 172.30.0.2:7\n'],
  [null, "Error: Cannot find module 'app.js'\n"],
])('what keeps it from its answer is told in the words of Node', (script, stderr) => {
  expect(play(script)).toMatchObject({ stdout: '', stderr, exitCode: 1 });
});

it('a script that names no server goes on, and is said to be taken to serve', () => {
  const { stderr, durationMs } = play('http.createServer().listen(80);\n');
  expect(durationMs).toBeNull();
  expect(stderr).toContain('asks no server that it names');
});
