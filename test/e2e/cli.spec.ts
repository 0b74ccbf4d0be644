import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CommandLine } from './command-line.ts';
import { TestServer } from './server.ts';

let server: TestServer;
let cli: CommandLine;
const folder = mkdtempSync(join(tmpdir(), 'netfold-cli-'));

beforeAll(async () => {
  server = await TestServer.start();
  cli = new CommandLine({ NETFOLD_DATA: server.data });
}, 120_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const netfold = (line: string, input = '') => cli.run(line.split(' '), input);

const succeeds = async (line: string, input = ''): Promise<string> => {
  const run = await netfold(line, input);
  expect(run, line).toMatchObject({ status: 0, stderr: '' });
  return run.stdout;
};

const answers = async <Answer>(line: string): Promise<Answer> =>
  JSON.parse(await succeeds(`${line} --json`)) as Answer;

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const versionOf = async (lab: string): Promise<number> =>
  (await answers<{ readonly version: number }>(`lab show ${lab}`)).version;

const minute = { timeout: 60_000 };

describe('labs', minute, () => {
  test('a new lab prints where its hosts answer docker', async () => {
    expect(await succeeds('lab create shop --hosts h1,h2 --print-endpoints')).toMatch(
      /^h1 docker=unix:\/\/\/.+\/h1\.sock\nh2 docker=unix:\/\/\/.+\/h2\.sock\n$/,
    );
  });

  test('the lab is listed, shown and removed', async () => {
    expect(await succeeds('lab create passing')).toMatch(/^lab-[0-9a-f]{8}\n$/);
    expect(await succeeds('lab ls')).toMatch(/^passing +lab-[0-9a-f]{8} +\d+ +h1$/m);
    expect(await succeeds('lab show passing')).toMatch(/^bridge +bridge +172\.17\.0\.0\/16$/m);
    const { hosts } = await answers<{ readonly hosts: readonly object[] }>('lab show passing');
    expect(hosts).toMatchObject([{ name: 'h1', address: '192.168.50.11/24' }]);
    expect(await succeeds('lab rm passing')).toBe('passing\n');
    const labs = await answers<readonly { readonly name: string }[]>('lab ls');
    expect(labs.map(({ name }) => name)).not.toContain('passing');
  });

  test('a lab that does not exist is refused', async () => {
    for (const line of ['lab show nowhere', 'lab rm nowhere', 'exec --lab nowhere h1 -- true']) {
      const { status, stderr } = await netfold(line);
      expect(status, line).toBe(1);
      expect(stderr, line).toMatch(/^error.*: .+\n/);
    }
  });
});

describe('exec', minute, () => {
  test('prints what the host prints and ends as the command ends', async () => {
    await succeeds('lab create typed');
    expect(await succeeds('exec --lab typed h1 -- ip -4 addr show docker0')).toContain(
      'inet 172.17.0.1/16',
    );
    const { status, stderr } = await netfold('exec --lab typed h1 -- nonsense');
    expect(status).toBe(127);
    expect(stderr).toContain('nonsense');
    const run = await netfold('exec --json --lab typed h1 -- false');
    expect(run.status).toBe(1);
    expect(JSON.parse(run.stdout)).toEqual({ stdout: '', stderr: '', exitCode: 1 });
  });
});

describe('apply', minute, () => {
  const text = `name: applied
hosts:
  h1:
    networks:
      web: { subnet: 10.7.0.0/24 }
    containers:
      shop: { image: nginx, networks: { web: { ipv4_address: 10.7.0.9 } }, ports: ['8080:80'] }
`;

  test('the second time it changes nothing', async () => {
    const path = file('applied.yaml', text);
    expect(await succeeds(`apply ${path}`)).toMatch(/^applied: 3 commands, version \d+\n$/);
    const version = await versionOf('applied');
    expect(await answers(`apply ${path}`)).toEqual({ lab: 'applied', commands: 0, version });
    expect(await versionOf('applied')).toBe(version);
    expect(await succeeds('exec --lab applied h1 -- iptables -t nat -S DOCKER')).toContain(
      '--dport 8080 -j DNAT --to-destination 10.7.0.9:80',
    );
  });

  test('with a command that is refused nothing is applied', async () => {
    const before = await versionOf('applied');
    const path = file(
      'refused.yaml',
      `${text}      fine: { image: nginx }\n      clash: { image: nginx, ports: ['8080:80'] }\n`,
    );
    const { status, stdout, stderr } = await netfold(`apply ${path}`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('Bind for 0.0.0.0:8080 failed: port is already allocated');
    expect(stderr).toContain('nothing was applied');
    expect(await versionOf('applied')).toBe(before);
    expect(await succeeds('lab show applied')).not.toContain('fine');
  });

  test('a new lab whose file is refused is not left behind, empty', async () => {
    const path = file(
      'new.yaml',
      'name: never\nhosts:\n  h1:\n    containers:\n' +
        "      web: { image: nginx, ports: ['1:99999'] }\n",
    );
    const { status } = await netfold(`apply ${path}`);
    expect(status).toBe(1);
    expect((await netfold('lab show never')).stderr).toContain('there is no lab `never`');
  });

  test('a key that nobody knows is named with its place, and nothing is sent', async () => {
    const path = file('misspelt.yaml', 'name: misspelt\nhosts:\n  h1: { container: {} }\n');
    const { status, stderr } = await netfold(`apply ${path}`);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error\[NF1008\]: .+\n {2}cause: .*container.*line 3.*\n {2}fix: /);
    expect((await netfold('lab show misspelt')).status).toBe(1);
  });
});

describe('log', minute, () => {
  type Commit = { readonly version: number; readonly facts: readonly { readonly type: string }[] };
  const commits = (text: string): readonly Commit[] =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Commit);

  test('tells who did what, and goes on after a version', async () => {
    await succeeds('lab create logged');
    await succeeds('exec --lab logged h1 -- true');
    const all = commits(await succeeds('log --lab logged --json'));
    expect(all[0]?.facts[0]?.type).toBe('LabCreated');
    expect(all.map(({ version }) => version)).toEqual(all.map((_, index) => index + 1));
    expect(commits(await succeeds('log --lab logged --after 1 --json'))).toEqual(all.slice(1));
    expect(await succeeds('log --lab logged')).toMatch(/^VERSION +TIME +ACTOR +FACE +WHAT\n1 /);
  });

  test('--follow shows what comes, and resumes where the last one stopped', async () => {
    const shown = await followed('logged', 0, async () => {
      await server.ask(create('first'));
    });
    const last = shown.at(-1)?.version ?? 0;
    await server.ask(create('second'));
    const resumed = await followed('logged', last, async () => {
      await server.ask(create('third'));
    });
    expect(resumed.map(({ version }) => version)).toEqual([last + 1, last + 2]);
    expect(JSON.stringify(resumed[0])).toContain('second');
    expect(JSON.stringify(resumed[1])).toContain('third');
  });

  const create = (name: string): string =>
    `mutation { networkCreate(input: { lab: "logged", host: "h1", name: "${name}" }) {
      version userErrors { message } } }`;

  /** Follows until a commit has come that `act` makes while it follows. */
  async function followed(
    lab: string,
    after: number,
    act: () => Promise<void>,
  ): Promise<readonly Commit[]> {
    const before = await versionOf(lab);
    const child = cli.start(['log', '--lab', lab, '--after', String(after), '--follow', '--json']);
    const closed = once(child, 'close');
    let text = '';
    try {
      const [recorded, live] = [before - after, before - after + 1];
      for await (const chunk of child.stdout ?? []) {
        text += String(chunk);
        const count = commits(text).length;
        if (count === recorded) await act();
        if (count >= live) break;
      }
    } finally {
      child.kill('SIGTERM');
      await closed;
    }
    return commits(text);
  }
});

