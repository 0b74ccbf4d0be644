import type { SingleCommand } from '@netfold/contracts';
import {
  containerIn,
  createNetwork,
  endpointSpec,
  endpointsIn,
  hostIn,
  labAfter,
  run,
} from '@netfold/testkit';
import type { Scene } from '@netfold/testkit';
import { expect, test } from 'vitest';
import { dnsNames } from './dns-names.ts';

const namesOn = (scene: Scene, network: string, container: string): readonly string[] => {
  const endpoint = endpointsIn(scene, container)[network];
  return endpoint === undefined ? [] : dnsNames(hostIn(scene), endpoint).map(({ name }) => name);
};

const on = (network: string, aliases: readonly string[] = []) => ({
  networkMode: network,
  hostname: 'box',
  endpoints: { [network]: endpointSpec({ aliases }) },
});

test('a container is known by its name, aliases, short id and hostname', () => {
  const scene = labAfter(createNetwork('n'), ...run('web', on('n', ['svc'])));
  const shortId = containerIn(scene, 'web').id.slice(0, 12);
  expect(namesOn(scene, 'n', 'web')).toEqual(['web', 'svc', shortId, 'box']);
  const endpoint = endpointsIn(scene, 'web')['n'];
  const kinds = endpoint && dnsNames(hostIn(scene), endpoint).map(({ kind }) => kind);
  expect(kinds).toEqual(['containerName', 'alias', 'shortId', 'alias']);
});

test('a renamed container is known by its new name', () => {
  const rename: SingleCommand = {
    type: 'RenameContainer',
    host: 'h1',
    container: 'web',
    name: 'new',
  };
  const scene = labAfter(createNetwork('n'), ...run('web', on('n', ['svc'])), rename);
  expect(namesOn(scene, 'n', 'new').slice(0, 2)).toEqual(['new', 'svc']);
});

test('a generated name is not known', () => {
  const made = labAfter(createNetwork('n')).when({
    type: 'CreateContainer',
    host: 'h1',
    spec: { ...containerSpecOf(labAfter(...run('web', on('n')))), name: '' },
  });
  const { containerId, name } = made.fact('ContainerCreated');
  const scene = made.when({ type: 'StartContainer', host: 'h1', container: containerId });
  expect(namesOn(scene.thenAccepted(), 'n', name)).toEqual([containerId.slice(0, 12), 'box']);
});

test('the default bridge knows no names', () => {
  const scene = labAfter(...run('web'));
  expect(namesOn(scene, 'bridge', 'web')).toEqual([]);
});

function containerSpecOf(scene: Scene) {
  return containerIn(scene, 'web').spec;
}
