import { containerIn, createNetwork, labAfter, placeIn, run } from '@netfold/testkit';
import { describe, expect, it } from 'vitest';
import { busyboxNetstat } from '../busybox/net.ts';
import { findInstalled, newBudget } from '../program.ts';
import { containerWorld } from '../world/container-world.ts';
import { hostWorld } from '../world/host-world.ts';
import { asContainer } from '../world/run-as.ts';
import type { ToolWorld } from '../tool.ts';

const scene = labAfter(
  createNetwork('red', { subnet: '172.30.0.0/16' }),
  ...run('site', {
    image: 'nginx',
    command: ['nginx', '-g', 'daemon off;'],
    networkMode: 'red',
    exposedPorts: ['80/tcp'],
    portBindings: [{ containerPort: '80/tcp', hostIp: '', hostPort: '8080' }],
  }),
  ...run('peer', { networkMode: 'red', image: 'busybox' }),
  ...run('far'),
  ...run('alone', { networkMode: 'none' }),
  ...run('seeker', { dnsSearch: ['lab'] }),
);
const welcome = '<h1>Welcome to nginx!</h1>\n';

/** What stands here is what the programs printed on a real host, but for times. */
describe('ping', () => {
  it('of BusyBox tells who answers', () => {
    expect(inContainer('peer', 'ping -c 1 site')).toEqual({
      stdout:
        'PING site (172.30.0.2): 56 data bytes\n' +
        '64 bytes from 172.30.0.2: seq=0 ttl=64 time=T ms\n\n' +
        '--- site ping statistics ---\n' +
        '1 packets transmitted, 1 packets received, 0% packet loss\n' +
        'round-trip min/avg/max = T/T/T ms\n',
      stderr: '',
      exitCode: 0,
    });
  });

  it('of BusyBox counts what is lost, and fails', () => {
    expect(inContainer('far', 'ping -c 1 -W 1 172.30.0.2')).toEqual({
      stdout:
        'PING 172.30.0.2 (172.30.0.2): 56 data bytes\n\n' +
        '--- 172.30.0.2 ping statistics ---\n' +
        '1 packets transmitted, 0 packets received, 100% packet loss\n',
      stderr: '',
      exitCode: 1,
    });
  });

  it('of BusyBox knows no address for a name, or no way to one', () => {
    expect(inContainer('far', 'ping -c 1 site')).toEqual({
      stdout: '',
      stderr: "ping: bad address 'site'\n",
      exitCode: 1,
    });
    expect(inContainer('alone', 'ping -c 1 -W 1 172.17.0.1')).toEqual({
      stdout: 'PING 172.17.0.1 (172.17.0.1): 56 data bytes\n',
      stderr: 'ping: sendto: Network is unreachable\n',
      exitCode: 1,
    });
  });

  it('of iputils has words of its own', () => {
    expect(onHost('ping -c 2 172.30.0.2').stdout).toBe(
      'PING 172.30.0.2 (172.30.0.2) 56(84) bytes of data.\n' +
        '64 bytes from 172.30.0.2: icmp_seq=1 ttl=64 time=T ms\n' +
        '64 bytes from 172.30.0.2: icmp_seq=2 ttl=64 time=T ms\n\n' +
        '--- 172.30.0.2 ping statistics ---\n' +
        '2 packets transmitted, 2 received, 0% packet loss, time 1000ms\n' +
        'rtt min/avg/max/mdev = T/T/T/T ms\n',
    );
    expect(onHost('ping -c 1 outside.lab').stdout).toContain(
      '64 bytes from 192.168.50.1 (192.168.50.1): icmp_seq=1 ttl=64 time=T ms\n',
    );
    expect(onHost('ping -c 1 nosuch')).toEqual({
      stdout: '',
      stderr: 'ping: nosuch: Name or service not known\n',
      exitCode: 2,
    });
  });
});

