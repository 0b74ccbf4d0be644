import { expect, test } from 'vitest';
import { docker } from '../docker.ts';
import type { EngineCall, EngineReply } from '../engine-call.ts';

const created: EngineReply = {
  status: 201,
  text: '{"Id":"1234","Warnings":[]}',
  pieces: [],
  isOpen: false,
  meanwhile: [],
};

const files: Readonly<Record<string, string>> = {
  'marked.env': '\uFEFFA=1\n',
  'taken.cid': '1234',
  'profile.json': '{nope',
  'numbers.json': '{ "a b": [1.50, "\\" x"] }\n',
};

/** What a line of `docker create` asks and says. */
const create = (
  argv: readonly string[],
  variables: readonly (readonly [string, string])[] = [],
) => {
  const asked: EngineCall[] = [];
  const { pieces, exitCode } = docker({
    argv: ['create', ...argv],
    stdin: { text: '' },
    environment: new Map(variables),
    now: 0,
    ask: (call) => {
      asked.push(call);
      return created;
    },
    readFile: (path) => files[path] ?? null,
  });
  return { asked, exitCode, told: pieces.map(({ text }) => text).join('') };
};

test('the file of an id cannot be written, and one that is there is not written over', () => {
  expect(create(['--cidfile', 'new.cid', 'alpine'])).toEqual({
    asked: [],
    exitCode: 1,
    told: 'netfold: a lab host keeps no files, so new.cid cannot be written\n',
  });
  expect(create(['--cidfile', 'taken.cid', 'alpine'])).toMatchObject({
    exitCode: 1,
    told:
      "container ID file found, make sure the other container isn't running " +
      'or delete taken.cid\n',
  });
});

test('content trust is refused, by a flag and by a variable', () => {
  const told = 'netfold: content trust needs a notary server, which a lab does not have\n';
  expect(create(['--disable-content-trust=false', 'alpine']).told).toBe(told);
  expect(create(['alpine'], [['DOCKER_CONTENT_TRUST', '1']]).told).toBe(told);
  expect(create(['alpine'], [['DOCKER_CONTENT_TRUST', '0']]).told).toBe('1234\n');
});

test('the mark at the start of a file of variables is left out', () => {
  const { asked } = create(['--env-file', 'marked.env', 'alpine']);
  expect(asked[0]?.body).toMatchObject({ Env: ['A=1'] });
});

test('a seccomp profile is sent without blanks, its numbers and texts as they are written', () => {
  const { asked } = create(['--security-opt', 'seccomp=numbers.json', 'alpine']);
  const SecurityOpt = ['seccomp={"a b":[1.50,"\\" x"]}'];
  expect(asked[0]?.body).toMatchObject({ HostConfig: { SecurityOpt } });
  expect(create(['--security-opt', 'seccomp=profile.json', 'alpine'])).toMatchObject({
    asked: [],
    exitCode: 125,
  });
});

test('more ports than there are cannot be published at once', () => {
  const ranges = Array.from({ length: 4 }, () => ['-p', '1-65535']).flat();
  expect(create([...ranges, 'nginx'])).toEqual({
    asked: [],
    exitCode: 125,
    told:
      'docker: netfold: at most 196608 ports can be published or exposed at once.\n' +
      "See 'docker create --help'.\n",
  });
});

test('a long word is read at once', () => {
  const long = 'a'.repeat(200_000);
  const startedMs = performance.now();
  const values = ['-p', '--dns-search', '--network', '--platform', '--cpus', '--memory', '--mount'];
  for (const flag of values) expect(create([flag, `${long}_`, 'nginx']).exitCode).not.toBe(null);
  expect(create([`${long}!`]).told).toBe('invalid reference format\n');
  expect(create([`${'/'.repeat(200_000)}!`]).told).toBe('invalid reference format\n');
  expect(performance.now() - startedMs).toBeLessThan(2_000);
});
