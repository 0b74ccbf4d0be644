import { hostIn, labAfter, run, stopContainer, containerIn } from '@netfold/testkit';
import { expect, it } from 'vitest';
import { namespaceFilesLeft, sandboxFile } from './namespace-files.ts';

const minuteMs = 60_000;

it('the file of a stack that is gone stays until the engine sweeps', () => {
  const before = labAfter(...run('c1'), ...run('c2'));
  const file = sandboxFile(containerIn(before, 'c1').sandboxId ?? '');
  const host = hostIn(before.when(stopContainer('c1')));
  const { since = 0, left: [gone] = [] } = host.namespaceFiles ?? {};
  expect(namespaceFilesLeft(hostIn(before), since)).toEqual([]);
  expect(gone?.name).toBe(file);
  const sweptAt = since + minuteMs * (Math.floor(((gone?.at ?? 0) - since) / minuteMs) + 1);
  expect(namespaceFilesLeft(host, sweptAt - 1)).toEqual([file]);
  expect(namespaceFilesLeft(host, sweptAt)).toEqual([]);
});

it("the file of the host's own stack is there once a container was on it, and stays", () => {
  const scene = labAfter(...run('c1'));
  expect(hostIn(scene).namespaceFiles?.hasHost).toBe(false);
  const later = labAfter(...run('c1', { networkMode: 'host' }), stopContainer('c1'));
  expect(hostIn(later).namespaceFiles).toMatchObject({ hasHost: true, left: [] });
});

it('an engine that has made no stack has no files', () => {
  expect(hostIn(labAfter()).namespaceFiles).toBeUndefined();
});
