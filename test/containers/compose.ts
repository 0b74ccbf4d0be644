import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePorts } from '@netfold/embedded-kafka';
import { testImages } from '@netfold/testkit';

const deploy = join(import.meta.dirname, '../../deploy');
/** A limit against hanging: ten containers start on what the machine has left. */
const readyMsMax = 180_000;
const outputBytesMax = 64 * 1024 * 1024;

/** The image of the services, built from this tree. */
const netfoldImage = 'netfold:test';

/** Builds it; the base is `NETFOLD_NODE_IMAGE`, or the official one. */
export function buildImage(): void {
  run(process.execPath, [join(deploy, 'images/build.mjs'), '--tag', netfoldImage]);
}

type Input = { readonly input?: Buffer; readonly environment?: NodeJS.ProcessEnv };

/** What a program printed. @throws with all of that when it ends with another code than 0 */
export function run(program: string, args: readonly string[], of: Input = {}): Buffer {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    env: { ...process.env, ...of.environment },
    maxBuffer: outputBytesMax,
    ...(of.input === undefined ? {} : { input: of.input }),
  });
  if (status === 0) return stdout;
  const said = error?.message ?? `${stdout.toString()}${stderr.toString()}`;
  throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${said}`);
}

/** The plugin of Docker where it is there, else docker-compose. */
function composeProgram(): readonly [string, ...string[]] {
  const hasPlugin = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0;
  return hasPlugin ? ['docker', 'compose'] : ['docker-compose'];
}

/** An installation of `deploy/compose` of its own: project, passwords, ports. */
export class ComposeInstallation {
  readonly urls: readonly string[];
  readonly #project = `netfold-${randomBytes(4).toString('hex')}`;
  readonly #folder = mkdtempSync(join(tmpdir(), 'netfold-compose-'));
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(ports: readonly number[]) {
    this.urls = ports.slice(0, 2).map((port) => `http://127.0.0.1:${port}`);
    this.#environment = {
      NETFOLD_IMAGE: netfoldImage,
      NETFOLD_POSTGRES_IMAGE: testImages.postgres,
      NETFOLD_KAFKA_IMAGE: testImages.kafka,
      NETFOLD_PORT_1: String(ports[0]),
      NETFOLD_PORT_2: String(ports[1]),
      NETFOLD_DOCKER_PORT_1: String(ports[2]),
      NETFOLD_DOCKER_PORT_2: String(ports[3]),
      NETFOLD_DOCKER_HOST_1: `localhost:${ports[2]}`,
      NETFOLD_DOCKER_HOST_2: `localhost:${ports[3]}`,
    };
    run('bash', [join(deploy, 'compose/prepare.sh'), this.#passwords]);
  }

  static async prepare(): Promise<ComposeInstallation> {
    return new ComposeInstallation(await freePorts(4));
  }

  get #passwords(): string {
    return join(this.#folder, 'passwords.env');
  }

  /** `docker compose` for this installation. */
  compose(args: readonly string[], input?: Buffer): Buffer {
    const [program, ...first] = composeProgram();
    const files = ['--file', join(deploy, 'compose/compose.yaml'), '--env-file', this.#passwords];
    return run(program, [...first, '--project-name', this.#project, ...files, ...args], {
      environment: this.#environment,
      ...(input === undefined ? {} : { input }),
    });
  }

  /** Brings everything up and waits until both gateways can take work. */
  async up(): Promise<void> {
    this.compose(['up', '--detach', '--quiet-pull']);
    const deadline = performance.now() + readyMsMax;
    for (const url of this.urls) {
      while (!(await isReady(url))) {
        if (performance.now() > deadline) throw new Error(this.compose(['logs']).toString());
        await wait(200);
      }
    }
  }

  /** A one-shot service of the profile `operations`. */
  operate(service: string, args: readonly string[] = [], input?: Buffer): Buffer {
    return this.compose(['run', '--rm', '-T', service, ...args], input);
  }

  token(): string {
    const show = [
      'run',
      '--rm',
      '-T',
      '--entrypoint',
      'cat',
      'bootstrap',
      '/var/lib/netfold/token',
    ];
    return this.compose(show).toString().trim();
  }

  containerOf(service: string): string {
    const labels = { project: this.#project, service };
    const filters = Object.entries(labels).map(
      ([name, value]) => `--filter=label=com.docker.compose.${name}=${value}`,
    );
    return run('docker', ['ps', '--quiet', ...filters])
      .toString()
      .trim();
  }

  removeVolume(name: string): void {
    run('docker', ['volume', 'rm', `${this.#project}_${name}`]);
  }

  down(): void {
    this.compose(['down', '--volumes', '--timeout', '5']);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // Not listening yet.
  }
}
