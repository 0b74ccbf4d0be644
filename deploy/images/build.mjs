// Builds the image of the services; see README.md.
//
//   node deploy/images/build.mjs [--tag NAME] [--base IMAGE] [--context FOLDER]
//
// With --context the folder is filled and nothing is built, for builders other than Docker's.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBundle } from '../local/bundle.mjs';
import { ensureInstalled } from '../local/install.mjs';
import { refuse, root } from '../local/workspace.mjs';
import { runtimePackages } from './runtime-packages.mjs';

const apps = ['gateway', 'commander', 'projector', 'bootstrap', 'netfold'];
/** Of our libs: what is read at run time. Their code is in the bundles. */
const readAtRunTime = ['package.json', 'sql', 'schema', 'schema.graphql'];

const { values } = parseArgs({
  options: {
    tag: { type: 'string', default: 'netfold' },
    // The same major version as the pinned Node of package.json.
    base: { type: 'string', default: process.env.NETFOLD_NODE_IMAGE ?? 'node:24-bookworm-slim' },
    context: { type: 'string' },
  },
});

ensureInstalled();
for (const app of apps) ensureBundle(app);
if (values.context !== undefined) {
  fill(values.context);
} else {
  const context = mkdtempSync(join(tmpdir(), 'netfold-image-'));
  try {
    fill(context);
    build(context);
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

function fill(context) {
  for (const app of apps) {
    const dist = join('apps', app, 'dist');
    for (const file of bundleIn(join(root, dist))) copy(context, join(dist, file));
    copy(context, join('apps', app, 'package.json'));
  }
  for (const path of runtimePackages(apps)) {
    if (path.startsWith('libs/')) fillLib(context, path);
    else copy(context, path);
  }
  for (const file of ['entry.mjs', 'healthy.mjs']) copy(context, `deploy/images/${file}`);
  for (const file of ['roles-log.sql', 'roles-tables.sql'])
    copy(context, `deploy/postgres/${file}`);
  copy(context, 'package.json');
  copy(context, 'LICENSE');
}

/**
 * The entries, the chunks that they name and their maps, where they have one: a chunk that only
 * passes another's exports on has none. Files of earlier builds stand beside them.
 */
function bundleIn(dist) {
  const isThere = (file) => existsSync(join(dist, file));
  const found = new Set(['main.js', 'cli.js'].filter(isThere));
  for (const file of found) {
    const text = readFileSync(join(dist, file), 'utf8');
    const chunks = [...text.matchAll(/["']\.\/([\w-]+\.js)["']/g)].map(([, chunk]) => chunk);
    for (const chunk of chunks.filter(isThere)) found.add(chunk);
  }
  return [...found].flatMap((file) => [file, `${file}.map`]).filter(isThere);
}

function fillLib(context, path) {
  const there = readdirSync(join(root, path));
  for (const name of readAtRunTime.filter((each) => there.includes(each))) {
    copy(context, join(path, name));
  }
  const link = join(context, 'node_modules/@netfold', basename(path));
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), join(context, path)), link);
}

function copy(context, path) {
  // A package within another comes by its own entry of the lock file.
  const filter = (source) => source === join(root, path) || basename(source) !== 'node_modules';
  cpSync(join(root, path), join(context, path), { recursive: true, filter });
}

function build(context) {
  const args = ['build', '--build-arg', `BASE=${values.base}`, '--tag', values.tag];
  const { status, error } = spawnSync(
    'docker',
    [...args, '--file', join(root, 'deploy/images/Dockerfile'), context],
    { stdio: ['ignore', 2, 2] },
  );
  if (status === 0) return;
  refuse({
    problem: `the image ${values.tag} could not be built`,
    cause: error?.message ?? 'docker printed the reason above',
    fix: `check that a Docker engine runs and that it can get ${values.base}`,
  });
}
