import { containerIn, createNetwork, labAfter, placeIn, run } from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { containerWorld } from '../world/container-world.ts';
import { hostWorld } from '../world/host-world.ts';
import { asContainer } from '../world/run-as.ts';
import { typeLine } from '../world/typed-line.fixture.ts';

/** 2026-11-21 16:57:34 UTC */
const now = 1_795_280_254_000;

/** Types a line into a container's shell; `scene` is the lab with what it wrote. */
const type = (before: Scene, name: string, line: string, user = '') => {
  const runAs = { ...asContainer, user };
  const world = containerWorld(placeIn(before, now), containerIn(before, name), runAs);
  const { commands, ...output } = typeLine(world, line);
  return { ...output, scene: commands.reduce<Scene>((one, body) => one.when(body), before) };
};

const typeOnHost = (of: Scene, line: string) => typeLine(hostWorld(placeIn(of, now)), line);

/** What stands here is what the tools printed on Debian 12, but for times, ids and rates. */
const bare = labAfter(
  createNetwork('red', { subnet: '172.30.0.0/16' }),
  ...run('site', {
    image: 'nginx',
    command: ['nginx', '-g', 'daemon off;'],
    networkMode: 'red',
    exposedPorts: ['80/tcp'],
  }),
  ...run('deb', { image: 'debian', networkMode: 'red' }),
  ...run('box', { image: 'nicolaka/netshoot', networkMode: 'red' }),
  ...run('alone', { image: 'nicolaka/netshoot', networkMode: 'none' }),
  ...run('far', { image: 'busybox' }),
);
const { scene } = type(
  bare,
  'deb',
  'apt-get update -qq; apt-get install -y dnsutils wget iputils-arping tcpdump iputils-ping',
);
const debVersion = '9.18.49-1~deb12u3-Debian';

describe('dig', () => {
  it('shows the sections of an answer of the embedded server', () => {
    const { stdout, exitCode } = type(scene, 'deb', 'dig site');
    expect(stdout.replace(/id: \d+/, 'id: ID')).toBe(
      `
; <<>> DiG ${debVersion} <<>> site
;; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: ID
;; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0

;; QUESTION SECTION:
;site.				IN	A

;; ANSWER SECTION:
site.			600	IN	A	172.30.0.2

;; Query time: 0 msec
;; SERVER: 127.0.0.11#53(127.0.0.11) (UDP)
;; WHEN: Sat Nov 21 16:57:34 UTC 2026
;; MSG SIZE  rcvd: 42

`,
    );
    expect(exitCode).toBe(0);
  });

  it.each([
    ['dig +short site', '172.30.0.2\n'],
    ['dig +short outside.lab @192.168.50.1', '192.168.50.1\n'],
    ['dig -x 172.30.0.2 +short', 'site.red.\n'],
    ['dig site AAAA +short', ''],
    ['dig +noall +answer site', 'site.\t\t\t600\tIN\tA\t172.30.0.2\n'],
    ['dig +noall +answer -x 172.30.0.2', '2.0.30.172.in-addr.arpa. 600\tIN\tPTR\tsite.red.\n'],
  ])('`%s` shows what is asked for', (line, stdout) => {
    expect(type(scene, 'deb', line)).toMatchObject({ stdout, exitCode: 0 });
  });

  it('tells that a server was named, and who answers for itself', () => {
    const { stdout } = type(scene, 'deb', 'dig @192.168.50.1 outside.lab');
    expect(stdout).toContain('@192.168.50.1 outside.lab\n; (1 server found)\n;; global');
    expect(stdout).toContain(';; flags: qr aa rd ra; QUERY: 1, ANSWER: 1,');
    expect(stdout).toContain(';; SERVER: 192.168.50.1#53(192.168.50.1) (UDP)\n');
  });

  it('takes an unknown name for an answer, and no answer for a failure', () => {
    const unknown = type(scene, 'deb', 'dig nosuch.example');
    expect(unknown.stdout).toContain('status: NXDOMAIN');
    expect(unknown.exitCode).toBe(0);
    const refused = type(scene, 'deb', 'dig @127.0.0.1 +tries=1 foo');
    expect(refused.stdout).toBe(
      ';; communications error to 127.0.0.1#53: connection refused\n\n' +
        `; <<>> DiG ${debVersion} <<>> @127.0.0.1 +tries=1 foo\n` +
        '; (1 server found)\n;; global options: +cmd\n;; no servers could be reached\n',
    );
    expect(refused.exitCode).toBe(9);
    expect(type(scene, 'deb', 'dig @nosuchhost foo')).toMatchObject({
      stderr: "dig: couldn't get address for 'nosuchhost': not found\n",
      exitCode: 10,
    });
    expect(type(scene, 'deb', 'dig +foo a')).toMatchObject({ exitCode: 1 });
  });

  it('waits for a server that is silent', () => {
    const { stdout, durationMs } = type(scene, 'deb', 'dig @172.31.9.9 +time=1 +tries=2 a');
    expect(stdout).toContain(';; communications error to 172.31.9.9#53: timed out\n'.repeat(2));
    expect(durationMs).toBe(2_000);
  });

  it('is there on a lab host, and in an image for those who look for faults', () => {
    expect(typeOnHost(scene, 'dig +short @192.168.50.1 h2.lab').stdout).toBe('192.168.50.12\n');
    expect(type(scene, 'box', 'dig site').stdout).toContain('; <<>> DiG 9.20.29 <<>> site\n');
  });
});

