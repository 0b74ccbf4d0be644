import { expect, test } from 'vitest';
import { docker } from '../docker.ts';
import type { EngineCall, EngineReply } from '../engine-call.ts';

const directoryMode = 2 ** 31 + 0o755;
const linkMode = 2 ** 27 + 0o777;

const statReply = (mode: number, linkTarget = ''): Partial<EngineReply> => ({
  pathStat: Buffer.from(JSON.stringify({ mode, linkTarget })).toString('base64'),
});

/** What `docker cp` asks of an engine with these paths, and says. */
const copied = (argv: readonly string[], paths: Readonly<Record<string, Partial<EngineReply>>>) => {
  const asked: EngineCall[] = [];
  const ask = (call: EngineCall): EngineReply => {
    asked.push(call);
    const path = new URL(call.path, 'http://engine').searchParams.get('path') ?? '';
    const status = call.method === 'HEAD' && paths[path] === undefined ? 404 : 200;
    return { status, text: '', pieces: [], isOpen: false, meanwhile: [], ...paths[path] };
  };
  const readFile = (path: string): string | null => (path === 'page.html' ? 'hello\n' : null);
  const environment = new Map([['PWD', '/root']]);
  const call = { argv: ['cp', ...argv], stdin: { text: '' }, environment, now: 0, ask, readFile };
  const { pieces, exitCode } = docker(call);
  return { asked, exitCode, told: pieces.map(({ text }) => text).join('') };
};

const uploadOf = ({ asked }: ReturnType<typeof copied>) => {
  const call = asked.at(-1);
  if (!(call?.body instanceof Uint8Array)) throw new Error('nothing was put');
  const { method, path } = call;
  const archive = Buffer.from(call.body);
  const name = archive.subarray(0, 100).toString().replace(/\0+$/, '');
  return { method, path, name, content: archive.subarray(512, 518).toString() };
};

test('a file of the host is put into a folder under its own name', () => {
  const done = copied(['page.html', 'web:/srv'], { '/srv': statReply(directoryMode) });
  expect([done.exitCode, done.told]).toEqual([0, '']);
  expect(uploadOf(done)).toEqual({
    method: 'PUT',
    path: '/containers/web/archive?noOverwriteDirNonDir=true&path=%2Fsrv',
    name: 'page.html',
    content: 'hello\n',
  });
});

test('a file of the host takes the name that it is copied to', () => {
  const done = copied(['-a', 'page.html', 'web:/srv/index.html'], {});
  expect(uploadOf(done)).toEqual({
    method: 'PUT',
    path: '/containers/web/archive?copyUIDGID=true&noOverwriteDirNonDir=true&path=%2Fsrv',
    name: 'index.html',
    content: 'hello\n',
  });
});

test('a link in a container is followed to the folder that it leads to', () => {
  const paths = { '/www': statReply(linkMode, 'srv'), '/srv': statReply(directoryMode) };
  expect(uploadOf(copied(['page.html', 'web:/www'], paths)).path).toContain('path=%2Fsrv');
});

test('a folder that is not there is no place for a file', () => {
  expect(copied(['page.html', 'web:/nope/'], {})).toMatchObject({
    exitCode: 1,
    told: 'no such directory\n',
  });
});

test('a file of a container cannot be kept on the host', () => {
  expect(copied(['web:/etc/hosts', 'hosts'], {})).toMatchObject({
    exitCode: 1,
    told: 'netfold: a lab host keeps no files, so hosts cannot be written\n',
  });
});
