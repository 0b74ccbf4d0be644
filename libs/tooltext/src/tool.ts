import type { NamespaceView, PacketWalk, ProcessRow } from '@netfold/dataplane';
import type { Identity } from '@netfold/domain';
import type { EngineCall, EngineReply } from '@netfold/docker-client';
import type {
  FileEntry,
  FirewallEdit,
  LabTime,
  Refusal,
  SingleCommand,
  StackEdit,
  Traffic,
} from '@netfold/contracts';

/** Why a signal did not come to where it was sent, in the kernel's words. */
export type SignalProblem = 'No such process' | 'Operation not permitted';

/** What a command printed. Text ends in a newline exactly where the real tool's does. */
export type ToolOutput = {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** How long the real program would have run, milliseconds (`sleep 2`); `null`: for ever. */
  readonly durationMs: number | null;
  /** Whether stderr was printed before stdout; absent: behind it. */
  readonly isErrorFirst?: boolean;
  /** When a line of stdout, counted from 0, is printed, milliseconds; absent: all at once. */
  readonly lineAtMs?: (line: number) => number;
};

/** A namespace that `ip netns add` made, with its number where a link of the host leads there. */
export type NamedNamespace = { readonly name: string; readonly number: number | null };

/** What the words of one line edit on a host: later words see it, the lab when it is over. */
export type LineEdits = {
  /** The stack that these words run in. */
  readonly namespace: string;
  /** That stack after the edits so far. */
  readonly stack: StackView;
  readonly packets: PacketWalk;
  /** What was done on the host, in its order. */
  readonly commands: readonly SingleCommand[];
  /** What all packets of the line taught. */
  readonly traffic: Traffic;
  /** What else there is to see since the line asked its engine; `null`: what was there before. */
  readonly sight: HostSight | null;
  /** Counts what was made on the host. */
  readonly nextOrdinal: number;
  readonly namespaces: readonly NamedNamespace[];
  /** The same line in another stack; `null` when there is none of that name. */
  within(namespace: string): LineEdits | null;
  /** The same line in the host's own stack. */
  outside(): LineEdits;
  /** The value of a kernel parameter (`net.ipv4.ip_forward`) there; `null`: none of that name. */
  parameter(name: string): string | null;
  /** Whether parameters can be set: `/proc/sys` is read-only in an ordinary container. */
  readonly hasWritableParameters: boolean;
  /** A MAC for a link of that name. */
  newMac(name: string): string;
  /** @returns what takes back all that is done from here on */
  mark(): () => void;
  /** @returns why it cannot be made, or `null` */
  editFirewall(edits: readonly FirewallEdit[]): Refusal | null;
  /** @returns why it cannot be made, or `null` */
  editStacks(edits: readonly StackEdit[]): Refusal | null;
};

/** What the words of one line write into the files of a container. Paths are absolute and clean. */
export type FileEdits = {
  /** What was removed and written, for the lab. */
  readonly commands: readonly SingleCommand[];
  /** Number of the user who runs the line. */
  readonly userId: number;
  /** What is at a path, a link at its end not followed; `null`: nothing. */
  find(path: string): FileEntry | null;
  /** @returns the kernel's words why it cannot be, or `null` */
  write(path: string, text: string, isAppended: boolean): string | null;
  /** @returns the kernel's words why it cannot be, or `null` */
  makeFolder(path: string): string | null;
  /** Where a path leads when all links are followed, whether or not something is there. */
  follow(path: string): string;
  /**
   * Another mode or owner of what is there.
   * @returns the kernel's words why it cannot be, or `null`
   */
  change(
    path: string,
    changes: Partial<Pick<FileEntry, 'mode' | 'userId' | 'groupId'>>,
  ): string | null;
  /** Also behind a link. */
  isFolder(path: string): boolean;
  /**
   * Puts an entry as it is, but for its path, in the place of what is there.
   * @returns the kernel's words why it cannot be, or `null`
   */
  put(path: string, entry: FileEntry): string | null;
  /**
   * Takes away what is there, and all below it.
   * @returns the kernel's words why it cannot be, or `null`
   */
  remove(path: string): string | null;
  /** Whether a program that the image has was removed. */
  hasLost(program: string): boolean;
};