describe('host', () => {
  it('tells addresses, and that the server outside knows no mail of a container', () => {
    expect(type(scene, 'deb', 'host site')).toMatchObject({
      stdout: 'site has address 172.30.0.2\nHost site not found: 3(NXDOMAIN)\n',
      exitCode: 1,
    });
    expect(type(scene, 'deb', 'host -t A site').stdout).toBe('site has address 172.30.0.2\n');
    expect(type(scene, 'deb', 'host -t AAAA site').stdout).toBe('site has no AAAA record\n');
  });

  it('finds the name of an address', () => {
    expect(type(scene, 'deb', 'host 172.30.0.2')).toMatchObject({
      stdout: '2.0.30.172.in-addr.arpa domain name pointer site.red.\n',
      exitCode: 0,
    });
  });

  it('names the server that it was given', () => {
    expect(type(scene, 'deb', 'host nosuch.example 192.168.50.1')).toMatchObject({
      stdout:
        'Using domain server:\nName: 192.168.50.1\nAddress: 192.168.50.1#53\nAliases: \n\n' +
        'Host nosuch.example not found: 3(NXDOMAIN)\n',
      exitCode: 1,
    });
    expect(type(scene, 'deb', 'host foo 127.0.0.1').stdout).toBe(
      'Using domain server:\nName: 127.0.0.1\nAddress: 127.0.0.1#53\nAliases: \n\n' +
        ';; communications error to 127.0.0.1#53: connection refused\n'.repeat(2) +
        ';; no servers could be reached\n',
    );
  });
});

