import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CommandLine } from './command-line.ts';
import { TestServer } from './server.ts';

let server: TestServer;
let cli: CommandLine;
const lab = 'typed';

beforeAll(async () => {
  server = await TestServer.start();
  cli = new CommandLine({ NETFOLD_DATA: server.data });
  await cli.run(['lab', 'create', lab, '--hosts', 'h1,h2']);
}, 120_000);

afterAll(() => server.stop());

const run = (...command: readonly string[]) =>
  cli.run(['exec', '--lab', lab, 'h1', '--', ...command]);

/** What a line in the shell of the host prints on stdout; it must say nothing else. */
const typed = async (line: string): Promise<string> => {
  const { stdout, stderr } = await run('sh', '-c', line);
  expect(stderr, line).toBe('');
  return stdout;
};

const minute = { timeout: 60_000 };

describe('docker in the shell of a lab host', minute, () => {
  test('is a command like any other: alone, in a pipe, in a loop, in a substitution', async () => {
    const alone = await run('docker', 'network', 'ls', '--format', '{{.Name}}');
    expect(alone).toEqual({ status: 0, stdout: 'bridge\nhost\nnone\n', stderr: '' });
    expect(await typed('docker network ls | tail -n +2 | wc -l')).toBe('3\n');
    expect(await typed('for i in 1 2 3; do docker create --name c$i alpine; done | wc -l')).toBe(
      '3\n',
    );
    expect(await typed('docker ps -aq --filter name=c | xargs docker rm | wc -l')).toBe('3\n');
    expect(await typed('c=$(docker run -d alpine sleep 1d); docker rm -f ${c%????????}')).toMatch(
      /^[0-9a-f]{56}\n$/,
    );
  });

  test('sees what the words before it did, and they what it did', async () => {
    const line = [
      'ip link add br9 type bridge',
      'docker network create -o com.docker.network.bridge.name=br9 n9 >/dev/null',
      'ip -br addr show br9 | tr -s " " | cut -d" " -f3',
      'docker network rm n9',
    ].join('; ');
    expect(await typed(line)).toMatch(/^172\.\d+\.0\.1\/16\nn9\n$/);
    const served = 'curl -s -o /dev/null -w "%{http_code} " localhost:8080';
    const web = [
      'docker run -d --name web -p 8080:80 nginx >/dev/null',
      'sleep 1',
      served,
      'docker stop web >/dev/null',
      served,
      'docker rm web',
    ].join('; ');
    expect(await typed(web)).toBe('200 000 web\n');
  });

  test('runs containers to their end: output, input and exit code are theirs', async () => {
    expect(await typed('docker run --rm alpine echo out')).toBe('out\n');
    expect(await typed('echo in | docker run -i --rm alpine tr a-z A-Z')).toBe('IN\n');
    expect(await typed('docker run --rm alpine sh -c "exit 7" || echo $?')).toBe('7\n');
    const both = await run('docker', 'run', '--rm', 'alpine', 'sh', '-c', 'echo a; echo b >&2');
    expect(both).toEqual({ status: 0, stdout: 'a\n', stderr: 'b\n' });
    await typed('docker run -d --name box alpine sleep 1d >/dev/null');
    expect(await typed('docker exec box sh -c "echo hello > /f"; docker exec box cat /f')).toBe(
      'hello\n',
    );
    expect(await typed('docker inspect -f "{{.State.Status}}" box; docker rm -f box')).toBe(
      'running\nbox\n',
    );
  });

  test('builds what stands on its input', async () => {
    const file = 'FROM alpine\nRUN echo hello > /f\nCMD cat /f\n';
    const line = `docker build -q -t built - <<EOF >/dev/null\n${file}EOF\ndocker run --rm built`;
    expect(await typed(line)).toBe('hello\n');
    expect(await typed('docker rmi built | head -n 1')).toBe('Untagged: built:latest\n');
  });

  test('ends with who reads it', async () => {
    await typed('docker run -d --name talks alpine sh -c "echo hi; sleep 1d" >/dev/null');
    expect(await typed('docker logs -f talks | head -n 1; docker rm -f talks')).toBe('hi\ntalks\n');
  });

  test('lets the time pass that a line sleeps', async () => {
    const line = 'docker run -d --name short alpine sleep 4 >/dev/null; docker ps -q | wc -l; ';
    expect(await typed(`${line} sleep 6; docker ps -q | wc -l; docker rm short`)).toBe(
      '1\n0\nshort\n',
    );
  });

  test('is listened to for a while where it would go on', async () => {
    await typed('docker run -d --name talks alpine sh -c "echo hi; sleep 1d" >/dev/null');
    const followed = await run('docker', 'logs', '-f', 'talks');
    expect(followed).toEqual({ status: 124, stdout: 'hi\n', stderr: '' });
    expect(await typed('docker rm -f talks')).toBe('talks\n');
  });

  test('says what the client says of a mistake', async () => {
    expect(await run('docker', 'start', 'nosuch')).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'Error response from daemon: No such container: nosuch\n' +
        'Error: failed to start containers: nosuch\n',
    });
    expect((await run('docker', 'ps', '--nope')).status).toBe(125);
    expect((await run('docker', 'run', 'alpine', 'nosuch')).status).toBe(127);
    expect(await typed('docker rm $(docker ps -aq) | wc -l')).toBe('1\n');
  });

  test('reaches the engine of its own host alone', async () => {
    const elsewhere = await run('docker', '-H', 'tcp://192.168.50.12:2375', 'ps');
    expect(elsewhere.status).toBe(1);
    expect(elsewhere.stderr).toContain('tcp://192.168.50.12:2375');
    const file = await run('docker', 'cp', 'nosuch:/etc/hosts', '/tmp/hosts');
    expect(file.status).toBe(1);
  });
});
