import { containerIn, createNetwork, labAfter, placeIn, run } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { asContainer } from '../world/run-as.ts';
import { getent } from './getent.ts';

const scene = labAfter(
  createNetwork('red', { subnet: '172.30.0.0/16' }),
  ...run('site', { networkMode: 'red' }),
  ...run('peer', { image: 'debian', networkMode: 'red', extraHosts: ['gate:10.9.8.7'] }),
);

function asked(line: string) {
  const world = containerWorld(placeIn(scene), containerIn(scene, 'peer'), asContainer);
  const { stdout, stderr, exitCode } = getent(world, line.split(' '), { text: '' });
  return { stdout, stderr, exitCode };
}

const found = (stdout: string) => ({ stdout, stderr: '', exitCode: 0 });

/** The form of each line is that of the GNU C library 2.36 on a real machine. */
describe('getent', () => {
  it('hosts tells the address that a name has, with the names of its line in /etc/hosts', () => {
    expect(asked('getent hosts site')).toEqual(found('172.30.0.2      site\n'));
    expect(asked('getent hosts gate')).toEqual(found('10.9.8.7        gate\n'));
    expect(asked('getent hosts localhost')).toEqual(
      found('::1             localhost ip6-localhost ip6-loopback\n'),
    );
  });

  it('hosts tells the name that an address has', () => {
    expect(asked('getent hosts 127.0.0.1')).toEqual(found('127.0.0.1       localhost\n'));
    expect(asked('getent hosts 172.30.0.2')).toEqual(found('172.30.0.2      site.red\n'));
  });

  it('ahosts tells each address once for each kind of socket', () => {
    expect(asked('getent ahosts site')).toEqual(
      found('172.30.0.2      STREAM site\n172.30.0.2      DGRAM  \n172.30.0.2      RAW    \n'),
    );
  });

  it('fails without a word when one of the keys has no entry', () => {
    expect(asked('getent hosts nosuch')).toEqual({ stdout: '', stderr: '', exitCode: 2 });
    expect(asked('getent hosts nosuch site')).toEqual({
      stdout: '172.30.0.2      site\n',
      stderr: '',
      exitCode: 2,
    });
    expect(asked('getent ahostsv6 site').exitCode).toBe(2);
  });

  it('refuses a database that there is none of, and says which it does not play', () => {
    const hint = "Try `getent --help' or `getent --usage' for more information.\n";
    expect(asked('getent foo')).toEqual({
      stdout: '',
      stderr: `Unknown database: foo\n${hint}`,
      exitCode: 1,
    });
    expect(asked('getent').stderr).toBe(`getent: wrong number of arguments\n${hint}`);
    expect(asked('getent passwd root').stderr).toContain('is not simulated');
  });
});
