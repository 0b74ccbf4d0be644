import type { FileEntry } from '@netfold/contracts';
import { fileEntry } from '@netfold/testkit';
import { expect, test } from 'vitest';
import { copiedFiles } from './copy-files.ts';

const entry = (path: string, kind: FileEntry['kind'] = 'file'): FileEntry =>
  fileEntry(path, { kind, content: '' });

const context = [
  entry('/Dockerfile'),
  entry('/index.js'),
  entry('/lib', 'directory'),
  entry('/lib/a.js'),
];

const copied = (...words: readonly string[]): readonly string[] =>
  copiedFiles({
    words,
    workingDir: '/srv',
    from: context,
    isFolder: (path) => ['/', '/etc', '/srv'].includes(path),
  }).map(({ path }) => path);

test.each([
  [['index.js', 'yarn.lock*', '/etc/'], ['/etc/index.js']],
  [
    ['.', '.'],
    ['/srv/Dockerfile', '/srv/index.js', '/srv/lib', '/srv/lib/a.js'],
  ],
  [
    ['index.js', '/opt/main.js'],
    ['/opt', '/opt/main.js'],
  ],
  [['index.js', './'], ['/srv/index.js']],
  [['index.js', '/etc'], ['/etc/index.js']],
  [
    ['lib', 'code/'],
    ['/srv/code', '/srv/code/a.js'],
  ],
  [['lib/', '/etc'], ['/etc/a.js']],
  [
    ['*.js', 'Docker*', '/etc/'],
    ['/etc/index.js', '/etc/Dockerfile'],
  ],
])('COPY %j', (words, paths) => {
  expect(copied(...words)).toEqual(paths);
});

test('what is not in the context is told by its name', () => {
  expect(() => copied('none.js', '.')).toThrow('stat none.js: file does not exist');
  expect(() => copied('none*', '.')).toThrow('no source files were specified');
  expect(() => copied('index.js', 'Dockerfile', '/opt')).toThrow('must be a directory');
});
