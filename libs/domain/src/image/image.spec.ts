import { containerSpec } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import { defaultImages } from './default-images.ts';
import { hasProgram } from './executables.ts';
import { familiarReference, imageIdOf, parseImageReference } from './image-catalogue.ts';
import { listenersOfCommand } from './listening-programs.ts';
import { processOf } from './main-process.ts';
import { endOfCommand } from './program-end.ts';
import { sha256 } from './sha256.ts';

describe('references', () => {
  test.each([
    ['nginx', 'nginx:latest'],
    ['docker.io/library/nginx', 'nginx:latest'],
    ['library/ubuntu:14.04', 'ubuntu:14.04'],
    ['nicolaka/netshoot', 'nicolaka/netshoot:latest'],
    ['localhost:5000/x/y:1', 'localhost:5000/x/y:1'],
  ])('%s is shown as %s', (text, familiar) => {
    expect(familiarReference(text)).toBe(familiar);
  });

  test.each(['', 'A', 'a b', 'a:', 'a:!', 'a//b', 'x@sha256:1'])('%j is none', (text) => {
    expect(parseImageReference(text)).toBeNull();
  });
});

describe('ids', () => {
  test('are SHA-256 (FIPS 180-4, appendix B)', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
  });

  test('are the same for the same image', () => {
    expect(imageIdOf('nginx')).toBe(imageIdOf('docker.io/library/nginx:latest'));
    expect(imageIdOf('nginx')).not.toBe(imageIdOf('nginx:1'));
  });
});

describe('when a command ends by itself', () => {
  const end = (line: string, hasInput = false) => endOfCommand(line.split(' '), { hasInput });

  test.each([
    ['sleep 5', 5_000, 0],
    ['sleep 0.5', 500, 0],
    ['sleep 1m 1', 61_000, 0],
    ['/bin/sleep 2', 2_000, 0],
    ['sleep', 10, 1],
    ['sleep x', 10, 1],
    ['true', 10, 0],
    ['false', 10, 1],
    ['sh', 10, 0],
    ['/bin/bash', 10, 0],
  ])('%s: after %i ms with %i', (line, afterMs, exitCode) => {
    expect(end(line)).toEqual({ afterMs, exitCode });
  });

  test.each([
    ['sleep 2; exit 3', 2_000, 3],
    ['sleep 1 && sleep 1; false', 2_000, 1],
    ['exec sleep 4', 4_000, 0],
  ])('sh -c %j: after %i ms with %i', (script, afterMs, exitCode) => {
    expect(endOfCommand(['sh', '-c', script], { hasInput: false })).toEqual({ afterMs, exitCode });
  });

  test.each(['sleep infinity', 'ip addr', 'nginx', 'sleep 999999999d'])(
    '%s: nobody knows',
    (line) => {
      expect(end(line)).toBeNull();
    },
  );

  test.each(['while true; do sleep 1; done', 'echo hi; sleep 1', 'sleep 1 | cat'])(
    'sh -c %j: nobody knows',
    (script) => {
      expect(endOfCommand(['sh', '-c', script], { hasInput: false })).toBeNull();
    },
  );

  test('a shell with a terminal goes on', () => {
    expect(end('bash', true)).toBeNull();
  });
});

describe('what a command listens on', () => {
  test.each([
    ['nc -l -p 3306', ['tcp/0.0.0.0/3306']],
    ['nc -lk 80', ['tcp/0.0.0.0/80']],
    ['nc -u -l -p 53', ['udp/0.0.0.0/53']],
    ['nc db 3306', []],
    ['python3 -m http.server 8080', ['tcp/0.0.0.0/8080']],
    ['python3 -m http.server', ['tcp/0.0.0.0/8000']],
    ['python3 app.py', []],
    ['httpd -f -p 8080', ['tcp/::/8080']],
    ['busybox httpd -f', ['tcp/::/80']],
    ['httpd -p 127.0.0.1:81', ['tcp/127.0.0.1/81']],
    ['redis-server --port 6380', ['tcp/0.0.0.0/6380']],
    ['nc -l -p 99999', []],
  ])('%s', (line, expected) => {
    const found = listenersOfCommand(line.split(' '));
    expect(found.map(({ protocol, address, port }) => `${protocol}/${address}/${port}`)).toEqual(
      expected,
    );
  });

  test.each([
    ['httpd -f -p 7000 -h /www', { folder: '/www', isListed: false }],
    ['httpd -f', { folder: '', isListed: false }],
    ['python -m http.server -d site', { folder: 'site', isListed: true }],
    ['nc -l -p 80', undefined],
  ])('%s serves the files of %o', (line, serves) => {
    expect(listenersOfCommand(line.split(' '))[0]?.serves).toEqual(serves);
  });

  test('a script serves from where it went', () => {
    const argv = ['sh', '-c', 'cd /srv; cd web && httpd -f'];
    expect(listenersOfCommand(argv)[0]?.serves?.folder).toBe('/srv/web');
  });

  test('a shell line is read through', () => {
    const argv = ['sh', '-c', 'while true; do nc -l -p 81 -e cat; done & httpd -f -p 82'];
    expect(listenersOfCommand(argv).map((listener) => listener.port)).toEqual([81, 82]);
  });
});

describe('main processes', () => {
  const nginx = defaultImages['nginx'];
  if (nginx === undefined) throw new Error('no row for nginx');
  const spec = containerSpec('c1', {
    image: 'nginx',
    entrypoint: nginx.entrypoint ?? null,
    command: nginx.cmd,
  });

  test("an image's own command serves what its row says, and heeds its stop signal", () => {
    expect(processOf(nginx, spec)).toMatchObject({
      isFound: true,
      listeners: [{ protocol: 'tcp', port: 80, address: '::' }],
      end: null,
      stopExitCode: 0,
    });
  });

  test('another command serves what it says itself', () => {
    const other = { ...spec, entrypoint: [], command: ['sleep', '1d'] };
    expect(processOf(nginx, other)).toMatchObject({ listeners: [], stopExitCode: null });
  });

  test('a program that the image lacks is not found', () => {
    expect(hasProgram(nginx, 'nosuchcmd')).toBe(false);
    expect(hasProgram(nginx, '/no/such')).toBe(false);
    expect(hasProgram(nginx, '/bin/sh')).toBe(true);
    expect(hasProgram({ cmd: ['/app/serve'], expose: [], listens: [] }, '/app/serve')).toBe(true);
    const bare = { cmd: ['sh'], expose: [], listens: [] };
    expect(hasProgram({ ...bare, userland: 'busybox' }, 'apt')).toBe(false);
    expect(hasProgram({ ...bare, userland: 'debian' }, 'curl')).toBe(true);
    // Without a word on its userland it is BusyBox: that is how its tools print.
    expect(['curl', 'ss', 'iptables', 'ping'].map((one) => hasProgram(bare, one))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

// Recorded with the busybox-static package of Debian 12.
test.each(['pgrep', 'pkill', 'printenv', 'nohup', 'curl', 'comm'])(
  'an image that says nothing of its userland lacks %s',
  (program) => {
    const image = { cmd: ['sh'], env: [], expose: [], listens: [] };
    expect(hasProgram(image, program)).toBe(false);
    expect(hasProgram(image, 'killall')).toBe(true);
    expect(hasProgram({ ...image, userland: 'busybox' }, 'pgrep')).toBe(true);
  },
);