describe('nslookup', () => {
  it('of BusyBox asks the embedded DNS for both families', () => {
    expect(inContainer('peer', 'nslookup site')).toEqual({
      stdout:
        'Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\n' +
        'Non-authoritative answer:\nName:\tsite\nAddress: 172.30.0.2\n\n' +
        'Non-authoritative answer:\n\n',
      stderr: '',
      exitCode: 0,
    });
  });

  it('of BusyBox fails for a name that nobody knows, once for each family', () => {
    const line = "** server can't find nosuch: NXDOMAIN\n\n";
    expect(inContainer('far', 'nslookup nosuch')).toEqual({
      stdout: `Server:\t\t192.168.50.1\nAddress:\t192.168.50.1:53\n\n${line}${line}`,
      stderr: '',
      exitCode: 1,
    });
  });

  it('of BusyBox is told by the kernel where nobody listens', () => {
    const stdout = ';; connection timed out; no servers could be reached\n\n';
    const stderr = "nslookup: write to '127.0.0.11': Connection refused\n";
    expect(inContainer('alone', 'nslookup a 127.0.0.11')).toEqual({ stdout, stderr, exitCode: 1 });
    expect(inContainer('alone', 'nslookup -type=a a 127.0.0.11')).toEqual({
      stdout,
      stderr: 'nslookup: read: Connection refused\n'.repeat(2),
      exitCode: 1,
    });
  });

  it('of BusyBox finds the name of an address', () => {
    const found = '2.0.30.172.in-addr.arpa\tname = site.red\n';
    const byType = inContainer('peer', 'nslookup -type=ptr 2.0.30.172.in-addr.arpa');
    expect(inContainer('peer', 'nslookup 172.30.0.2').stdout).toContain(found);
    expect(byType.stdout).toContain(found);
    expect(inContainer('peer', 'nslookup -type=ptr 172.30.0.2')).toEqual({
      stdout: ';; connection timed out; no servers could be reached\n\n',
      stderr: '',
      exitCode: 1,
    });
  });

  it('of BusyBox searches its domains only where no server is given', () => {
    expect(inContainer('seeker', 'nslookup -type=a outside').stdout).toContain(
      'Name:\toutside.lab\nAddress: 192.168.50.1\n',
    );
    const missing = (name: string) => `** server can't find ${name}: NXDOMAIN\n`;
    expect(inContainer('seeker', 'nslookup -type=a site').stdout).toContain(missing('site.lab'));
    expect(inContainer('seeker', 'nslookup -type=a outside 192.168.50.1').stdout).toContain(
      missing('outside'),
    );
    expect(inContainer('seeker', 'nslookup -type=a lab.').stdout).toContain(missing('lab.'));
  });

  it('of BusyBox stops at what it does not know, and where no way leads', () => {
    const failedWith = (stderr: string) => ({ stdout: '', stderr, exitCode: 1 });
    expect(inContainer('peer', 'nslookup -type=bogus site')).toEqual(
      failedWith('nslookup: invalid query type "bogus"\n'),
    );
    expect(inContainer('peer', 'nslookup -x site').stderr).toContain('Usage: nslookup [-type=');
    const unreachable = "can't connect to remote host (192.168.50.1): Network is unreachable\n";
    expect(inContainer('alone', 'nslookup outside.lab')).toEqual(
      failedWith(`nslookup: ${unreachable}`),
    );
    expect(inContainer('alone', 'traceroute -n 192.168.50.1')).toEqual(
      failedWith(`traceroute: ${unreachable}`),
    );
    expect(inContainer('peer', 'nslookup -type=aaaa site h1.lab').stderr).toContain(
      'nslookup: read: Connection refused\n',
    );
    expect(inContainer('peer', 'nslookup site h1.lab').stderr).toBe(
      "nslookup: write to 'h1.lab': Connection refused\n",
    );
  });
});

