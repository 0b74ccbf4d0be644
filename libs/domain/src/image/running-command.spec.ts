import { describe, expect, test } from 'vitest';
import { runningCommand } from './running-command.ts';

const running = (script: string, ...rest: readonly string[]): string =>
  runningCommand(['sh', '-c', script, ...rest], ['TIME=1d']).join(' ');

describe('the last command of a shell takes its place', () => {
  // Recorded with BusyBox 1.35.
  test.each([
    ['sleep 1d', 'sleep 1d'],
    ['sleep 1d;', 'sleep 1d'],
    ['sleep 1d # long', 'sleep 1d'],
    ['echo one; echo two >&2; sleep 1d', 'sleep 1d'],
    ['true && sleep 1d', 'sleep 1d'],
    ['false || sleep 1d', 'sleep 1d'],
    ['(sleep 1d)', 'sleep 1d'],
    ['{ echo x; sleep 1d; }', 'sleep 1d'],
    ['if true; then sleep 1d; fi', 'sleep 1d'],
    ['sleep 1d >/dev/null 2>&1', 'sleep 1d'],
    ['T=1d; sleep $T', 'sleep 1d'],
    ['sleep "${TIME}"', 'sleep 1d'],
    ['A=1 sleep 1d', 'sleep 1d'],
    ['/bin/sleep "1d"', '/bin/sleep 1d'],
    ['echo a; exec sleep 1d', 'sleep 1d'],
    ['echo $$; sh -c "sleep 1d"', 'sleep 1d'],
    ['sleep 1d & sleep 2d', 'sleep 2d'],
    ['cat /dev/null; ping -q 127.0.0.1', 'ping -q 127.0.0.1'],
    ['sleep 2; nc -lk -p 5000 -e cat', 'nc -lk -p 5000 -e cat'],
    ['while ! nc -z db 80; do sleep 1; done; httpd -f', 'httpd -f'],
  ])('%s', (script, expected) => {
    expect(running(script)).toBe(expected);
  });

  test('which may stand in its parameters', () => {
    expect(running('sleep $0', '1d')).toBe('sleep 1d');
    expect(runningCommand(['/bin/sh', '-ec', 'sleep 1d'], [])).toEqual(['sleep', '1d']);
  });
});

describe('a shell stays', () => {
  // Recorded with BusyBox 1.35.
  test.each([
    'while true; do sleep 1d; done',
    'until false; do sleep 1d; done',
    'for i in 1 2; do sleep 1d; done',
    'sleep 1d & wait',
    'sleep 1d; echo done',
    'sleep 1d; cat',
    'sleep 1d | cat',
    'f() { sleep 1d; }; f',
    'trap : TERM; sleep 1d',
    '! sleep 1d',
    'eval sleep 1d',
    'sleep 1d &',
    'if a; then sleep 1; else sleep 2; fi',
    'kill -0 $$; sleep $!',
    'case a in a) sleep 1d;; esac',
    'sleep $(cat /tmp/x)',
  ])('%s', (script) => {
    expect(running(script)).toBe(`sh -c ${script}`);
  });

  test.each([')', '&& a', ';;', '"a', 'a <<X', '('.repeat(4_000), 'a'.repeat(5_000), '{ a', '\r'])(
    'over what cannot be read: %#',
    (script) => {
      expect(runningCommand(['sh', '-c', script], [])).toContain(script === '\r' ? '\r' : script);
    },
  );
});

test('bash leaves its place to a plain command alone', () => {
  const bash = (script: string) => runningCommand(['bash', '-c', script], []).join(' ');
  expect(bash('cd /; sleep 1d')).toBe('sleep 1d');
  expect(bash('(sleep 1d)')).toBe('bash -c (sleep 1d)');
  expect(bash('sleep 1d >/tmp/x')).toBe('bash -c sleep 1d >/tmp/x');
});