describe('wget of GNU', () => {
  const asked =
    '--2026-11-21 16:57:34--  http://site/\n' +
    'Resolving site (site)... 172.30.0.2\n' +
    'Connecting to site (site)|172.30.0.2|:80... connected.\n' +
    'HTTP request sent, awaiting response... ';
  const bar = `     0K${' '.repeat(55)}100% 10.2M=0s\n`;

  it('saves a page in a file, and a second one beside it', () => {
    const first = type(scene, 'deb', 'wget http://site/');
    expect(first).toMatchObject({
      stdout: '',
      stderr:
        `${asked}200 OK\nLength: 27 [text/html]\nSaving to: ‘index.html’\n\n${bar}\n` +
        '2026-11-21 16:57:34 (10.2 MB/s) - ‘index.html’ saved [27/27]\n\n',
      exitCode: 0,
    });
    const second = type(first.scene, 'deb', 'wget -q site; cat index.html.1');
    expect(second).toMatchObject({ stdout: '<h1>Welcome to nginx!</h1>\n', stderr: '' });
  });

  it.each(['wget -qO- http://site/', 'wget -q -O - site', 'wget -nv -q -O- site'])(
    '`%s` prints a page and nothing else',
    (line) => {
      const stdout = '<h1>Welcome to nginx!</h1>\n';
      expect(type(scene, 'deb', line)).toMatchObject({ stdout, stderr: '', exitCode: 0 });
    },
  );

  it('looks whether a page is there', () => {
    expect(type(scene, 'deb', 'wget --spider http://site/')).toMatchObject({
      stderr:
        `Spider mode enabled. Check if remote file exists.\n${asked}200 OK\n` +
        'Length: 27 [text/html]\nRemote file exists and could contain further links,\n' +
        'but recursion is disabled -- not retrieving.\n\n',
      exitCode: 0,
    });
    expect(type(scene, 'deb', 'wget -q --spider http://site/no')).toMatchObject({
      stderr: '',
      exitCode: 8,
    });
  });

  it.each([
    ['wget http://site/no', /404 Not Found\n2026-11-21 16:57:34 ERROR 404: Not Found\.\n\n$/, 8],
    ['wget http://site:81/', /\|:81\.\.\. failed: Connection refused\.\n$/, 4],
    ['wget http://172.30.0.2:81/', /\nConnecting to 172\.30\.0\.2:81\.\.\. failed: Conn/, 4],
    ['wget http://nosuch/', /failed: Name or service not known\.\nwget: unable to resolve/, 4],
    ['wget', /^wget: missing URL\n/, 1],
    ['wget --foo', /^wget: unrecognized option '--foo'\n/, 2],
    ['wget -q -O /nodir/x http://site/', /^\/nodir\/x: No such file or directory\n$/, 1],
  ])('`%s` says what goes wrong', (line, stderr, exitCode) => {
    const output = type(scene, 'deb', line);
    expect(output.stderr).toMatch(stderr);
    expect(output.exitCode).toBe(exitCode);
  });

  it('tries again where nobody answers, as often as it is told', () => {
    const { stderr, exitCode, durationMs } = type(
      scene,
      'deb',
      'wget -T 2 -t 2 http://172.17.0.2/',
    );
    expect(stderr).toBe(
      '--2026-11-21 16:57:34--  http://172.17.0.2/\n' +
        'Connecting to 172.17.0.2:80... failed: Connection timed out.\nRetrying.\n\n' +
        '--2026-11-21 16:57:37--  (try: 2)  http://172.17.0.2/\n' +
        'Connecting to 172.17.0.2:80... failed: Connection timed out.\nGiving up.\n\n',
    );
    expect(exitCode).toBe(4);
    expect(durationMs).toBe(5_000);
  });

  it('keeps no files on a lab host, and says so', () => {
    expect(typeOnHost(scene, 'wget -q http://172.30.0.2/')).toMatchObject({ exitCode: 1 });
    expect(typeOnHost(scene, 'wget -qO- http://172.30.0.2/').stdout).toContain('Welcome');
  });
});

describe('arping', () => {
  it('is answered by who has the address on the segment', () => {
    const { stdout, exitCode } = type(scene, 'deb', 'arping -c 2 -I eth0 172.30.0.2');
    expect(stdout.replaceAll(/\d\.\d{3}ms/g, 'T')).toBe(
      'ARPING 172.30.0.2 from 172.30.0.3 eth0\n' +
        'Unicast reply from 172.30.0.2 [02:42:AC:1E:00:02]  T\n'.repeat(2) +
        'Sent 2 probes (1 broadcast(s))\nReceived 2 response(s)\n',
    );
    expect(exitCode).toBe(0);
    expect(type(scene, 'deb', 'arping -f 172.30.0.2; echo $?').stdout).toMatch(
      /Sent 1 probes \(1 broadcast\(s\)\)\nReceived 1 response\(s\)\n0\n$/,
    );
  });

  it.each([
    ['arping -c 1 -I eth0 172.30.0.99', 1, /Received 0 response\(s\)\n$/, /^$/],
    ['arping -c 1 -I eth0 172.17.0.2', 1, /Received 0 response\(s\)\n$/, /^$/],
    ['arping -D -c 1 -I eth0 172.30.0.2', 1, /^ARPING 172\.30\.0\.2 from 0\.0\.0\.0 eth0\n/, /^$/],
    ['arping -D -c 1 -q -I eth0 172.30.0.99', 0, /^$/, /^$/],
    ['arping -c 1 -I eth9 172.30.0.2', 2, /^$/, /^arping: Device eth9 not available\.\n$/],
    ['arping -c 1 nosuch', 2, /^$/, /^arping: nosuch: Name or service not known\n$/],
    ['arping', 2, /^$/, /^\nUsage:\n {2}arping \[options\] <destination>\n/],
  ])('`%s` ends with %i', (line, exitCode, stdout, stderr) => {
    const output = type(scene, 'deb', line);
    expect(output.exitCode).toBe(exitCode);
    expect(output.stdout).toMatch(stdout);
    expect(output.stderr).toMatch(stderr);
  });
});

