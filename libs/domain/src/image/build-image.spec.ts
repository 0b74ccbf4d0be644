import type { FileEntry, ImageSpec, SingleCommand } from '@netfold/contracts';
import { createContainer, createLab, fileEntry, labAfter } from '@netfold/testkit';
import { describe, expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { builtImageId } from './image-catalogue.ts';
import { imagesOn } from './images-on-host.ts';

const file = (path: string, content = 'text'): FileEntry => fileEntry(path, { content });

const specOf = (changes: Partial<ImageSpec> = {}): ImageSpec => ({
  cmd: ['sleep', '1d'],
  entrypoint: ['/bin/sh'],
  expose: ['80/tcp'],
  listens: [],
  files: [file('/app/index.js')],
  steps: [{ image: '', createdBy: 'COPY . /app' }],
  ...changes,
});

const build = (tags: readonly string[], changes: Partial<ImageSpec> = {}): SingleCommand => ({
  type: 'BuildImage',
  host: 'h1',
  spec: specOf(changes),
  tags,
});

const first = builtImageId(specOf());
const second = builtImageId(specOf({ cmd: [] }));

const listed = (scene: ReturnType<typeof labAfter>) => {
  const host = scene.lab.hosts.get('h1');
  if (host === undefined) throw new Error('no host');
  return imagesOn(scene.lab, host)
    .filter(({ reference }) => [first, second].includes(reference))
    .map(({ id, tags }) => [id, tags]);
};

describe('an image that is built', () => {
  test('is on its host under its names, and its containers begin with its files', () => {
    const scene = labAfter(createLab('h1'), build(['app', 'own/app:2']));
    scene.thenFacts('ImageBuilt', 'ImageTagged', 'ImageTagged');
    expect(listed(scene)).toEqual([[first, ['app:latest', 'own/app:2']]]);
    const made = scene.when(createContainer('c1', { image: 'app' }));
    expect(made.fact('ContainerCreated')).toMatchObject({
      image: first,
      spec: { entrypoint: ['/bin/sh'], command: ['sleep', '1d'], exposedPorts: ['80/tcp'] },
    });
    const [container] = made.lab.hosts.get('h1')?.containers.values() ?? [];
    expect([...(container?.files.keys() ?? [])]).toEqual(['/app/index.js']);
  });

  test('is not made twice', () => {
    labAfter(createLab('h1'), build(['app']))
      .when(build(['app']))
      .thenAccepted()
      .thenFacts();
    labAfter(createLab('h1'), build(['app']))
      .when(build(['other']))
      .thenFacts('ImageTagged');
  });

  test('loses its name to the next one, and goes on without', () => {
    const scene = labAfter(createLab('h1'), build(['app'])).when(build(['app'], { cmd: [] }));
    scene.thenFacts('ImageBuilt', 'ImageUntagged', 'ImageTagged');
    expect(listed(scene)).toEqual([
      [first, []],
      [second, ['app:latest']],
    ]);
    const byId = createContainer('old', { image: first.slice('sha256:'.length, 20) });
    expect(scene.when(byId).fact('ContainerCreated')).toMatchObject({ image: first });
  });

  test('goes when the last host that has it removes it, and makes room for others', () => {
    const scene = labAfter(createLab('h1'), build(['app', 'other']));
    const untagged = scene.when({ type: 'RemoveImage', host: 'h1', image: 'app', force: false });
    expect(untagged.lab.builtImages.size).toBe(1);
    const gone = untagged.when({ type: 'RemoveImage', host: 'h1', image: 'other', force: false });
    expect(gone.lab.builtImages.size).toBe(0);
    const { builtImagesPerLabMax } = limits;
    const numbers = Array.from({ length: builtImagesPerLabMax }, (_, number) => number);
    const full = gone.when({
      type: 'ApplyBatch',
      commands: numbers.map((number) => build([], { cmd: [`${number}`] })),
    });
    expect(full.lab.builtImages.size).toBe(builtImagesPerLabMax);
    full.when(build(['more'], { cmd: ['more'] })).thenRefused('unavailable', /images built/);
    full
      .when({ type: 'PruneImages', host: 'h1', filters: {} })
      .when(build(['more']))
      .thenAccepted();
  });

  test('is refused with a name that is none, and with more files than a lab keeps', () => {
    const scene = labAfter(createLab('h1'));
    scene.when(build(['No Name'])).thenRefused('internal', 'invalid reference format');
    const files = [file('/big', 'x'.repeat(limits.fileLengthMax + 1))];
    scene.when(build([], { files })).thenRefused('unavailable', /characters of a file/);
  });
});
