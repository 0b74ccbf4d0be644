import { describe, expect, it } from 'vitest';
import { createLab, createNetwork, given, ipamPool, removeNetwork } from '@netfold/testkit';

const engine = given().when(createLab('h1'));

describe('a config-only network', () => {
  const options = { 'com.docker.network.driver.mtu': '1300' };
  const ipam = [ipamPool('10.23.0.0/24', { gateway: '10.23.0.9' })];
  const conf = engine.when(createNetwork('conf', { configOnly: true, ipam, options }));
  const real = conf.when(createNetwork('real', { configFrom: 'conf' }));

  it('lends what it holds to a network made from it', () => {
    expect(conf.fact('NetworkCreated')).toMatchObject({ driver: 'null', isConfigOnly: true });
    expect(real.fact('NetworkCreated')).toMatchObject({ configFrom: 'conf', options });
    expect(real.fact('NetworkCreated').pools[0]?.gateway).toBe('10.23.0.9');
  });

  it('allocates nothing itself', () => {
    conf.when(createNetwork('same', { subnet: '10.23.0.0/24' })).thenAccepted();
  });

  it('is not pruned', () => {
    const pruned = conf.when({ type: 'PruneNetworks', host: 'h1', filters: {} });
    expect(pruned.thenAnswer().data?.['networksDeleted']).toEqual([]);
  });

  it('cannot go while it is used', () => {
    const message = 'error while removing network: configuration network "conf" is in use';
    real.when(removeNetwork('conf')).thenRefused('forbidden', message);
    real.when(removeNetwork('real')).when(removeNetwork('conf')).thenAccepted();
  });

  it('is refused in other forms', () => {
    conf
      .when(createNetwork('x', { configFrom: 'nosuch' }))
      .thenRefused('notFound', 'configuration network "nosuch" does not exist');
    conf
      .when(createNetwork('x', { configFrom: 'conf', ipam }))
      .thenRefused('forbidden', /^user specified configurations/);
    conf
      .when(createNetwork('x', { configFrom: 'conf', options }))
      .thenRefused('forbidden', /^network driver options/);
    conf
      .when(createNetwork('x', { configFrom: 'conf', configOnly: true }))
      .thenRefused('forbidden', /^a configuration network cannot depend/);
    conf
      .when(createNetwork('x', { configOnly: true, internal: true }))
      .thenRefused('forbidden', /^configuration network can only contain/);
  });
});
