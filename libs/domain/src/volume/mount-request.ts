import { cleanPath } from '../file/clean-path.ts';
import type { ContainerSpec, GivenMap, Mount, Refusal } from '@netfold/contracts';
import { bindInvalid, bindModeInvalid, mountInvalid } from '../refusal/volume.ts';

/** What a container's specification asks to have mounted, before volumes are looked up. */
export type MountRequest = Omit<Mount, 'name' | 'isAnonymous'> & {
  /** Empty for a volume: one without a name. */
  readonly name: string;
  readonly driver: string;
  readonly options: GivenMap;
  readonly labels: GivenMap;
};

type Settings = Readonly<Record<string, unknown>>;

const settingsOf = (value: unknown): Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Settings) : {};

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const givenMap = (value: unknown): GivenMap =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, one]) =>
          typeof one === 'string' ? [[key, one] as const] : [],
        ),
      )
    : null;

const modeKinds = [
  ['rw', 'ro'],
  ['z', 'Z'],
  ['private', 'rprivate', 'slave', 'rslave', 'shared', 'rshared'],
  ['nocopy'],
  ['consistent', 'cached', 'delegated'],
] as const;

const propagations: readonly string[] = modeKinds[2];

/** At most one word of each kind, and no others. */
const isMode = (mode: string): boolean => {
  if (mode === '') return true;
  const words = mode.split(',');
  const kinds = words.map((word) =>
    modeKinds.findIndex((kind) => (kind as readonly string[]).includes(word)),
  );
  return !kinds.includes(-1) && new Set(kinds).size === kinds.length;
};

/** @source moby/moby volume/mounts/linux_parser.go validateMountConfigImpl */
function targetProblem(target: string): string | null {
  if (target === '') return 'field Target must not be empty';
  const isRoot = target.startsWith('/') && cleanPath(target) === '/';
  if (isRoot) return "invalid specification: destination can't be '/'";
  const isAbsolute = target.startsWith('/');
  return isAbsolute ? null : `invalid mount path: '${target}' mount path must be absolute`;
}

/** `-v`. @source moby/moby volume/mounts/linux_parser.go ParseMountRaw */
function bindRequest(text: string, driver: string): MountRequest | Refusal {
  const parts = text.split(':');
  const [first = '', second = '', mode = ''] = parts;
  if (parts.length > 3 || first === '') return bindInvalid(text);
  if (parts.length === 2 && isMode(second)) return bindInvalid(text);
  if (!isMode(mode)) return bindModeInvalid(mode);
  const source = parts.length === 1 ? '' : first;
  const target = parts.length === 1 ? first : second;
  const type = source.startsWith('/') ? 'bind' : 'volume';
  const problem = targetProblem(target);
  if (problem !== null) {
    return bindInvalid(text, `invalid mount config for type "${type}": ${problem}`);
  }
  const isBind = type === 'bind';
  return {
    type,
    name: isBind ? '' : source,
    source: isBind ? cleanPath(source) : '',
    destination: cleanPath(target),
    mode: isBind || mode !== '' ? mode : 'z',
    isWritable: !mode.split(',').includes('ro'),
    propagation: isBind ? propagationOf(mode) : '',
    driver: isBind ? '' : driver,
    options: null,
    labels: null,
  };
}

const propagationOf = (mode: string): string =>
  mode.split(',').find((word) => propagations.includes(word)) ?? 'rprivate';

const hostFolders: readonly string[] = [
  '/',
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/home',
  '/lib',
  '/media',
  '/mnt',
  '/opt',
  '/proc',
  '/root',
  '/run',
  '/run/docker.sock',
  '/sbin',
  '/srv',
  '/sys',
  '/tmp',
  '/usr',
  '/var',
  '/var/lib/docker',
  '/var/run',
  '/var/run/docker.sock',
];

/** `--mount`. @source moby/moby volume/mounts/linux_parser.go ParseMountSpec */
function mountRequest(value: unknown): MountRequest | Refusal {
  const wish = settingsOf(value);
  const [type, source, target] = [wish['Type'], wish['Source'], wish['Target']].map(textOf) as [
    string,
    string,
    string,
  ];
  const problem = targetProblem(target) ?? kindProblem(type, source, wish);
  if (problem !== null || (type !== 'bind' && type !== 'volume' && type !== 'tmpfs')) {
    return mountInvalid(type, problem ?? 'mount type unknown');
  }
  const volume = settingsOf(wish['VolumeOptions']);
  const driver = settingsOf(volume['DriverConfig']);
  const isVolume = type === 'volume';
  const propagation = textOf(settingsOf(wish['BindOptions'])['Propagation']) || 'rprivate';
  return {
    type,
    name: isVolume ? source : '',
    source: type === 'bind' ? cleanPath(source) : '',
    destination: cleanPath(target),
    mode: isVolume ? 'z' : '',
    isWritable: wish['ReadOnly'] !== true,
    propagation: type === 'bind' ? propagation : '',
    driver: textOf(driver['Name']),
    options: givenMap(driver['Options']),
    labels: givenMap(volume['Labels']),
  };
}

function kindProblem(type: string, source: string, wish: Settings): string | null {
  const has = (name: string): boolean => wish[name] !== undefined && wish[name] !== null;
  if (type === 'bind') {
    if (source === '') return 'field Source must not be empty';
    if (has('VolumeOptions')) return 'field VolumeOptions must not be specified';
    if (!source.startsWith('/')) {
      return `invalid mount path: '${source}' mount path must be absolute`;
    }
    const isThere = hostFolders.includes(cleanPath(source));
    return isThere ? null : `bind source path does not exist: ${source}`;
  }
  if (type === 'volume' || type === 'tmpfs') {
    if (has('BindOptions')) return 'field BindOptions must not be specified';
    if (type === 'tmpfs') return source === '' ? null : 'field Source must not be specified';
    const isUseless = source === '' && wish['ReadOnly'] === true;
    return isUseless ? 'must not set ReadOnly mode when using anonymous volumes' : null;
  }
  return 'mount type unknown';
}

/** `-v` first, then `--mount`, then the paths that are to be volumes without a name. */
export function mountRequests(spec: ContainerSpec): {
  readonly binds: readonly (MountRequest | Refusal)[];
  readonly mounts: readonly (MountRequest | Refusal)[];
  readonly paths: readonly string[];
  readonly volumesFrom: readonly string[];
} {
  const { config, hostConfig } = spec.passThrough;
  const driver = textOf(hostConfig['VolumeDriver']);
  const wishes = hostConfig['Mounts'];
  return {
    binds: textsOf(hostConfig['Binds']).map((text) => bindRequest(text, driver)),
    mounts: (Array.isArray(wishes) ? wishes : []).map(mountRequest),
    paths: Object.keys(settingsOf(config['Volumes'])),
    volumesFrom: textsOf(hostConfig['VolumesFrom']),
  };
}