describe('verify and rebuild', minute, () => {
  type Table = { readonly table: string; readonly hash: string };

  test('the log is sound, and the rebuilt rows are those that were there', async () => {
    const verified = await answers<{
      readonly problemsFound: number;
      readonly tables: readonly (Table & { readonly isEqual: boolean })[];
    }>('verify');
    expect(verified.problemsFound).toBe(0);
    expect(verified.tables.filter(({ isEqual }) => !isEqual)).toEqual([]);
    const rebuilt = await answers<{
      readonly tables: readonly Table[];
      readonly changed: readonly string[];
    }>('rebuild');
    expect(rebuilt.changed).toEqual([]);
    expect(rebuilt.tables.map(({ hash }) => hash)).toEqual(verified.tables.map(({ hash }) => hash));
    expect(await succeeds('rebuild')).toContain('the rebuilt rows are those that were there');
    expect(await succeeds('verify')).toMatch(/: 0 problems in the log$/m);
    expect(await succeeds('parked')).toBe('no lab is parked\n');
    expect(await answers('parked --retry')).toEqual({ parked: [], retried: [] });
  });
});

describe('users and tokens', minute, () => {
  test('a token opens the server until it is revoked', async () => {
    const ada = await answers<{ readonly userId: string }>('user create ada --role student');
    expect(await succeeds('user ls')).toMatch(
      new RegExp(`^ada +student +${ada.userId} +active$`, 'm'),
    );
    const made = await answers<{ readonly secret: string; readonly tokenId: string }>(
      'token create ada --days 1',
    );
    const hers = new CommandLine({ NETFOLD_URL: server.url, NETFOLD_TOKEN: made.secret });
    expect(await hers.run(['lab', 'ls', '--json'])).toMatchObject({ status: 0, stdout: '[]\n' });
    expect(await succeeds('token ls')).toMatch(new RegExp(`^${made.tokenId} +ada .*active$`, 'm'));
    expect(await succeeds(`token revoke ${made.tokenId}`)).toBe(`${made.tokenId}\n`);
    const after = await hers.run(['lab', 'ls']);
    expect(after.status).toBe(4);
    expect(after.stderr).toMatch(/^error\[NF1102\]: /);
  });
});

