import { containerIn, createNetwork, labAfter, placeIn, run } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { findInstalled, findProgram } from '../program.ts';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { redisCli } from './redis-cli.ts';

const image = 'redis';
const scene = labAfter(
  createNetwork('red', { subnet: '172.30.0.0/16' }),
  ...run('store', {
    image,
    entrypoint: ['docker-entrypoint.sh'],
    command: ['redis-server'],
    networkMode: 'red',
  }),
  ...run('peer', { image, networkMode: 'red' }),
  ...run('plain', { image: 'debian', networkMode: 'red' }),
);

const worldOf = (name: string) => {
  return containerWorld(placeIn(scene), containerIn(scene, name), asContainer);
};

function ask(line: string, from = 'peer') {
  const { stdout, stderr, exitCode } = redisCli(worldOf(from), line.split(' '), { text: '' });
  return { stdout, stderr, exitCode };
}

it('hears PONG from a server that is there', () => {
  const pong = { stdout: 'PONG\n', stderr: '', exitCode: 0 };
  expect(ask('redis-cli -h store ping')).toEqual(pong);
  expect(ask('redis-cli PING', 'store')).toEqual(pong);
});

it.each([
  ['redis-cli ping', '127.0.0.1:6379: Connection refused'],
  ['redis-cli -h store -p 7 ping', 'store:7: Connection refused'],
  ['redis-cli -h nosuch ping', 'nosuch:6379: Name or service not known'],
  ['redis-cli -h 203.0.113.9 ping', '203.0.113.9:6379: Network is unreachable'],
])('%s tells why it could not connect', (line, why) => {
  const stderr = `Could not connect to Redis at ${why}\n`;
  expect(ask(line)).toEqual({ stdout: '', stderr, exitCode: 1 });
});

it('says of every other command that no data is kept', () => {
  expect(ask('redis-cli -h store get key')).toEqual({
    stdout: '',
    stderr: 'netfold: `get` is not played: no data is kept in a lab\n',
    exitCode: 1,
  });
  expect(ask('redis-cli').stderr).toContain('is not played');
});

it('is in the images that have it', () => {
  expect(findProgram(worldOf('peer'), 'redis-cli')).not.toBeNull();
  expect(findInstalled(worldOf('plain'), 'redis-cli')).toBeNull();
});
