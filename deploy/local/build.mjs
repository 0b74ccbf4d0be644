// Builds the named apps where they are older than their sources; without a name: `netfold`.
import { ensureBundle } from './bundle.mjs';

const named = process.argv.slice(2);
for (const app of named.length === 0 ? ['netfold'] : named) ensureBundle(app);
