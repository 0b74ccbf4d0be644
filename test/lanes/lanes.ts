/** A tool that has to be on the machine before a lane can run. */
export type Tool = {
  readonly command: string;
  /** Proves that the tool works, not only that a file of this name exists. */
  readonly probe: readonly string[];
  readonly howToGet: string;
  /** What is said when the probe fails; else that the command was not found. */
  readonly missing?: string;
};

/** A group of specs that run together because they need the same things and take similar time. */
export type Lane = {
  readonly name: string;
  /** Globs below the root of the repository; every spec belongs to exactly one lane. */
  readonly specs: readonly string[];
  readonly not?: readonly string[];
  /** Globs of specs of other lanes that run here again, in another environment. */
  readonly repeats?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Below the root: what is set up once for all spec files, which then run one by one. */
  readonly setup?: string;
  readonly tools?: readonly Tool[];
  /** How many spec files run side by side; left out: one less than there are processors. */
  readonly filesAtOnce?: number;
  /** Folders of `apps` whose built programs its specs start. */
  readonly applications?: readonly string[];
  /** Spec files share the modules that they import: loading them costs more than most tests. */
  readonly sharesModules?: true;
  /** Most of its time it waits: for a session to end, for services to come back. */
  readonly waits?: true;
  /** Limit of the whole lane, after which it counts as failed. */
  readonly minutesMax: number;
};

const dockerClient: Tool = {
  command: 'docker',
  probe: ['--version'],
  howToGet: 'install the Docker client (Debian: `apt-get install docker.io`); no daemon is needed',
};

const javaAndMaven: Tool = {
  command: 'mvn',
  // Maven starts Java and prints its version; the brokers run on the same one.
  probe: ['--version'],
  howToGet:
    'install Java 17 and Maven (Debian: `apt-get install openjdk-17-jre-headless maven`); ' +
    'the first run downloads the jars of Apache Kafka from Maven Central',
};

const dockerEngine: Tool = {
  command: 'docker',
  probe: ['version'],
  missing: 'no Docker engine answers',
  howToGet:
    'start a Docker engine; where no registry can be reached, ' +
    'deploy/images/stand-ins/build.sh makes images and prints the settings that name them',
};

const compose: Tool = {
  command: 'sh',
  probe: ['-c', 'docker compose version || docker-compose version'],
  missing: 'Docker Compose was not found',
  howToGet: 'install the Compose plugin of Docker, or docker-compose 1.29 (Debian has it)',
};

/** In the order in which they run: what fails fastest first, of those that wait the longest. */
export const lanes: readonly Lane[] = [
  {
    name: 'core',
    specs: [
      'libs/*/src/**/*.spec.ts',
      'test/{tidy,lanes,local,transcripts,bench}/**/*.spec.ts',
      'test/kafka/*twin.spec.ts',
    ],
    not: ['**/*.int.spec.ts'],
    sharesModules: true,
    minutesMax: 10,
  },
  {
    name: 'postgres',
    specs: ['libs/*/src/**/*.int.spec.ts'],
    not: ['libs/{graphql,docker-api}/**'],
    sharesModules: true,
    minutesMax: 10,
  },
  {
    name: 'graphql',
    specs: [
      'libs/{graphql,docker-api}/src/**/*.int.spec.ts',
      'test/local/**/*.int.spec.ts',
      'apps/*/src/**/*.spec.ts',
      'test/e2e/**/*.spec.ts',
    ],
    not: ['test/e2e/docker-cli/**'],
    applications: ['netfold'],
    minutesMax: 10,
  },
  {
    name: 'docker-cli',
    specs: ['test/e2e/docker-cli/**/*.spec.ts'],
    tools: [dockerClient],
    applications: ['netfold'],
    minutesMax: 10,
  },
  { name: 'simulation', specs: ['test/simulation/**/*.spec.ts'], minutesMax: 15 },
  {
    name: 'chaos',
    specs: ['test/chaos/**/*.spec.ts'],
    not: ['test/chaos/scaled/**'],
    applications: ['netfold'],
    minutesMax: 10,
  },
  {
    name: 'scaled',
    specs: ['test/scaled/**/*.spec.ts'],
    repeats: ['test/e2e/**/*.spec.ts'],
    environment: { NETFOLD_E2E: 'scaled' },
    setup: 'test/scaled/shared-installation.ts',
    tools: [javaAndMaven, dockerClient],
    applications: ['netfold', 'gateway', 'commander', 'projector', 'scaled'],
    waits: true,
    minutesMax: 15,
  },
  {
    name: 'chaos-scaled',
    specs: ['test/chaos/scaled/**/*.spec.ts'],
    tools: [javaAndMaven],
    applications: ['netfold', 'bootstrap', 'gateway', 'commander', 'projector'],
    waits: true,
    minutesMax: 15,
  },
  {
    name: 'containers',
    specs: ['test/containers/**/*.spec.ts', 'test/kafka/container-*.spec.ts'],
    repeats: ['libs/log-postgres/src/**/*.int.spec.ts'],
    environment: { NETFOLD_ON_CONTAINERS: 'yes' },
    tools: [dockerEngine, compose],
    applications: ['netfold'],
    waits: true,
    minutesMax: 10,
  },
  {
    name: 'kafka',
    specs: ['test/kafka/**/*.spec.ts'],
    not: ['test/kafka/*twin.spec.ts', 'test/kafka/container-*.spec.ts'],
    tools: [javaAndMaven],
    filesAtOnce: 3,
    waits: true,
    minutesMax: 10,
  },
];

/** A part of the core lane, for a quick look before a commit. */
const check: Lane = { name: 'check', specs: ['test/tidy/**/*.spec.ts'], minutesMax: 3 };

/** Names that `npm run` scripts use for a part of a lane or for several. */
export const selections: Readonly<Record<string, readonly Lane[]>> = {
  check: [check],
  e2e: lanes.filter(({ name }) => name === 'graphql' || name === 'docker-cli'),
};

export function laneNamed(name: string): Lane | null {
  return [...lanes, check].find((lane) => lane.name === name) ?? null;
}
