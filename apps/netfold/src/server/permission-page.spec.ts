import { permissionPage, permissionRows } from '@netfold/application';
import { engineRoutes } from '@netfold/docker-api';
import { expect, test } from 'vitest';

test('the table of permissions in the reference has every route of every face', async () => {
  const page = permissionPage(permissionRows(engineRoutes));
  await expect(page).toMatchFileSnapshot('../../../../docs/reference/permissions.md');
  for (const route of engineRoutes) expect(page).toContain(`| \`${route}\` | docker.`);
});

test('a route of the engine that only reads asks for less than one that acts', () => {
  const permissionOf = new Map(
    permissionRows(engineRoutes).map(({ route, permission }) => [route, permission]),
  );
  expect(permissionOf.get('GET /networks')).toBe('docker.read');
  expect(permissionOf.get('POST /networks/create')).toBe('docker.operate');
});
