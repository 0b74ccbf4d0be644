import { parsePortWithProtocol } from '@netfold/addressing';
import type { ContainerSpec, ImageSpec } from '@netfold/contracts';
import { hasProgram } from './executables.ts';
import { listenersOfCommand } from './listening-programs.ts';
import type { ProcessListener } from './listening-programs.ts';
import { endOfCommand } from './program-end.ts';

/** What runs in a container: nothing does, so this is data. */
export type MainProcess = {
  readonly argv: readonly string[];
  /** The image's own command, unaltered: it serves what the image serves. */
  readonly isOwnCommand: boolean;
  /** Whether the image has its program; without it the runtime refuses to start. */
  readonly isFound: boolean;
  readonly listeners: readonly ProcessListener[];
  /** When it ends by itself and how; `null`: never, or only whoever runs its tool can tell. */
  readonly end: { readonly afterMs: number; readonly exitCode: number } | null;
  /** What it ends with on a stop signal; `null`: it has no handler and must be killed. */
  readonly stopExitCode: number | null;
};

/**
 * The main process of a container.
 *
 * @param spec  as merged with the image: `entrypoint` and `command` are what runs
 */
export function processOf(image: ImageSpec | null, spec: ContainerSpec): MainProcess {
  const typed = argvOf(spec);
  const argv = behindEntrypoint(image, typed);
  const isOwnCommand = image !== null && isDefaultCommand(image, typed);
  return {
    argv,
    isOwnCommand,
    isFound: image === null || hasProgram(image, argv[0] ?? ''),
    listeners: listenersOf(image, spec),
    end: endOfCommand(argv, { hasInput: spec.tty || spec.openStdin }),
    stopExitCode: isOwnCommand ? (image.stopExitCode ?? null) : null,
  };
}

/** The sockets of the main process: the row's for the image's own command, else the program's. */
export function listenersOf(
  image: ImageSpec | null,
  spec: ContainerSpec,
): readonly ProcessListener[] {
  const argv = argvOf(spec);
  if (image === null || !isDefaultCommand(image, argv)) {
    return listenersOfCommand(behindEntrypoint(image, argv));
  }
  return image.listens.flatMap((listener) => {
    const port = parsePortWithProtocol(listener.port);
    if (port === null) return [];
    // Web servers listen on both families by one socket; the other stand-ins on IPv4 alone.
    const address = listener.address ?? (listener.http === undefined ? '0.0.0.0' : '::');
    return [{ protocol: port.protocol, port: port.range.first, address }];
  });
}

function argvOf(spec: ContainerSpec): readonly string[] {
  return [...(spec.entrypoint ?? []), ...(spec.command ?? [])];
}

/** The script that official images begin with prepares what it serves and becomes its arguments. */
function behindEntrypoint(image: ImageSpec | null, argv: readonly string[]): readonly string[] {
  const [first = '', ...rest] = argv;
  const isScript = /(?:^|\/)docker-entrypoint\.sh$/.test(first);
  return isScript && image?.entrypoint?.[0] === first && rest.length > 0 ? rest : argv;
}

function isDefaultCommand(image: ImageSpec, argv: readonly string[]): boolean {
  const own = [...(image.entrypoint ?? []), ...image.cmd];
  return own.length === argv.length && own.every((word, index) => word === argv[index]);
}
