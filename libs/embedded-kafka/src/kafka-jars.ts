import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deployFolder, root } from './deploy-folder.ts';

const pom = join(deployFolder, 'pom.xml');
const cache = join(root, 'node_modules/.cache/kafka');
const lock = join(cache, 'downloading');

/** The first run downloads some 60 MB. */
const downloadMsMax = 200_000;

/**
 * The class path of a broker. Maven resolves it once for each state of the pom and each version;
 * later runs read the answer from a file and need neither Maven nor a network.
 *
 * @param version  such as `3.9.2`; the empty string: that of the pom
 */
export async function kafkaClassPath(version: string): Promise<string> {
  const state = createHash('sha256').update(readFileSync(pom)).update(version);
  const file = join(cache, `${state.digest('hex').slice(0, 16)}.classpath`);
  mkdirSync(cache, { recursive: true });
  const deadline = Date.now() + downloadMsMax;
  while (Date.now() < deadline) {
    const found = cachedClassPath(file);
    if (found !== null) return found;
    if (takeLock()) {
      await download(file, version).finally(() => {
        rmSync(lock, { force: true });
      });
    }
    await sleep(200);
  }
  throw new Error(`the jars of Kafka were not there after ${downloadMsMax} ms`);
}

function cachedClassPath(file: string): string | null {
  if (!existsSync(file)) return null;
  const classPath = readFileSync(file, 'utf8').trim();
  return classPath.split(delimiter).every((jar) => existsSync(jar)) ? classPath : null;
}

/** Two Mavens that download to one cache spoil each other's files, and specs run side by side. */
function takeLock(): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    // Somebody has it; who died with it has lost it.
    if (!isAlive(Number(readHolder()))) rmSync(lock, { force: true });
    return false;
  }
}

function readHolder(): string {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return String(process.pid); // Given back between the two looks.
  }
}

function isAlive(pid: number): boolean {
  try {
    // An empty file is one whose holder has not written its number yet.
    return pid === 0 || process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function download(file: string, version: string): Promise<void> {
  const unfinished = `${file}.unfinished`;
  const goal = ['dependency:build-classpath', `-Dmdep.outputFile=${unfinished}`];
  const settings = version === '' ? [] : [`-Dkafka.version=${version}`];
  const args = ['-B', '-q', '-ntp', '-f', pom, ...settings, ...goal];
  const maven = spawn('mvn', args, { timeout: downloadMsMax });
  let said = '';
  for (const output of [maven.stdout, maven.stderr]) {
    output.on('data', (text: Buffer) => {
      said += text.toString();
    });
  }
  const [code] = (await once(maven, 'close')) as [number | null];
  if (code !== 0) throw new Error(`Maven could not fetch the jars of Kafka:\n${said}`);
  renameSync(unfinished, file);
}