describe('tcpdump', () => {
  const head =
    'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n' +
    'listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n' +
    'netfold: what is sent meanwhile is not simulated: nothing will be heard\n';
  const counts =
    '\n0 packets captured\n0 packets received by filter\n0 packets dropped by kernel\n';

  it('listens until it is told to end, and counts what it heard', () => {
    expect(type(scene, 'deb', 'timeout 2 tcpdump -n -i eth0 icmp')).toMatchObject({
      stdout: '',
      stderr: head + counts,
      exitCode: 124,
      durationMs: 2_000,
    });
    expect(type(scene, 'deb', 'tcpdump -c 1')).toMatchObject({ stderr: head, durationMs: null });
  });

  it('of any device says of what kind its frames are', () => {
    expect(type(scene, 'deb', 'timeout 1 tcpdump -i any').stderr).toMatch(
      /^tcpdump: data link type LINUX_SLL2\n.*\nlistening on any, link-type LINUX_SLL2 \(L/,
    );
  });

  it('needs a device, and root', () => {
    expect(type(scene, 'deb', 'tcpdump -i nosuch')).toMatchObject({
      stderr: 'tcpdump: nosuch: No such device exists\n(No such device exists)\n',
      exitCode: 1,
    });
    expect(type(scene, 'deb', 'tcpdump -i eth0', 'nobody').stderr).toContain(
      "don't have permission",
    );
  });
});

it('apt of a lab host has what a lab knows, and gets no more', () => {
  expect(typeOnHost(scene, 'sudo apt-get install -y bridge-utils')).toMatchObject({
    stdout:
      'Reading package lists...\nBuilding dependency tree...\nReading state information...\n' +
      'bridge-utils is already the newest version (1.7.1-1).\n' +
      '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n',
    exitCode: 0,
  });
  expect(typeOnHost(scene, 'apt-get install -y nosuch')).toMatchObject({
    stderr:
      'E: Unable to locate package nosuch\nnetfold: the packages of a lab host are as they are\n',
    exitCode: 100,
  });
  expect(typeOnHost(scene, 'apt-get update').stdout).toMatch(
    /^Hit:1 http:\/\/deb\.debian\.org\/debian bookworm InRelease\n/,
  );
});

describe('timeout', () => {
  it.each([
    ['timeout 5 sleep 1', 0, 1_000],
    ['timeout 1 sleep 5', 124, 1_000],
    ['timeout 1m sleep 2m', 124, 60_000],
    ['timeout -s KILL 2 sleep 5', 124, 2_000],
    ['timeout 3 false', 1, 0],
  ])('`%s` ends with %i after %i ms', (line, exitCode, durationMs) => {
    expect(type(scene, 'deb', line)).toMatchObject({ exitCode, durationMs });
  });

  it('of BusyBox ends with the signal', () => {
    expect(type(scene, 'far', 'timeout 1 sleep 5')).toMatchObject({
      exitCode: 143,
      durationMs: 1_000,
    });
  });

  it('lets a program say what it said until then', () => {
    const { stdout } = type(scene, 'far', 'timeout 3 sh -c "while true; do echo x; sleep 1; done"');
    expect(stdout).toBe('x\n'.repeat(4));
  });
});
