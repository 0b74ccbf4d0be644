import { containerIn, fileEntry, labAfter, run } from '@netfold/testkit';
import type { CommandBody, FileEntry } from '@netfold/contracts';
import { describe, expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { fileAt, fileBehind, isRemoved } from './container-files.ts';

const at = { host: 'h1', container: 'box' };

const write = (...files: readonly FileEntry[]): CommandBody => ({
  type: 'WriteFiles',
  ...at,
  folder: '/',
  files,
  keepsKinds: false,
});

const remove = (...paths: readonly string[]): CommandBody => ({
  type: 'RemoveFiles',
  ...at,
  paths,
});

const after = (...bodies: readonly CommandBody[]) => labAfter(...run('box'), ...bodies);

describe('the files of a container', () => {
  it('go with the folder that they are in, and no others', () => {
    const written = ['/data/a/x', '/data/a/y', '/data/ab'].map((path) => fileEntry(path));
    const box = containerIn(after(write(...written), remove('/data/a')), 'box');
    expect([...box.files.keys()].filter((path) => path.startsWith('/data'))).toEqual(['/data/ab']);
    expect(fileAt(box, '/data/a')).toBeNull();
    expect(fileAt(box, '/data')?.kind).toBe('directory');
    expect(box.removed).toEqual([]);
  });

  it('are not removed where there are none: nothing is noted', () => {
    after(write(fileEntry('/x')), remove('/x'))
      .when(remove('/x', '/nosuch'))
      .thenFacts();
  });

  it('of its image stay away until they are written again, also a folder', () => {
    const gone = after(remove('/opt', '/usr/bin/wget'));
    const box = containerIn(gone, 'box');
    expect(['/opt', '/usr/bin/wget', '/usr/bin'].map((path) => isRemoved(box, path))).toEqual([
      true,
      true,
      false,
    ]);
    expect(fileAt(box, '/opt')).toBeNull();
    const back = containerIn(gone.when(write(fileEntry('/opt', { kind: 'directory' }))), 'box');
    expect(fileAt(back, '/opt')?.kind).toBe('directory');
  });

  it('are found behind links, unless these lead in a circle', () => {
    const link = (path: string, target: string) => fileEntry(path, { kind: 'link', target });
    const box = containerIn(
      after(
        write(
          fileEntry('/data/real'),
          link('/way', 'data'),
          link('/data/near', 'real'),
          link('/a', '/b'),
          link('/b', '/a'),
        ),
      ),
      'box',
    );
    expect(fileBehind(box, '/way/near')?.path).toBe('/data/real');
    expect(fileAt(box, '/way/near')?.kind).toBe('link');
    expect(fileBehind(box, '/a')).toBeNull();
  });

  it('can be removed so often and no oftener', () => {
    const { filesPerContainerMax: most } = limits;
    const paths = Array.from({ length: most + 1 }, (_, number) => `/usr/bin/p${number}`);
    const full = after(remove(...paths.slice(1)));
    expect(containerIn(full, 'box').removed).toHaveLength(most);
    full.when(remove(paths[0] ?? '')).thenRefused('unavailable', /paths removed/);
  });
});
