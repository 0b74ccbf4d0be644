import { afterAll, beforeAll, expect, test } from 'vitest';
import { CommandLine } from './command-line.ts';
import { TestServer } from './server.ts';

let server: TestServer;
let cli: CommandLine;
const lab = 'servers';

beforeAll(async () => {
  server = await TestServer.start();
  cli = new CommandLine({ NETFOLD_DATA: server.data });
  await cli.run(['lab', 'create', lab, '--hosts', 'h1']);
  await typed('docker network create n');
  await typed('docker run -d --name cli --network n alpine sleep 1d');
}, 120_000);

afterAll(() => server.stop());

/** What the shell of the host prints, both streams and the exit code, as on a recorded host. */
const typed = async (line: string): Promise<string> => {
  const command = ['exec', '--lab', lab, 'h1', '--', 'sh', '-c', line];
  const { stdout, stderr, status } = await cli.run(command);
  return `${stdout}${stderr}${status === 0 ? '' : `exit ${status}\n`}`;
};

test('a server that `docker exec -d` starts is heard until its container stops', async () => {
  await typed('docker run -d --name box --network n -p 8080:7000 busybox sleep 1d');
  await typed('docker exec -d box nc -lk -p 6000');
  expect(await typed('docker exec box netstat -tln | grep -c 0.0.0.0:6000')).toBe('1\n');
  expect(await typed('docker exec cli nc -z -w 1 box 6000')).toBe('');
  expect(await typed('docker exec box nc -l -p 6000')).toBe(
    'nc: bind: Address already in use\nexit 1\n',
  );
  await typed('docker exec box sh -c "mkdir /www; echo hello from box > /www/index.html"');
  await typed('docker exec -d box httpd -f -p 7000 -h /www');
  expect(await typed('docker exec cli wget -q -O - http://box:7000/')).toBe('hello from box\n');
  expect(await typed('curl -s http://127.0.0.1:8080/')).toBe('hello from box\n');
  expect(await typed('docker exec cli wget -q -O - http://box:7000/nothing')).toBe(
    'wget: server returned error: HTTP/1.1 404 Not Found\nexit 1\n',
  );
  await typed('docker restart -t 0 box');
  expect(await typed('docker exec cli nc -z -w 1 box 6000')).toMatch(
    /^nc: box \(172\.\d+\.0\.3:6000\): Connection refused\nexit 1\n$/,
  );
});

test('what a script writes before it serves is served', async () => {
  const script = 'echo mine > index.html; exec httpd -f -p 80';
  await typed(`docker run -d --name own --network n -w /tmp busybox sh -c '${script}'`);
  expect(await typed('docker exec cli wget -q -O - http://own/')).toBe('mine\n');
  const page = '/usr/share/nginx/html/index.html';
  const start = `echo changed > ${page} && nginx -g "daemon off;"`;
  await typed(`docker run -d --name site --network n nginx sh -c '${start}'`);
  expect(await typed('docker ps --filter name=site --format {{.State}}')).toBe('running\n');
  expect(await typed(`docker exec site cat ${page}`)).toBe('changed\n');
  expect(await typed('docker exec cli nc -z -w 1 site 80')).toBe('');
});

test('Python lists the folder that it serves', async () => {
  await typed('docker run -d --name py --network n -w /srv python python -m http.server');
  await typed('docker exec py sh -c "echo one > /srv/a.txt"');
  expect(await typed('docker exec cli wget -q -O - http://py:8000/')).toContain(
    '<ul>\n<li><a href="a.txt">a.txt</a></li>\n</ul>',
  );
  expect(await typed('docker exec cli wget -q -O - http://py:8000/a.txt')).toBe('one\n');
});

test('a process runs as whom it was asked for', async () => {
  await typed('docker run -d --name who alpine sleep 1d');
  expect(await typed('docker exec -u 1234:99 who id')).toBe('uid=1234 gid=99 groups=99\n');
  expect(await typed('docker exec -u 1234 who id')).toBe('uid=1234 gid=0(root) groups=0(root)\n');
  expect(await typed('docker exec -u nobody who id -un')).toBe('nobody\n');
  expect(await typed('docker exec -u 4321 who whoami')).toBe('whoami: unknown uid 4321\nexit 1\n');
});
