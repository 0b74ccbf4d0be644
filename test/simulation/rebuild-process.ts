import type { ConnectionSettings } from '@netfold/log-postgres';
import { rebuild, tableHashes } from '@netfold/readmodel-postgres';
import type { TableHash } from '@netfold/readmodel-postgres';
import { openLog, rebuildSource, withClient } from './live-labs.ts';

/** `CONNECTION`: makes the read models anew from the log alone and says what they hold then. */
const owner = JSON.parse(process.argv[2] ?? '') as ConnectionSettings;
const problems: string[] = [];
const log = openLog(owner, null, (problem) => problems.push(problem));
const rebuilt: readonly TableHash[] = await withClient(owner, async (client) => {
  await rebuild(client, rebuildSource(log), () => {});
  return tableHashes(client, 'read');
});
await log.close();
if (problems.length > 0) throw new Error(problems.join('; '));
process.send?.(rebuilt);
process.disconnect();
