import { readDecimal } from '../../command/integer.ts';
import { readBytes } from '../../value/size.ts';
import { readRecord } from '../../value/record.ts';
import { mapOf } from '../../value/key-value-file.ts';
import { ValueProblem } from '../../value/value-problem.ts';

type DeviceMapping = {
  readonly PathOnHost: string;
  readonly PathInContainer: string;
  readonly CgroupPermissions: string;
};

/**
 * `/dev/sda:/dev/xvda:r`
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 cli/command/container/opts.go validateLinuxPath, parseLinuxDevice
 */
export const readDevice = (text: string): DeviceMapping => {
  const words = text.split(':');
  const [host = '', second = '', third] = words;
  if (words.length > 3 || host === '') throw new ValueProblem(`bad format for path: ${text}`);
  const hasMode = third !== undefined || (words.length === 2 && isDeviceMode(second));
  if (third !== undefined && !isDeviceMode(third)) {
    throw new ValueProblem(`bad mode specified: ${third}`);
  }
  const isAlone = words.length === 1 || (third === undefined && hasMode);
  const inside = isAlone ? host : second;
  if (!inside.startsWith('/')) throw new ValueProblem(`${inside} is not an absolute path`);
  // As it is written where three words are given.
  const PathInContainer = third === undefined ? cleanPath(inside) : inside;
  return {
    PathOnHost: isAlone ? PathInContainer : host,
    PathInContainer,
    CgroupPermissions: hasMode ? (third ?? second) : 'rwm',
  };
};

const isDeviceMode = (text: string): boolean =>
  /^[rwm]+$/.test(text) && new Set(text).size === text.length;

/** @source Go path Clean, of an absolute path */
const cleanPath = (path: string): string => {
  const kept: string[] = [];
  for (const word of path.split('/')) {
    if (word === '..') kept.pop();
    else if (word !== '' && word !== '.') kept.push(word);
  }
  return `/${kept.join('/')}`;
};

/** @throws ValueProblem */
export const readDeviceRule = (text: string): string => {
  if (!/^[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}$/.test(text)) {
    throw new ValueProblem(`invalid device cgroup format '${text}'`);
  }
  return text;
};

type DeviceRate = { readonly Path: string; readonly Rate: number };

const pathAndNumber = (text: string): readonly [string, string] => {
  const at = text.indexOf(':');
  if (at < 0) throw new ValueProblem(`bad format: ${text}`);
  if (!text.startsWith('/dev/')) throw new ValueProblem(`bad format for device path: ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
};

const rateProblem = (text: string, unit: string, hint: string): ValueProblem =>
  new ValueProblem(
    `invalid rate for device: ${text}. The correct format is <device-path>:<number>${unit}. ` +
      `Number must be a positive integer${hint}`,
  );

/**
 * `/dev/sda:1mb`, bytes each second.
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 opts/throttledevice.go
 */
export const readByteRate = (text: string): DeviceRate => {
  const [Path, rate] = pathAndNumber(text);
  try {
    return { Path, Rate: readBytes(rate) };
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    throw rateProblem(text, '[<unit>]', '. Unit is optional and can be kb, mb, or gb');
  }
};

/** `/dev/sda:100`, reads or writes each second. @throws ValueProblem */
export const readOperationRate = (text: string): DeviceRate => {
  const [Path, rate] = pathAndNumber(text);
  const Rate = readDecimal(rate, { isSigned: false });
  if (typeof Rate !== 'number') throw rateProblem(text, '', '');
  return { Path, Rate };
};

const weightMin = 10;
const weightMax = 1000;

/** `/dev/sda:200` @throws ValueProblem @source docker/cli v20.10 opts/weightdevice.go */
export const readDeviceWeight = (
  text: string,
): { readonly Path: string; readonly Weight: number } => {
  const [Path, weight] = pathAndNumber(text);
  const Weight = /^\d+$/.test(weight) ? Number(weight) : -1;
  if (Weight !== 0 && (Weight < weightMin || Weight > weightMax)) {
    throw new ValueProblem(`invalid weight for device: ${text}`);
  }
  return { Path, Weight };
};

type DeviceRequest = {
  readonly Driver: string;
  readonly Count: number;
  readonly DeviceIDs: readonly string[] | null;
  readonly Capabilities: readonly (readonly string[])[];
  readonly Options: Readonly<Record<string, string>>;
};

/**
 * `all` or `"device=0,1"`
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 opts/gpus.go
 */
export const readGpuRequest = (text: string): DeviceRequest => {
  const given = new Map<string, string>();
  const seen = new Set<string>();
  for (const field of readRecord(text)) {
    const at = field.indexOf('=');
    const key = at < 0 ? field : field.slice(0, at);
    if (seen.has(key)) {
      throw new ValueProblem(`gpu request key '${key}' can be specified only once`);
    }
    if (at >= 0 && !gpuKeys.has(key)) {
      throw new ValueProblem(`unexpected key '${key}' in '${field}'`);
    }
    // A number alone is a count. Several may stand, the last is taken.
    const name = at < 0 ? 'count' : key;
    seen.add(key).add(name);
    given.set(name, at < 0 ? field : field.slice(at + 1));
  }
  const count = given.get('count');
  const devices = given.get('device')?.split(',') ?? null;
  const capabilities = given.get('capabilities');
  const options = given.get('options');
  return {
    Driver: given.get('driver') ?? '',
    Count: count === undefined ? Number(devices === null) : readGpuCount(count),
    DeviceIDs: devices,
    Capabilities: [capabilities === undefined ? ['gpu'] : [...capabilities.split(','), 'gpu']],
    Options: options === undefined ? {} : readGpuOptions(options),
  };
};

const gpuKeys = new Set(['driver', 'count', 'device', 'capabilities', 'options']);

const readGpuOptions = (text: string): Readonly<Record<string, string>> => {
  try {
    return mapOf(readRecord(text));
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    throw new ValueProblem(`failed to read gpu options: ${error.message}`);
  }
};

const readGpuCount = (text: string): number => {
  if (text === 'all') return -1;
  const count = readDecimal(text);
  if (typeof count === 'number') return count;
  const told = JSON.stringify(text);
  throw new ValueProblem(`count must be an integer: strconv.Atoi: parsing ${told}: ${count}`);
};
