import type { ContainerSpec, Refusal } from '@netfold/contracts';
import { specInvalid } from '../refusal/container.ts';

const words = (text: string): readonly string[] => text.split(' ');

/** Options that every driver takes. */
const common = ['mode', 'max-buffer-size'];
const ofFiles = ['max-size', 'max-file', 'compress', 'labels', 'labels-regex', 'env', 'env-regex'];

type Driver = {
  /** Absent: its options are its service's, which no lab has. */
  readonly options?: readonly string[];
  readonly needs?: string;
  /** What it says where it has not what it needs. */
  readonly without?: string;
};

/** Drivers that an engine has, what each takes, and how it says that it does not take one. */
const drivers: Readonly<Record<string, Driver>> = {
  'json-file': { options: [...ofFiles, 'tag'] },
  local: { options: ['max-size', 'max-file', 'compress'] },
  syslog: {
    options: words(
      'env env-regex labels labels-regex tag syslog-address syslog-facility syslog-tls-ca-cert ' +
        'syslog-tls-cert syslog-tls-key syslog-tls-skip-verify syslog-format',
    ),
  },
  journald: { options: ['labels', 'labels-regex', 'env', 'env-regex', 'tag'] },
  gelf: { needs: 'gelf-address', without: 'gelf-address is a required parameter' },
  awslogs: { needs: 'awslogs-group', without: "must specify a value for log opt 'awslogs-group'" },
  logentries: { needs: 'logentries-token', without: 'Missing logentries token' },
  fluentd: {},
  splunk: {},
  gcplogs: {},
};

/** A driver whose service a lab host does not have says so. */
const withoutService: Readonly<Record<string, string>> = {
  syslog: 'Unix syslog delivery error',
  journald: 'journald is not enabled on this host',
  fluentd: 'dial tcp 127.0.0.1:24224: connect: connection refused',
  splunk: 'splunk: splunk-url is expected',
  gcplogs:
    "No project was specified and couldn't read project from the metadata server. " +
    'Please specify a project',
};

/** `HostConfig.LogConfig`, its driver named. */
export type LogConfig = {
  readonly type: string;
  readonly options: Readonly<Record<string, string>>;
};

export function logConfigOf(given: unknown): LogConfig {
  const isMap = typeof given === 'object' && given !== null;
  const { Type = '', Config = {} } = (isMap ? given : {}) as Readonly<Record<string, unknown>>;
  const isOptions = typeof Config === 'object' && Config !== null;
  const entries = isOptions ? Object.entries(Config) : [];
  const options = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
  return { type: Type === '' ? 'json-file' : String(Type), options };
}

/**
 * The options of a driver are looked at as the container is made, its values only by its start.
 *
 * @source moby/moby v20.10 daemon/logger/factory.go ValidateLogOpts; recorded engine
 */
export function logDriverProblem(given: unknown): Refusal | null {
  const { type, options } = logConfigOf(given);
  const invalid = (message: string): Refusal => specInvalid('LogDriverInvalid', message);
  if (type === 'none') return null;
  const mode = options['mode'] ?? '';
  if (!['', 'blocking', 'non-blocking'].includes(mode)) {
    return invalid(`logger: logging mode not supported: ${mode}`);
  }
  if (options['max-buffer-size'] !== undefined && mode !== 'non-blocking') {
    return invalid("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
  }
  const driver = drivers[type];
  if (driver === undefined) {
    return invalid(`error looking up logging plugin ${type}: plugin "${type}" not found`);
  }
  const { needs, without } = driver;
  if (needs !== undefined && without !== undefined && options[needs] === undefined) {
    return invalid(without);
  }
  if (driver.options === undefined) return null;
  const known = [...common, ...driver.options];
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return null;
  return invalid(
    type === 'local'
      ? `unknown log opt '${unknown}' for log driver ${type}`
      : `unknown log opt '${unknown}' for ${type} log driver`,
  );
}

const sizePattern = /^\d+(?:\.\d+)? ?(?:[kKmMgGtTpP]i?)?[bB]?$/;

/**
 * Why the driver cannot begin to log. A lab host has neither syslog nor a journal.
 *
 * @returns the driver's own words; `null` when it can
 * @source moby/moby v20.10 daemon/logger/{jsonfilelog,local,syslog,journald}; recorded engine
 */
export function logStartProblem({ passThrough }: ContainerSpec): string | null {
  const { type, options } = logConfigOf(passThrough.hostConfig['LogConfig']);
  const missing = withoutService[type];
  if (missing !== undefined) return missing;
  if (type !== 'json-file' && type !== 'local') return null;
  const size = options['max-size'];
  if (size !== undefined && !sizePattern.test(size)) return `invalid size: '${size}'`;
  const count = options['max-file'];
  if (count !== undefined && !/^[+-]?\d+$/.test(count)) {
    return `strconv.Atoi: parsing ${JSON.stringify(count)}: invalid syntax`;
  }
  if (count !== undefined && Number(count) < 1) return 'max-file cannot be less than 1';
  const isSingle = type === 'json-file' && (size === undefined || Number(count ?? 1) < 2);
  if (isSingle && options['compress'] === 'true') {
    return 'compress cannot be true when max-file is less than 2 or max-size is not set';
  }
  return null;
}

/** Whether `docker logs` can read again what the container's driver took. */
export const isLogReadable = ({ passThrough }: ContainerSpec): boolean =>
  ['json-file', 'local'].includes(logConfigOf(passThrough.hostConfig['LogConfig']).type);

/** The driver's name. */
export const logDriverOf = ({ passThrough }: ContainerSpec): string =>
  logConfigOf(passThrough.hostConfig['LogConfig']).type;
