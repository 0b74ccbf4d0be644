import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { dockerClients, LabClients } from './lab-clients.ts';
import { typedInTerminal } from './typed-in-terminal.ts';

const timeout = 120_000;

let clients: LabClients;

beforeAll(async () => {
  clients = await LabClients.start();
}, timeout);

afterAll(() => clients.stop());

test('there is a client to test with', () => expect(dockerClients.length).toBeGreaterThan(0));

describe.each(dockerClients)('%s', (docker) => {
  const run = (...args: readonly string[]): string => clients.printed(docker, ...args);
  const fails = (...args: readonly string[]): readonly [number | null, string] => {
    const { status, stderr } = clients.run(docker, args);
    return [status, stderr];
  };

  beforeEach(() => {
    const containers = run('ps', '-aq')
      .split('\n')
      .filter((id) => id !== '');
    if (containers.length > 0) run('rm', '-f', ...containers);
    run('system', 'prune', '-f', '--volumes');
  }, timeout);

  test('runs a container and cleans up after it', { timeout }, () => {
    run('network', 'create', 'web');
    run('run', '-d', '--name', 'shop', '--network', 'web', '-p', '8080:80', 'nginx');
    expect(run('port', 'shop')).toMatch(/^80\/tcp -> 0\.0\.0\.0:8080\n80\/tcp -> \[?::\]?:8080\n$/);
    expect(run('exec', 'shop', 'hostname', '-i')).toMatch(/^172\.\d+\.0\.2\n$/);
    expect(run('ps', '--format', '{{.Names}} {{.Ports}}')).toMatch(
      /^shop 0\.0\.0\.0:8080->80\/tcp/,
    );
    expect(run('run', '--rm', 'alpine', 'echo', 'hi')).toBe('hi\n');
    run('rm', '-f', 'shop');
    run('network', 'rm', 'web');
  });

  test(
    'prints what a program says when it says it, also one that goes on',
    { timeout },
    async () => {
      const script = 'echo one; sleep 2; echo two; sleep 2; echo three; sleep 1d';
      run('run', '-d', '--name', 'teller', 'alpine', 'sh', '-c', script);
      // Whoever runs programs may do so a moment after the start is answered.
      await vi.waitFor(() => expect(run('logs', 'teller')).toBe('one\n'), 1_500);
      const kill = `sleep 3; exec ${docker} kill teller`;
      const follow = `(${kill}) >&2 & exec ${docker} logs -f teller`;
      expect(run('ps', '-q')).not.toBe('');
      expect(clients.printed('sh', '-c', follow)).toBe('one\ntwo\n');
      expect(run('logs', 'teller')).toBe('one\ntwo\n');
      expect(run('run', '--rm', 'alpine', 'sh', '-c', 'echo a; sleep 1; echo b')).toBe('a\nb\n');
    },
  );

  test('builds an image step by step, and runs it', { timeout }, () => {
    const dockerfile = [
      'ARG BASE=alpine',
      'FROM ${BASE} AS words',
      'COPY notes/ /words/',
      '',
      'FROM nginx',
      'ENV GREETING="good day"',
      'WORKDIR /srv/app',
      'COPY --from=words /words/one.txt \\',
      '  two.txt*  ./',
      'RUN echo "$GREETING" && cat one.txt && echo made > made.txt',
      'EXPOSE 8080',
      'LABEL made.by=test',
      'ENTRYPOINT ["/bin/cat"]',
      'CMD ["one.txt"]',
      '',
    ];
    const context = join(clients.folder, 'context');
    mkdirSync(join(context, 'notes'), { recursive: true });
    writeFileSync(join(context, 'Dockerfile'), dockerfile.join('\n'));
    writeFileSync(join(context, 'notes/one.txt'), 'first\n');
    const built = clients.run(docker, ['build', '-t', 'own/app:1', 'context']);
    expect([built.status, built.stdout]).toEqual([
      0,
      expect.stringMatching(
        /Step 8\/12 : RUN[^]*good day\nfirst\n[^]*Successfully tagged own\/app:1/,
      ),
    ]);
    expect(run('run', '--rm', 'own/app:1')).toBe('first\n');
    expect(run('run', '--rm', 'own/app:1', 'made.txt')).toBe('made\n');
    expect(run('image', 'inspect', '-f', '{{json .Config.Labels}}', 'own/app:1')).toBe(
      '{"made.by":"test"}\n',
    );
    expect(run('build', '-q', '-t', 'own/app:2', 'context')).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(run('images', '-q', 'own/app').split('\n')).toHaveLength(3);
    expect(run('build', 'context')).toContain(' ---> Using cache\n');
    writeFileSync(join(context, 'Dockerfile'), 'FROM alpine\nRUN echo no; exit 3\n');
    expect(fails('build', 'context')).toEqual([
      3,
      expect.stringContaining(
        "The command '/bin/sh -c echo no; exit 3' returned a non-zero code: 3",
      ),
    ]);
    run('rmi', 'own/app:1', 'own/app:2');
    expect(run('images', '-q', 'own/app')).toBe('');
  });

  test('keeps what the shells of a container write', { timeout }, () => {
    run('run', '-d', '--name', 'web', '-p', '8081:80', 'nginx');
    run('run', '-d', '--name', 'peer', 'alpine', 'sleep', '1d');
    const inWeb = (line: string) => run('exec', 'web', 'sh', '-c', line);
    inWeb('mkdir -p /data/a && echo one > /data/a/x && echo two >> /data/a/x');
    expect(inWeb('cat /data/a/x; ls /data')).toBe('one\ntwo\na\n');
    inWeb('echo hello from web > /usr/share/nginx/html/index.html');
    const address = inWeb('hostname -i').trim();
    expect(run('exec', 'peer', 'wget', '-qO-', address)).toBe('hello from web\n');
    inWeb("printf 'no {hostname}, no end' > /usr/share/nginx/html/x");
    expect(run('exec', 'peer', 'wget', '-qO-', `${address}/x`)).toBe('no {hostname}, no end');
    run('exec', 'peer', 'sh', '-c', `echo '${address} shop' >> /etc/hosts`);
    expect(run('exec', 'peer', 'wget', '-qO-', 'http://shop')).toBe('hello from web\n');
    expect(run('diff', 'web')).toContain('A /data/a/x\n');
    expect(fails('exec', 'peer', 'sh', '-c', 'echo no > /none/x')).toEqual([
      1,
      "sh: can't create /none/x: nonexistent directory\n",
    ]);
    expect(inWeb('rm -r /data/a /opt; ls /data')).toBe('');
    const changes = run('diff', 'web');
    expect(changes).toContain('A /data\n');
    expect(changes).toContain('D /opt\n');
    expect(changes).not.toContain('/data/a');
    inWeb('mkdir /data/a && echo one > /data/a/x && echo two >> /data/a/x');
    const inPeer = (line: string) => run('exec', 'peer', 'sh', '-c', line);
    inWeb('cd /usr/share/nginx/html; cp index.html copy.html; mv index.html old.html');
    expect(inPeer(`cd /tmp; wget -q ${address}/copy.html; cp copy.html a; cat a`)).toBe(
      'hello from web\n',
    );
    expect(inPeer('cd /tmp; chmod 640 a; ln -s a b; ls -l b; stat -c %A a')).toMatch(
      /^lrwxrwxrwx    1 root     root             1 \w{3} .{8} b -> a\n-rw-r-----\n$/,
    );
    inPeer(
      "cat > /tmp/hi.sh <<'EOF'\n#!/bin/sh\nhi() { echo hi $1; }\nhi $1\nEOF\nchmod +x /tmp/hi.sh",
    );
    expect(inPeer('cd /tmp; ./hi.sh you; sh hi.sh me')).toBe('hi you\nhi me\n');
    expect(run('exec', 'peer', '/tmp/hi.sh', 'all')).toBe('hi all\n');
    inWeb('mv /usr/share/nginx/html/old.html /usr/share/nginx/html/index.html');
    run('exec', 'peer', 'rm', '/usr/bin/wget');
    expect(fails('exec', 'peer', 'sh', '-c', 'wget -qO- web')).toEqual([
      127,
      'sh: wget: not found\n',
    ]);
    run('restart', '-t', '0', 'peer', 'web');
    expect(run('exec', 'web', 'cat', '/data/a/x')).toBe('one\ntwo\n');
    expect(run('exec', 'peer', 'cat', '/etc/hosts')).not.toContain('shop');
    run('run', '--name', 'writer', 'alpine', 'sh', '-c', 'echo kept > /note');
    run('cp', 'writer:/note', 'note');
    expect(readFileSync(join(clients.folder, 'note'), 'utf8')).toBe('kept\n');
  });

  test('makes volumes, mounts them and prunes them', { timeout }, () => {
    expect(run('volume', 'create', 'v1')).toBe('v1\n');
    run('run', '-d', '--name', 'c1', '-v', 'v1:/data', 'alpine', 'sleep', '1d');
    const mounts = '{{range .Mounts}}{{.Name}} {{.Destination}} {{.Mode}}{{end}}';
    expect(run('inspect', '-f', mounts, 'c1')).toBe('v1 /data z\n');
    const [status, stderr] = fails('volume', 'rm', 'v1');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^Error response from daemon: remove v1: volume is in use - \[\w{64}\]$/m,
    );
    run('rm', '-f', 'c1');
    expect(run('volume', 'rm', 'v1')).toBe('v1\n');
  });

  test('copies files in and out', { timeout }, () => {
    run('run', '-d', '--name', 'c1', 'alpine', 'sleep', '1d');
    writeFileSync(join(clients.folder, 'notes.txt'), 'hello\n');
    run('cp', 'notes.txt', 'c1:/root/');
    expect(run('exec', 'c1', 'cat', '/root/notes.txt')).toBe('hello\n');
    run('cp', 'c1:/root/notes.txt', 'back.txt');
    expect(readFileSync(join(clients.folder, 'back.txt'), 'utf8')).toBe('hello\n');
    expect(fails('cp', 'c1:/nosuch', '.')[0]).toBe(1);
    expect(run('diff', 'c1')).toBe('C /root\nA /root/notes.txt\n');
    run('rm', '-f', 'c1');
  });

  test('updates, measures and lists', { timeout }, () => {
    run('run', '-d', '--name', 'c1', 'alpine', 'sleep', '1d');
    run('update', '--restart', 'always', '--cpu-shares', '512', 'c1');
    const wanted = '{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.CpuShares}}';
    expect(run('inspect', '-f', wanted, 'c1')).toBe('always 512\n');
    const stats = run('stats', '--no-stream', '--format', '{{.Name}} {{.PIDs}}', 'c1');
    expect(stats).toBe('c1 1\n');
    expect(run('system', 'df')).toMatch(/^Containers +1 +1 +0B/m);
    expect(run('history', '--format', '{{.CreatedBy}}', '--no-trunc', 'alpine')).toContain(
      '/bin/sh -c #(nop)  CMD ["/bin/sh"]\n',
    );
    expect(run('search', '--format', '{{.Name}}', 'busy')).toBe('busybox\n');
    run('rm', '-f', 'c1');
  });

  test('tags images, removes them and pulls them again', { timeout }, () => {
    run('tag', 'redis', 'r2');
    expect(run('rmi', 'redis')).toBe('Untagged: redis:latest\n');
    expect(run('rmi', 'r2')).toMatch(/^Untagged: r2:latest\nDeleted: sha256:\w{64}\n$/);
    const { status, stderr } = clients.run(docker, ['run', '--rm', 'redis', 'echo', 'hi']);
    expect([status, stderr]).toEqual([0, expect.stringContaining('Downloaded newer image')]);
  });

  test('says what is not simulated', { timeout }, () => {
    run('run', '-d', '--name', 'c1', 'alpine', 'sleep', '1d');
    const [status, stderr] = fails('export', 'c1', '-o', 'c1.tar');
    expect([status, stderr]).toEqual([1, expect.stringContaining('is not simulated')]);
    run('rm', '-f', 'c1');
  });

  test('serves a shell on a terminal', { timeout }, () => {
    run('run', '-d', '--name', 'c1', 'alpine', 'sleep', '1d');
    const lines = 'x=5\necho got$x\nexit 3\n';
    const args = ['-c', typedInTerminal, docker, 'exec', '-it', 'c1', 'sh'];
    const { status, stdout, stderr } = clients.run('python3', args, lines);
    expect([status, stderr]).toEqual([3, '']);
    expect(stdout).toContain('got5\r\n');
    run('rm', '-f', 'c1');
  });
});
