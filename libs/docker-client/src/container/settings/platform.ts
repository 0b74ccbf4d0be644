import { ClientError } from '../../command/client-error.ts';

const operatingSystems = new Set(
  (
    'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 ' +
    'solaris windows zos'
  ).split(' '),
);
const architectures = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le ' +
    'mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
);

/**
 * `linux/amd64` as the engine is asked for it.
 *
 * @throws ClientError
 * @source docker/cli v20.10 vendor/github.com/containerd/containerd/platforms/platforms.go Parse;
 *   docker/docker client/container_create.go formatPlatform
 */
export const readPlatform = (text: string): string => {
  const told = JSON.stringify(text);
  if (text.includes('*')) throw problem(`${told}: wildcards not yet supported`);
  const parts = text.split('/');
  const wrong = parts.find((part) => !/^[A-Za-z0-9_-]+$/.test(part));
  if (wrong !== undefined) {
    throw problem(
      `${JSON.stringify(wrong)} is an invalid component of ${told}: ` +
        'platform specifier component must match "^[A-Za-z0-9_-]+$"',
    );
  }
  const [first = '', second, third] = parts;
  if (parts.length > 3) throw problem(`${told}: cannot parse platform specifier`);
  if (second !== undefined) return platformOf(systemOf(first), second, third ?? null);
  if (operatingSystems.has(systemOf(first))) return `${systemOf(first)}/amd64`;
  const [architecture] = architectureOf(first, '');
  if (architectures.has(architecture)) return platformOf('linux', first, null);
  throw problem(`${told}: unknown operating system or architecture`);
};

const problem = (told: string): ClientError =>
  new ClientError(`error parsing specified platform: ${told}: invalid argument`);

const systemOf = (text: string): string => {
  const system = text.toLowerCase();
  return system === 'macos' ? 'darwin' : system;
};

const platformOf = (system: string, name: string, given: string | null): string => {
  const [architecture, variant] = architectureOf(name, given ?? '');
  const isDefault = given === null && architecture === 'arm' && variant === 'v7';
  const isPlainArm64 = given !== null && architecture === 'arm64' && variant === '';
  const shown = isPlainArm64 ? 'v8' : variant;
  return [system, architecture, isDefault ? '' : shown].filter((one) => one !== '').join('/');
};

/** @source containerd platforms/database.go normalizeArch */
const architectureOf = (name: string, given: string): readonly [string, string] => {
  const architecture = name.toLowerCase();
  const variant = given.toLowerCase();
  if (architecture === 'i386') return ['386', ''];
  if (['x86_64', 'x86-64', 'amd64'].includes(architecture)) {
    return ['amd64', variant === 'v1' ? '' : variant];
  }
  if (architecture === 'aarch64' || architecture === 'arm64') {
    return ['arm64', variant === '8' || variant === 'v8' ? '' : variant];
  }
  if (architecture === 'armhf') return ['arm', 'v7'];
  if (architecture === 'armel') return ['arm', 'v6'];
  if (architecture !== 'arm') return [architecture, variant];
  if (variant === '' || variant === '7') return ['arm', 'v7'];
  return ['arm', /^[568]$/.test(variant) ? `v${variant}` : variant];
};
