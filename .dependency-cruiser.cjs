// Which module may import which. The layer of a package is the `layer:` tag in its package.json.
const { existsSync, readFileSync, readdirSync } = require('node:fs');
const nodePath = require('node:path');

/**
 * Direction: app -> runtime -> adapter -> application -> core; tests look at everything but apps.
 * What several adapters need of one technique, and knows nothing of labs, is support.
 * Within the layers core, adapter and app the rules further down are finer.
 */
const mayImport = {
  core: ['core'],
  application: ['application', 'core'],
  support: ['support'],
  adapter: ['adapter', 'support', 'application', 'core'],
  runtime: ['runtime', 'adapter', 'support', 'application', 'core'],
  app: ['app', 'runtime', 'adapter', 'support', 'application', 'core'],
  test: ['test', 'runtime', 'adapter', 'support', 'application', 'core'],
};

/** Within the core the direction is finer: each library and what it may import. */
const coreMayImport = {
  addressing: [],
  contracts: ['addressing'],
  domain: ['contracts', 'addressing'],
  dataplane: ['domain', 'contracts', 'addressing'],
  'docker-client': [],
  tooltext: ['docker-client', 'dataplane', 'domain', 'contracts', 'addressing'],
};

/** Of the application layer: it knows ports; the libraries behind them belong to the adapters. */
const adapterLibraries = [
  '@nestjs/',
  '@fastify/',
  'fastify',
  'mercurius',
  'graphql',
  'pg',
  'kafkajs',
];

const specs = '[.]spec[.]ts$';
const packages = ['libs', 'apps', 'test'].flatMap((room) =>
  readdirSync(nodePath.join(__dirname, room), { withFileTypes: true })
    .filter((entry) => existsSync(nodePath.join(__dirname, room, entry.name, 'package.json')))
    .map((entry) => ({
      path: `${room}/${entry.name}`,
      layer: layerOf(nodePath.join(room, entry.name)),
    })),
);

function layerOf(path) {
  const { nx } = JSON.parse(readFileSync(nodePath.join(__dirname, path, 'package.json'), 'utf8'));
  const tag = nx?.tags?.find((each) => each.startsWith('layer:')) ?? 'layer:none';
  const layer = tag.slice('layer:'.length);
  if (!(layer in mayImport)) throw new Error(`${path}/package.json: unknown layer tag ${tag}`);
  return layer;
}

const below = (paths) => `^(?:${paths.join('|')})/`;
const sourcesOf = (paths) => `${below(paths)}src/`;
const inLayer = (layer) => packages.filter((each) => each.layer === layer).map(({ path }) => path);
const adapters = inLayer('adapter');

const layerRules = Object.entries(mayImport).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `the layer ${layer} may import ${allowed.join(', ')} only`,
  severity: 'error',
  from: {
    path: layer === 'test' ? below(inLayer(layer)) : sourcesOf(inLayer(layer)),
    pathNot: specs,
  },
  to: { path: '^(?:libs|apps|test)/', pathNot: below(allowed.flatMap(inLayer)) },
}));

const coreRules = Object.entries(coreMayImport).map(([lib, allowed]) => ({
  name: `core-${lib}`,
  comment: `libs/${lib} may import ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: specs },
  to: { path: '^libs/', pathNot: below([lib, ...allowed].map((each) => `libs/${each}`)) },
}));

const adapterRules = adapters.map((path) => ({
  name: `adapter-${path.slice('libs/'.length)}`,
  comment: 'adapters never import each other; an app wires them',
  severity: 'error',
  from: { path: `^${path}/`, pathNot: specs },
  to: { path: below(adapters), pathNot: `^${path}/` },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...coreRules,
    ...adapterRules,
    {
      name: 'no-app',
      comment: 'nothing imports an app',
      severity: 'error',
      from: { path: '^(?:libs|test)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'no-other-app',
      comment: 'an app imports no other app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'public-entry',
      comment:
        'a library is imported by its name, and its name leads to src/index.ts only; the testkit ' +
        'has entries of its own for factories and GraphQL, so that tests do not load all of it',
      severity: 'error',
      from: { path: '^(?:libs|apps|test)/([^/]+)/' },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot: [
          '^libs/$1/',
          '^libs/[^/]+/src/index[.]ts$',
          '^libs/testkit/src/(?:factories|graphql-desk|graphql-service)[.]ts$',
        ],
      },
    },
    {
      name: 'core-is-deaf-and-blind',
      comment: 'the core imports no npm package and no module of Node',
      severity: 'error',
      from: { path: sourcesOf(inLayer('core')), pathNot: specs },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'core'] },
    },
    {
      name: 'application-knows-ports',
      comment: 'the application layer imports no framework, database, queue or transport',
      severity: 'error',
      from: { path: below(inLayer('application')), pathNot: specs },
      to: { path: `node_modules/(?:${adapterLibraries.join('|')})` },
    },
    {
      name: 'testkit-is-for-tests',
      comment: 'only specs and tests import the testkit',
      severity: 'error',
      from: { path: '^(?:libs|apps)/', pathNot: [specs, '^libs/testkit/'] },
      to: { path: '^libs/testkit/' },
    },
    {
      name: 'no-cycle',
      comment: 'a cycle is a design error',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Only our own output: npm packages keep their code in `dist` as well.
    exclude: { path: '^(?:(?:libs|apps)/[^/]+|test)/dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['@netfold/source', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