describe('query', minute, () => {
  test('answers a document from standard input and from a file', async () => {
    const document = '{ viewer { user { name } } }';
    const answer: unknown = JSON.parse(await succeeds('query', document));
    expect(answer).toMatchObject({ data: { viewer: { user: expect.anything() } } });
    const path = file('asked.graphql', document);
    expect((await netfold(`query ${path}.missing`)).stderr).toMatch(/^error\[NF1009\]: /);
    expect(JSON.parse(await succeeds(`query ${path}`))).toEqual(answer);
  });

  test('a broken document is refused with its whole answer', async () => {
    const { status, stdout } = await netfold('query', '{ nonsense }');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ extensions: expect.anything() }] });
  });
});

describe('exit codes', minute, () => {
  test('2: the command line is wrong', async () => {
    for (const line of ['lap', 'lab', 'lab create', 'exec h1', 'log --nonsense']) {
      const { status, stderr } = await netfold(line);
      expect(status, line).toBe(2);
      expect(stderr, line).toMatch(/^error\[NF\d{4}\]: .+\n {2}cause: .+\n {2}fix: /);
    }
  });

  test('3: no server is there', async () => {
    const nobody = new CommandLine({ NETFOLD_URL: 'http://127.0.0.1:9', NETFOLD_TOKEN: 'x' });
    expect((await nobody.run(['lab', 'ls'])).status).toBe(3);
    expect((await netfold(`lab ls --data ${folder}`)).status).toBe(3);
  });

  test('4: the token is not accepted', async () => {
    const stranger = new CommandLine({ NETFOLD_URL: server.url, NETFOLD_TOKEN: 'guessed' });
    expect((await stranger.run(['lab', 'ls'])).status).toBe(4);
  });
});
