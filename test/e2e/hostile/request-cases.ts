import { container, each, get, post, start } from './engine-case.ts';
import type { EngineCase, EngineStep } from './engine-case.ts';

const create = (body: string, type = 'application/json'): EngineStep => ({
  ...post('/networks/create', body),
  headers: { 'content-type': type },
});

/** Inputs 105 to 109 and 113: what an engine says of requests as such. */
export const requestCases: readonly EngineCase[] = [
  ...each(107, ['', '{', '[', '}', 'x', '{"Name":', '{"Name":"n1"', '7', '"x"', '[]'], (body) => [
    create(body),
    { ...create(body), path: '/v1.41/containers/create' },
  ]),
  ...each(107, ['null', '{"Name":"n1"}x', '{"Name":"n1"}{"Name":"n2"}', ' \n'], (body) => [
    create(body),
  ]),
  ...each(
    107,
    ['foo;;;bar', 'text/plain', '', 'application/json;x=', 'APPLICATION/JSON'],
    (type) => [create('{"Name":"n1"}', type)],
    'typed ',
  ),
  ...each(
    105,
    [
      '{"Name":7}',
      '{"Name":"n1","Internal":"yes"}',
      '{"Name":"n1","Labels":{"a":1}}',
      '{"Name":"n1","Labels":{"__proto__":{"polluted":"yes"}}}',
      '{"Name":"n1","Labels":[]}',
      '{"Name":"n1","IPAM":{"Config":{}}}',
      '{"Name":"n1","Name":"n2"}',
      '{"name":"n1"}',
    ],
    (body) => [create(body), get('/networks?filters={"type":["custom"]}')],
  ),
  ...each(
    105,
    [
      '{"Image":"alpine","StopTimeout":1e400}',
      '{"Image":"alpine","StopTimeout":1.5}',
      '{"Image":"alpine","StopTimeout":99999999999999999999}',
      '{"Image":7}',
      '{"Image":"alpine","Cmd":{}}',
      '{"Image":"alpine","Cmd":[1]}',
    ],
    (body) => [post('/containers/create?name=c1', body)].map(asJson),
  ),
  ...each(109, ['v9.99', 'v1.0', 'v1.11', 'v1.42', 'v0.0', 'v1', 'vx.y', 'v1.41.1'], (version) => [
    { method: 'GET', path: `/${version}/networks` },
    { method: 'GET', path: `/${version}/_ping` },
  ]),
  ...each(101, ['..', '%2e%2e', '%00', 'x'.repeat(300), '%zz', '*', '%20'], (name) => [
    get(`/networks/${name}`),
    get(`/containers/${name}/json`),
  ]),
  {
    input: 113,
    title: 'exec without a program, of a container that does not run',
    steps: [
      container('c1'),
      post('/containers/c1/exec', { Cmd: ['ls'] }),
      start('c1'),
      post('/containers/c1/exec', { Cmd: [] }),
      post('/containers/c1/exec', {}),
      post('/containers/nosuch/exec', { Cmd: ['ls'] }),
      post('/exec/nosuch/start', { Detach: false }),
      post('/exec/nosuch/resize?h=x&w=y'),
    ],
  },
];

function asJson(step: EngineStep): EngineStep {
  return { ...step, headers: { 'content-type': 'application/json' } };
}
