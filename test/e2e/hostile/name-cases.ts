import {
  connect,
  container,
  disconnect,
  each,
  get,
  network,
  post,
  remove,
  start,
} from './engine-case.ts';
import type { EngineCase } from './engine-case.ts';

const builtin = ['bridge', 'host', 'none'] as const;

/** Text that somebody might take for a command, markup or the end of a line. */
const oddTexts = [
  'line\nbreak',
  'tab\tstop',
  '\u001b[31mred',
  '\u202egnp.exe',
  '\u{1f433}',
  'zero\u200dwidth',
  "'; DROP TABLE events;--",
  '$1',
  '%s',
  '{{7*7}}',
  '${x}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  ' n1 ',
];

const networks: readonly EngineCase[] = [
  ...each(49, ['', '   ', '\t'], (name) => [network(name)]),
  {
    input: 50,
    title: 'a name twice',
    steps: [network('n1'), network('n1'), post('/networks/create', { Name: 'n1' })],
  },
  ...each(51, builtin, (name) => [network(name), post('/networks/create', { Name: name })]),
  ...each(52, builtin, (name) => [remove(`/networks/${name}`)]),
  {
    input: 53,
    title: 'remove a network in use',
    steps: [network('n1'), container('c1', 'n1'), start('c1'), remove('/networks/n1')],
  },
  ...each(54, oddTexts.slice(0, 6), (name) => [
    { ...network(name, { Labels: { text: name } }), saveId: 'N' },
    get('/networks/${N}'),
  ]),
  ...each(60, oddTexts.slice(6), (name) => [
    { ...network(name, { Labels: { [name]: name } }), saveId: 'N' },
    get('/networks/${N}'),
  ]),
  {
    input: 55,
    title: 'names apart in case and normal form only',
    steps: ['web', 'WEB', '\u00e9', 'e\u0301'].map((name) => network(name)),
  },
  {
    input: 57,
    title: 'a name that begins as the id of another network',
    steps: [
      { ...network('n1'), saveId: 'A' },
      { ...network('${A:12}', { Labels: { its: 'own' } }), saveId: 'B' },
      get('/networks/${A:12}'),
      remove('/networks/${A:12}'),
      get('/networks/${A:12}'),
    ],
  },
];

const containers: readonly EngineCase[] = [
  ...each(
    58,
    ['a b', '-x', 'ü', 'x', 'a/b', '/c1', 'c1\n', '..', '_x', 'n'.repeat(300)],
    (name) => [container(name)],
  ),
  {
    input: 59,
    title: 'a name that is taken',
    steps: [
      container('c1'),
      container('c1'),
      container('c2'),
      post('/containers/c2/rename?name=c1'),
      post('/containers/c2/rename?name=-x'),
      post('/containers/c2/rename?name='),
      post('/containers/c2/rename'),
    ],
  },
  ...each(63, ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'], (key) => [
    // Written by hand: an object literal would set its prototype.
    { ...network('n1'), body: `{"Name":"n1","Labels":{"${key}":"polluted"}}` },
    get('/networks/n1'),
    {
      ...container('c1'),
      body: `{"Image":"alpine","Cmd":["sleep","1d"],"Labels":{"${key}":"polluted"}}`,
    },
    get('/containers/c1/json'),
  ]),
  ...each(67, ['a:b:c', 'a', 'a:', ':10.1.1.1', 'a:10.1.1', 'x\n6.6.6.6 evil:10.1.1.1'], (line) => [
    container('c1', 'default', { host: { ExtraHosts: [line] } }),
    start('c1'),
  ]),
];

const filterPath = (list: string, filters: string): string =>
  `${list}?filters=${encodeURIComponent(filters)}`;

const filters: readonly EngineCase[] = [
  ...each(65, ['{"name":["(a+)+$"]}', '{"name":["("]}', '{"name":["a{1000}{1000}"]}'], (text) => [
    network(`${'a'.repeat(200)}!`),
    get(filterPath('/networks', text)),
    get(filterPath('/containers/json', text)),
  ]),
  ...each(
    66,
    [
      '{"colour":["red"]}',
      '{',
      'red',
      '[]',
      '7',
      'null',
      '{"name":"n1"}',
      '{"name":[1]}',
      '{"dangling":["x"]}',
      '{"dangling":["true","false"]}',
      '{"type":["x"]}',
      '{"__proto__":["x"]}',
    ],
    (text) => [
      get(filterPath('/networks', text)),
      get(filterPath('/containers/json', text)),
      post(filterPath('/networks/prune', text)),
    ],
  ),
  ...each(66, ['{"status":["x"]}', '{"exited":["x"]}', '{"health":["x"]}'], (text) => [
    get(filterPath('/containers/json', text)),
  ]),
];

const odd: readonly EngineCase[] = [
  {
    input: 60,
    title: 'labels and commands of a container',
    steps: [
      container('c1', 'default', {
        Labels: Object.fromEntries(oddTexts.map((text) => [text, text])),
      }),
      get('/containers/c1/json'),
      network('n1'),
      connect('n1', "'; DROP TABLE events;--"),
      disconnect('n1', '{{7*7}}'),
    ],
  },
];

/** Inputs 49 to 67. */
export const nameCases: readonly EngineCase[] = [...networks, ...containers, ...filters, ...odd];