describe('a page', () => {
  it('is fetched by name, by published port and from outside', () => {
    expect(inContainer('peer', 'wget -T 2 -qO- http://site/').stdout).toBe(welcome);
    expect(inContainer('far', 'wget -T 2 -qO- http://192.168.50.11:8080/').stdout).toBe(welcome);
    expect(onHost('curl -s -m 2 http://127.0.0.1:8080/').stdout).toBe(welcome);
    expect(inContainer('far', 'wget -qO- http://outside.lab/ip').stdout).toBe('192.168.50.11\n');
  });

  it('that does not come fails as the program says it', () => {
    expect(inContainer('far', 'wget -T 2 -qO- http://172.30.0.2/')).toEqual({
      stdout: '',
      stderr: 'wget: download timed out\n',
      exitCode: 1,
    });
    expect(inContainer('peer', 'wget -T 2 -qO- http://site:81/')).toEqual({
      stdout: '',
      stderr: "wget: can't connect to remote host (172.30.0.2): Connection refused\n",
      exitCode: 1,
    });
    expect(onHost('curl -s -m 2 http://192.168.50.11:81/').exitCode).toBe(7);
    expect(onHost('curl -s -m 2 http://172.30.0.99/').exitCode).toBe(28);
    expect(onHost('curl -sS http://nosuch/')).toEqual({
      stdout: '',
      stderr: 'curl: (6) Could not resolve host: nosuch\n',
      exitCode: 6,
    });
    expect(onHost('curl -s -o /dev/null -w %{http_code} http://172.30.0.2/no').stdout).toBe('404');
  });

  /** As recorded with curl 7.88.1. */
  it('is told of with -w', () => {
    const format =
      '%{http_code}|%{remote_ip}|%{remote_port}|%{local_ip}|%{num_connects}|%{scheme}|' +
      '%{http_version}|%{content_type}|%{exitcode}|%{errormsg}|%%';
    const told = (url: string) => onHost(`curl -s -o /dev/null -w ${format} ${url}`).stdout;
    expect(told('http://127.0.0.1:8080/')).toBe(
      '200|127.0.0.1|8080|127.0.0.1|1|HTTP|1.1|text/html|0||%',
    );
    expect(told('http://127.0.0.1:1/')).toBe(
      '000||0||0||0||7|' +
        "Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server|%",
    );
    expect(told('http://nosuch/')).toBe('000||0||0||0||6|Could not resolve host: nosuch|%');
  });
});

describe('nc', () => {
  it('of BusyBox tells an open port from others', () => {
    expect(inContainer('peer', 'nc -zv -w 2 site 80').stderr).toBe('site (172.30.0.2:80) open\n');
    expect(inContainer('peer', 'nc -zv -w 2 site 81')).toEqual({
      stdout: '',
      stderr: 'nc: site (172.30.0.2:81): Connection refused\n',
      exitCode: 1,
    });
    expect(inContainer('far', 'nc -zv -w 1 172.30.0.2 80').stderr).toBe(
      'nc: 172.30.0.2 (172.30.0.2:80): Operation timed out\n',
    );
  });

  it('sends what it reads and prints what comes back', () => {
    const { stdout } = inContainer('peer', 'nc -w 2 site 80', 'GET / HTTP/1.0\r\n\r\n');
    expect(stdout).toContain(welcome);
    expect(inContainer('peer', 'nc site 80', 'GET /\n').stdout).toContain(welcome);
    expect(inContainer('far', 'nc -u -w 1 192.168.50.1 9999', 'x\n').stdout).toBe(
      '192.168.50.11\n',
    );
    expect(inContainer('far', 'nc -u -w 1 192.168.50.11 5354', 'x\n').stderr).toBe(
      'nc: read error: Connection refused\n',
    );
  });
});

describe('traceroute', () => {
  it('of BusyBox goes through the gateway', () => {
    expect(inContainer('far', 'traceroute -n -w 1 -q 1 192.168.50.1').stdout).toBe(
      'traceroute to 192.168.50.1 (192.168.50.1), 30 hops max, 46 byte packets\n' +
        ' 1  172.17.0.1  T ms\n 2  192.168.50.1  T ms\n',
    );
  });
});

type Printed = { readonly stdout: string; readonly stderr: string; readonly exitCode: number };

describe('telnet of BusyBox', () => {
  it('says that it is connected, or why not', () => {
    expect(inContainer('peer', 'telnet site 80').stdout).toBe('Connected to site\n');
    expect(inContainer('peer', 'telnet site 81').stderr).toBe(
      "telnet: can't connect to remote host (172.30.0.2): Connection refused\n",
    );
    expect(inContainer('peer', 'telnet nosuch 80').stderr).toBe("telnet: bad address 'nosuch'\n");
  });
});

it('names of the embedded server stand where tools print names', () => {
  expect(inContainer('peer', 'traceroute -q 1 site').stdout).toContain(' 1  site.red (172.30.0.2)');
  expect(inContainer('peer', 'traceroute -n -q 1 site').stdout).toContain(' 1  172.30.0.2 ');
});