/** What the words of one line do to the processes of a container. */
export type ProcessEdits = {
  /** What was ended, for the lab. */
  readonly commands: readonly SingleCommand[];
  /** Whether the line has ended that process, numbered as its host counts. */
  hasEnded(processId: number): boolean;
  /**
   * Sends a signal to a process by its number in the container.
   * @returns the kernel's words why it cannot be, or `null`
   */
  send(number: number, signal: number): SignalProblem | null;
};

/** One network stack, as the rows of the read models describe it. */
export type StackView = Omit<NamespaceView, 'processes'>;

/**
 * Everything a program can see. `userland` decides whose words it uses: a lab host and the
 * Debian-like images carry iproute2 and net-tools, the others BusyBox.
 */
export type ToolWorld = {
  readonly userland: 'debian' | 'busybox';
  readonly place: 'host' | 'container';
  readonly stack: StackView;
  /** Whose devices `/sys` shows, where a program is in another stack; absent: those of `stack`. */
  readonly devices?: StackView;
  /** Walks packets through the lab as it stands. */
  readonly packets: PacketWalk;
  /** `null` where nothing of the stack can be edited. */
  readonly edits: LineEdits | null;
  /** `null` where no files are kept: on a host. */
  readonly files: FileEdits | null;
  /** Absent where no process can be ended: on a host. */
  readonly processEdits?: ProcessEdits;
  /** The engine of the host; absent where none can be reached: in a container. */
  readonly engine?: LineEngine;
  readonly hostname: string;
  readonly domainname: string;
  /** Its name, or its number where it has none. */
  readonly user: string;
  readonly identity: Identity;
  /** Of the program, or of the shell around it, as its host counts; 0 on a host. */
  readonly processId: number;
  readonly workingDirectory: string;
  /** In order, as `env` prints it. */
  readonly environment: readonly (readonly [name: string, value: string])[];
  readonly processes: readonly ProcessRow[];
  /** The lab's clock, milliseconds since the epoch. */
  readonly now: LabTime;
  readFile(path: string): string | null;
  /** Sorted names, or `null` when there is no such directory. */
  listDirectory(path: string): readonly string[] | null;
  /** The stack behind a namespace file: `/var/run/docker/netns/1-abc`, `/proc/1000/ns/net`. */
  findStack(path: string): StackView | null;
  /** Whether a packet of its own making may be sent (`NET_RAW`); absent: it may. */
  readonly lacksRawSockets?: boolean;
  /** What its image says of its own programs, by command line. */
  readonly programs: Readonly<Record<string, string>>;
  /** Whether somebody sits at a terminal; absent: nobody. */
  readonly hasTerminal?: boolean;
  /** Whether the place has a program of that bare name, simulated or not. */
  isInstalled(name: string): boolean;
};

/** What a program on a host sees of the lab beyond its own network stack. */
export type HostSight = Pick<
  ToolWorld,
  'processes' | 'now' | 'readFile' | 'listDirectory' | 'findStack'
>;

/** The engine of a host as the words of one line ask it. */
export type LineEngine = {
  /** @param elapsedMs  how long the line has run until here */
  ask(call: EngineCall, elapsedMs: number): EngineReply;
};

/** What stands on stdin. Reading it tells a program that waits for input from one that does not. */
export type Input = {
  readonly text: string;
  /** Told by who needs so many characters and no more, however long the text goes on. */
  readonly enough?: ((characters: number) => void) | undefined;
};

/** A program: what it is called with (`argv[0]` is its own name) and what it may read. */
export type Tool = (world: ToolWorld, argv: readonly string[], stdin: Input) => ToolOutput;

/** Answers a success that printed `stdout`. */
export const printed = (stdout: string): ToolOutput => ({
  stdout,
  stderr: '',
  exitCode: 0,
  durationMs: 0,
});

/** Answers a failure that printed `stderr`. */
export const failed = (exitCode: number, stderr: string, stdout = ''): ToolOutput => ({
  stdout,
  stderr,
  exitCode,
  durationMs: 0,
});

/** Joins lines so that each ends in a newline; no lines, no text. */
export const lines = (all: readonly string[]): string =>
  all.length === 0 ? '' : `${all.join('\n')}\n`;
