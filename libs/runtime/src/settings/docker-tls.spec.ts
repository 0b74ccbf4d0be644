import { expect, test } from 'vitest';
import { dockerTlsSettings, doorSettingsOf } from './docker-tls.ts';
import { readSettings } from './settings.ts';

const doorOf = (...args: readonly string[]) =>
  doorSettingsOf(readSettings('netfold up', dockerTlsSettings, args, {}), '/data');

test('there is no door unless a port is given', () => {
  expect(doorOf()).toBeNull();
  expect(doorOf('--docker-tls-host', 'labs.example.org')).toBeNull();
});

test('a door is for this machine unless more is said', () => {
  expect(doorOf('--docker-tls', '2376')).toEqual({
    port: 2376,
    address: '127.0.0.1',
    host: 'localhost',
    publicPort: null,
    folder: '/data/docker-tls',
  });
});

test.each([
  ['labs.example.org', 'labs.example.org', null],
  ['labs.example.org:443', 'labs.example.org', 443],
  ['192.0.2.1:2376', '192.0.2.1', 2376],
  ['[2001:db8::1]', '2001:db8::1', null],
  ['[2001:db8::1]:443', '2001:db8::1', 443],
])('clients call it %s', (text, host, publicPort) => {
  const all = ['--docker-tls', '2376', '--docker-tls-address', '0.0.0.0'];
  expect(doorOf(...all, '--docker-tls-host', text)).toMatchObject({ host, publicPort });
});

test('a door for other machines needs the name that they call it by', () => {
  expect(() => doorOf('--docker-tls', '2376', '--docker-tls-address', '::')).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'NF1309' }) }),
  );
});

test.each([
  ['--docker-tls', 'yes'],
  ['--docker-tls', '65536'],
  ['--docker-tls-host', 'https://labs.example.org'],
  ['--docker-tls-host', 'labs.example.org/labs'],
  ['--docker-tls-address', 'eth0'],
])('%s %s is refused with its name', (flag, value) => {
  expect(() => doorOf(flag, value)).toThrow(flag);
});
