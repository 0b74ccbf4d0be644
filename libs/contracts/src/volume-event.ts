import type { HostName, LabTime } from './ids.ts';
import type { OnHost } from './on-host.ts';

/** Engine and driver options, or labels; `null`: the client gave none, not even an empty map. */
export type GivenMap = Readonly<Record<string, string>> | null;

export type VolumeCommand =
  | {
      readonly type: 'CreateVolume';
      readonly host: HostName;
      /** Empty: the engine makes one up. */
      readonly name: string;
      /** Empty means `local`, the one driver there is. */
      readonly driver: string;
      readonly driverOptions: GivenMap;
      readonly labels: GivenMap;
    }
  | {
      readonly type: 'RemoveVolume';
      readonly host: HostName;
      readonly volume: string;
      /** One that does not exist is no fault. */
      readonly force: boolean;
    }
  | {
      readonly type: 'PruneVolumes';
      readonly host: HostName;
      readonly filters: Readonly<Record<string, readonly string[]>>;
    };

export type VolumeEvent =
  | {
      readonly type: 'VolumeCreated';
      readonly data: OnHost & {
        readonly name: string;
        readonly options: GivenMap;
        readonly labels: GivenMap;
        readonly createdAt: LabTime;
      };
    }
  | {
      readonly type: 'VolumeRemoved';
      readonly data: OnHost & { readonly name: string; readonly isPruned?: true };
    };

/** What a container has at a path of its own: decided as it was created. */
export type Mount = {
  readonly type: 'volume' | 'bind' | 'tmpfs';
  /** Of the volume; else empty. */
  readonly name: string;
  /** A path of the lab host, for a bind; else empty. */
  readonly source: string;
  readonly destination: string;
  /** As `docker inspect` shows it, e.g. `ro`, `z`. */
  readonly mode: string;
  readonly isWritable: boolean;
  /** e.g. `rprivate`, for a bind; else empty. */
  readonly propagation: string;
  /** Nobody named its volume: it goes with the container when that is removed with its volumes. */
  readonly isAnonymous: boolean;
};