it('netstat of BusyBox has one name for the sockets of both families', () => {
  const of = (name: string) =>
    containerWorld(placeIn(scene), containerIn(scene, name), asContainer);
  const world = { ...of('peer'), stack: of('site').stack };
  expect(busyboxNetstat(world, ['netstat', '-tln'], { text: '' }).stdout).toContain(
    'tcp        0      0 :::80                   :::*                    LISTEN      \n',
  );
});

it('BusyBox and iputils name what they do not take, and what they are bound to', () => {
  const refused = inContainer('peer', 'ping -c 1 -M do site');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/^ping: invalid option -- 'M'\nBusyBox v1\.35\.0 \(Debian /);
  expect(inContainer('peer', 'ping -c 1 -I 172.30.0.3 site').stdout).toContain(
    'PING site (172.30.0.2) from 172.30.0.3: 56 data bytes\n',
  );
  expect(inContainer('peer', 'ping -c 1 -I eth0 site').stdout).toContain(
    'PING site (172.30.0.2): 56 data bytes\n',
  );
  expect(inContainer('peer', 'ping -c 1 -I eth9 site')).toEqual({
    stdout: '',
    stderr: "ping: bad address 'eth9'\n",
    exitCode: 1,
  });
  expect(onHost('ping -c 1 -I docker0 172.17.0.2').stdout).toContain(
    'PING 172.17.0.2 (172.17.0.2) from 172.17.0.1 docker0: 56(84) bytes of data.\n',
  );
});

it('ping that must not part its packet tells what does not fit', () => {
  expect(onHost('ping -c 1 -M do -s 1473 172.30.0.2')).toEqual({
    stdout:
      'PING 172.30.0.2 (172.30.0.2) 1473(1501) bytes of data.\n\n' +
      '--- 172.30.0.2 ping statistics ---\n' +
      '1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n\n',
    stderr: 'ping: local error: message too long, mtu=1500\n',
    exitCode: 1,
  });
  expect(onHost('ping -c 1 -M do -s 1472 172.30.0.2').exitCode).toBe(0);
});

function inContainer(name: string, line: string, input = ''): Printed {
  return printedBy(
    containerWorld(placeIn(scene), containerIn(scene, name), asContainer),
    line,
    input,
  );
}

function onHost(line: string): Printed {
  return printedBy(hostWorld(placeIn(scene)), line, '');
}

function printedBy(world: ToolWorld, line: string, input: string): Printed {
  const argv = line.split(' ');
  const program = findInstalled(world, argv[0] ?? '');
  if (program === null) throw new Error(`no program ${line}`);
  const call = { world, argv, stdin: { text: input }, find: findInstalled, budget: newBudget() };
  const { pieces, exitCode } = program({ ...call, depth: 0 });
  const text = (stream: string): string =>
    pieces
      .filter((piece) => piece.stream === stream)
      .map((piece) => piece.text)
      .join('')
      .replaceAll(/\b0\.\d{3}\b/g, 'T');
  return { stdout: text('stdout'), stderr: text('stderr'), exitCode };
}

/** As recorded with BusyBox 1.35. */
describe('hostname of BusyBox', () => {
  it('explains itself where it knows no such option', () => {
    const usage =
      'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n\n' +
      'Usage: hostname [-sidf] [HOSTNAME | -F FILE]\n\n' +
      'Show or set hostname or DNS domain name\n\n' +
      '\t-s\tShort\n\t-i\tAddresses for the hostname\n\t-d\tDNS domain name\n' +
      "\t-f\tFully qualified domain name\n\t-F FILE\tUse FILE's content as hostname\n";
    const problem = "hostname: invalid option -- 'I'\n";
    expect(inContainer('peer', 'hostname -I')).toEqual({
      stdout: '',
      stderr: problem + usage,
      exitCode: 1,
    });
    expect(inContainer('peer', 'hostname --help')).toMatchObject({ stderr: usage, exitCode: 0 });
  });

  it('prints nothing of a domain that is not there', () => {
    expect(inContainer('peer', 'hostname -d')).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  });
});
