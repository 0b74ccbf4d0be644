import type { ContainerId, HostName, LabTime } from './ids.ts';
import type { OnHost } from './on-host.ts';

/** A file of a container that differs from its image's; bounded by the domain's limits. */
export type FileEntry = {
  /** Absolute, without `.`, `..` and a slash at its end. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link';
  /** Permission bits, e.g. 0o644. */
  readonly mode: number;
  readonly userId: number;
  readonly groupId: number;
  readonly modifiedAt: LabTime;
  /** A text as it is, other bytes in base 64. Empty but for files. */
  readonly encoding: 'utf8' | 'base64';
  readonly content: string;
  /** Where a link leads; else empty. */
  readonly target: string;
};

export type FileCommand =
  | {
      readonly type: 'WriteFiles';
      readonly host: HostName;
      readonly container: string;
      /** The folder to unpack in: it must exist. */
      readonly folder: string;
      readonly files: readonly FileEntry[];
      /** Refuse to put a folder in the place of a file, and the reverse. */
      readonly keepsKinds: boolean;
      /** A program of the container writes them: nothing is unpacked. */
      readonly isByProgram?: true;
    }
  | {
      readonly type: 'RemoveFiles';
      readonly host: HostName;
      readonly container: string;
      /** Absolute and clean; a folder goes with all that is in it. */
      readonly paths: readonly string[];
    };

export type FileEvent =
  | {
      readonly type: 'FilesWritten';
      readonly data: OnHost & {
        readonly containerId: ContainerId;
        readonly files: readonly FileEntry[];
        /** A program of the container wrote them: the engine heard nothing of it. */
        readonly isByProgram?: true;
      };
    }
  | {
      readonly type: 'FilesRemoved';
      readonly data: OnHost & {
        readonly containerId: ContainerId;
        /** A folder goes with all that is in it. */
        readonly paths: readonly string[];
      };
    };
