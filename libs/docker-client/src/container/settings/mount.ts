import { isBoolean, isTrue } from '../../command/flags.ts';
import { readBytes } from '../../value/size.ts';
import { readRecord } from '../../value/record.ts';
import { ValueProblem } from '../../value/value-problem.ts';

/** A mount as the engine takes it. What is not set is left out. */
export type Mount = {
  readonly Type?: string;
  readonly Source?: string;
  readonly Target?: string;
  readonly ReadOnly?: true;
  readonly Consistency?: string;
  readonly BindOptions?: Readonly<Record<string, unknown>>;
  readonly VolumeOptions?: Readonly<Record<string, unknown>>;
  readonly TmpfsOptions?: Readonly<Record<string, unknown>>;
};

/**
 * `type=bind,source=/a,target=/b`
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 opts/mount.go
 */
export const readMount = (text: string): Mount => {
  const reader = new MountReader();
  for (const field of readRecord(text)) reader.field(field);
  return reader.mount();
};

const flagsAlone = new Set(['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive']);

class MountReader {
  #type = 'volume';
  #source = '';
  #target = '';
  #consistency = '';
  #isReadOnly = false;
  readonly #bind: Record<string, unknown> = {};
  readonly #tmpfs: Record<string, unknown> = {};
  readonly #volume = { isNoCopy: false, driver: '', labels: {}, options: {} };
  /** `bind`, `volume` or `tmpfs` of each option given. */
  readonly #kinds = new Set<string>();

  field(field: string): void {
    const at = field.indexOf('=');
    const key = (at < 0 ? field : field.slice(0, at)).toLowerCase();
    if (at < 0 && !flagsAlone.has(key)) {
      throw new ValueProblem(`invalid field '${field}' must be a key=value pair`);
    }
    const value = at < 0 ? 'true' : field.slice(at + 1);
    const [kind = '', isOption] = key.split('-');
    if (isOption !== undefined && ['bind', 'volume', 'tmpfs'].includes(kind)) this.#kinds.add(kind);
    if (!this.#place(key, value) && !this.#option(key, value)) {
      throw new ValueProblem(`unexpected key '${key}' in '${field}'`);
    }
  }

  #place(key: string, value: string): boolean {
    if (key === 'type') this.#type = value.toLowerCase();
    else if (key === 'source' || key === 'src') this.#source = value;
    else if (['target', 'dst', 'destination'].includes(key)) this.#target = value;
    else if (key === 'readonly' || key === 'ro') this.#isReadOnly = readSwitch(key, value);
    else if (key === 'consistency') this.#consistency = value.toLowerCase();
    else return false;
    return true;
  }

  #option(key: string, value: string): boolean {
    if (key === 'bind-propagation') this.#bind['Propagation'] = value.toLowerCase();
    else if (key === 'bind-nonrecursive') this.#bind['NonRecursive'] = readSwitch(key, value);
    else if (key === 'volume-nocopy') this.#volume.isNoCopy = readSwitch(key, value);
    else if (key === 'volume-label') setPair(this.#volume.labels, value);
    else if (key === 'volume-driver') this.#volume.driver = value;
    else if (key === 'volume-opt') setPair(this.#volume.options, value);
    else if (key === 'tmpfs-size') this.#tmpfs['SizeBytes'] = readTmpfsSize(key, value);
    else if (key === 'tmpfs-mode') this.#tmpfs['Mode'] = readMode(key, value);
    else return false;
    return true;
  }

  mount(): Mount {
    if (this.#type === '') throw new ValueProblem('type is required');
    if (this.#target === '') throw new ValueProblem('target is required');
    for (const kind of ['volume', 'bind', 'tmpfs']) {
      if (this.#kinds.has(kind) && this.#type !== kind) {
        throw new ValueProblem(`cannot mix '${kind}-*' options with mount type '${this.#type}'`);
      }
    }
    return {
      Type: this.#type,
      ...present({ Source: this.#source }),
      Target: this.#target,
      ...(this.#isReadOnly ? { ReadOnly: true as const } : {}),
      ...present({ Consistency: this.#consistency }),
      ...(this.#kinds.has('bind') ? { BindOptions: present(this.#bind) } : {}),
      ...(this.#kinds.has('volume') ? { VolumeOptions: this.#volumeOptions() } : {}),
      ...(this.#kinds.has('tmpfs') ? { TmpfsOptions: present(this.#tmpfs) } : {}),
    };
  }

  #volumeOptions(): Readonly<Record<string, unknown>> {
    const { isNoCopy, driver, labels, options } = this.#volume;
    return {
      ...present({ NoCopy: isNoCopy, Labels: labels }),
      DriverConfig: present({ Name: driver, Options: options }),
    };
  }
}

/** Without the members that Go leaves out: empty, zero or false. */
const present = <Members extends Readonly<Record<string, unknown>>>(
  members: Members,
): Partial<Members> =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) =>
      typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value),
    ),
  ) as Partial<Members>;

const setPair = (pairs: Record<string, string>, text: string): void => {
  const at = text.indexOf('=');
  pairs[at < 0 ? text : text.slice(0, at)] = at < 0 ? '' : text.slice(at + 1);
};

const invalid = (key: string, value: string): ValueProblem =>
  new ValueProblem(`invalid value for ${key}: ${value}`);

const readSwitch = (key: string, value: string): boolean => {
  if (!isBoolean(value)) throw invalid(key, value);
  return isTrue(value);
};

const readTmpfsSize = (key: string, value: string): number => {
  try {
    return readBytes(value);
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    throw invalid(key, value);
  }
};

const modeMax = 2 ** 32 - 1;

const readMode = (key: string, value: string): number => {
  const mode = /^[0-7]+$/.test(value) ? Number.parseInt(value, 8) : modeMax + 1;
  if (mode > modeMax) throw invalid(key, value);
  return mode;
};
