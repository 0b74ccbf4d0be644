import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** By the package's name: a bundle stands in another folder than this source. */
const own = createRequire(import.meta.url).resolve('@netfold/embedded-kafka/package.json');

/** The root of the workspace; npm links its packages into node_modules. */
export const root = join(dirname(realpathSync(own)), '../..');

/** How a node is set up, for people and for this package. */
export const deployFolder = join(root, 'deploy/kafka');
