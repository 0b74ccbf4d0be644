import { containerIn, labAfter, placeIn, run } from '@netfold/testkit';
import { expect, test } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { hostWorld } from '../world/host-world.ts';
import { asContainer } from '../world/run-as.ts';
import { busyboxNetcat } from './netcat.ts';
import { busyboxWget } from './busybox-wget.ts';
import { curl } from './curl.ts';

const scene = labAfter(
  ...run('site', {
    image: 'nginx',
    command: ['nginx', '-g', 'daemon off;'],
    exposedPorts: ['80/tcp'],
    portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: '8080' }],
  }),
);
const place = { ...placeIn(scene), now: Date.UTC(2026, 10, 22) };
const host = hostWorld(place);
const inside = containerWorld(place, containerIn(scene, 'site'), asContainer);
const none = { text: '' };
const get = (line: string) => curl(host, ['curl', ...line.split(' ')], none);

/** What stands here is what curl 7.88.1 printed of a BusyBox httpd behind a published port. */
test('curl -v tells the way, the request and the head of the answer', () => {
  const { stdout, stderr } = get('-sv http://127.0.0.1:8080/');
  expect(stdout).toBe('<h1>Welcome to nginx!</h1>\n');
  expect(stderr.replaceAll('\r', '')).toBe(
    '*   Trying 127.0.0.1:8080...\n' +
      '* Connected to 127.0.0.1 (127.0.0.1) port 8080 (#0)\n' +
      '> GET / HTTP/1.1\n> Host: 127.0.0.1:8080\n> User-Agent: curl/7.88.1\n> Accept: */*\n> \n' +
      '< HTTP/1.1 200 OK\n< Date: Sun, 22 Nov 2026 00:00:00 GMT\n< Connection: close\n' +
      '< Content-type: text/html\n< Accept-Ranges: bytes\n< Content-Length: 27\n< \n' +
      '{ [27 bytes data]\n* Closing connection 0\n',
  );
});

test('curl -v tells what was tried in vain', () => {
  const { stderr, exitCode } = get('-sv http://127.0.0.1:81/');
  expect([stderr, exitCode]).toEqual([
    '*   Trying 127.0.0.1:81...\n' +
      '* connect to 127.0.0.1 port 81 failed: Connection refused\n' +
      "* Failed to connect to 127.0.0.1 port 81 after 0 ms: Couldn't connect to server\n" +
      '* Closing connection 0\n',
    7,
  ]);
  expect(get('-sv http://localhost:81/').stderr).toMatch(/Trying 127\.0\.0\.1.*Trying \[::1\]/s);
  expect(get('-v http://nosuch.lab/').stderr).toContain(
    '* Could not resolve host: nosuch.lab\n* Closing connection 0\n',
  );
});

test('curl -w writes what is known of a transfer', () => {
  const format =
    '%{http_code}_%{remote_ip}_%{remote_port}_%{size_download}_' +
    '%{url_effective}_%{method}_%{exitcode}';
  expect(get(`-s -o /dev/null -w ${format} localhost:8080`).stdout).toBe(
    '200_127.0.0.1_8080_27_http://localhost:8080/_GET_0',
  );
  expect(get(`-s -o /dev/null -w ${format}_%{errormsg} http://127.0.0.1:81/`).stdout).toBe(
    '000__0_0_http://127.0.0.1:81/_GET_7_' +
      "Failed to connect to 127.0.0.1 port 81 after 0 ms: Couldn't connect to server",
  );
});

test('heads are those of the server, whoever asks', () => {
  const date = 'Date: Sun, 22 Nov 2026 00:00:00 GMT';
  const head = 'Connection: close\r\nContent-type: text/html\r\n';
  expect(get('-sI http://127.0.0.1:8080/none').stdout).toBe(
    `HTTP/1.1 404 Not Found\r\n${date}\r\n${head}\r\n`,
  );
  const { stderr } = busyboxWget(inside, 'wget -S -q -O - http://127.0.0.1/'.split(' '), none);
  expect(stderr).toBe(
    `  HTTP/1.1 200 OK\n  ${date}\n  Connection: close\n  Content-type: text/html\n` +
      '  Accept-Ranges: bytes\n  Content-Length: 27\n  \n',
  );
  const sent = (text: string) => busyboxNetcat(inside, ['nc', '127.0.0.1', '80'], { text }).stdout;
  expect(sent('HEAD / HTTP/1.0\r\n\r\n')).toBe(
    `HTTP/1.1 200 OK\r\n${head}Accept-Ranges: bytes\r\nContent-Length: 27\r\n\r\n`,
  );
  expect(sent('junk\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*Unsupported method/s);
});
