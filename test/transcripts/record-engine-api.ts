// Asks a real engine the requests of engine-api-requests.ts and keeps each answer as it came.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { engineRequests, type NamedRequest } from './engine-api-requests.ts';
import { askEngine } from './engine-request.ts';
import { machinesFrom, openLab, type Lab } from './lab-machine.ts';

const folder = `${import.meta.dirname}/engine-api`;

/** Values of earlier answers, `${NAME}` in later paths. */
type Saved = Map<string, string>;

async function recordRequest(lab: Lab, named: NamedRequest, saved: Saved): Promise<number> {
  const host = lab.hosts.get('h1');
  if (host === undefined) throw new Error('the engine API is recorded on h1');
  const path = named.path.replace(/\$\{(\w+)\}/g, (whole, name: string) => {
    return saved.get(name) ?? whole;
  });
  const { method, body } = named;
  const request = body === undefined ? { method, path } : { method, path, body };
  const response = await askEngine(host.endpoint, request);
  if (named.saveId !== undefined) saved.set(named.saveId, idOf(response.body));
  saved.set('NOW', String(Math.floor(Date.now() / 1000) + 1));
  if (named.name !== undefined) {
    const exchange = { request, ...response };
    writeFileSync(`${folder}/${named.name}.json`, `${JSON.stringify(exchange, null, 2)}\n`);
  }
  return response.status;
}

function idOf(body: string): string {
  const { Id } = JSON.parse(body) as { Id: string };
  return Id;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { docker: text, shell: text, fresh: text, client: text, 'old-client': text },
  });
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) rmSync(`${folder}/${file}`);
  const lab = await openLab(machinesFrom(values), ['h1'], {});
  const saved: Saved = new Map([['START', String(Math.floor(Date.now() / 1000))]]);
  try {
    for (const named of engineRequests) {
      const status = await recordRequest(lab, named, saved);
      console.log(`${status} ${named.method} ${named.path} ${named.name ?? ''}`);
    }
  } finally {
    lab.close();
  }
}

await main();
