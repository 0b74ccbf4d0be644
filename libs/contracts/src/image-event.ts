import type { HostName, LabTime } from './ids.ts';
import type { ImageSpec } from './lab-spec.ts';
import type { OnHost } from './on-host.ts';

/** `image` is a reference or an id as the user typed it. */
export type ImageCommand =
  /** The registry, which is the lab's catalogue, has it: the host has it from now on. */
  | { readonly type: 'PullImage'; readonly host: HostName; readonly image: string }
  | {
      readonly type: 'TagImage';
      readonly host: HostName;
      readonly image: string;
      readonly repository: string;
      /** Empty: the repository's own, or `latest`. */
      readonly tag: string;
    }
  /** What a Dockerfile came to; answers `image`, its id. */
  | {
      readonly type: 'BuildImage';
      readonly host: HostName;
      readonly spec: ImageSpec;
      /** `name` or `name:tag` each. */
      readonly tags: readonly string[];
    }
  | {
      readonly type: 'RemoveImage';
      readonly host: HostName;
      readonly image: string;
      readonly force: boolean;
    }
  | {
      readonly type: 'PruneImages';
      readonly host: HostName;
      readonly filters: Readonly<Record<string, readonly string[]>>;
    };

export type ImageEvent =
  | {
      readonly type: 'ImagePulled';
      readonly data: OnHost & { readonly reference: string };
    }
  /** The host has it without a name, until it is tagged. */
  | {
      readonly type: 'ImageBuilt';
      readonly data: OnHost & {
        /** `sha256:…` */
        readonly image: string;
        readonly spec: ImageSpec;
        readonly createdAt: LabTime;
      };
    }
  | {
      readonly type: 'ImageTagged';
      readonly data: OnHost & {
        /** e.g. `my/box:1` */
        readonly reference: string;
        /** The image's own reference in the catalogue, `nginx:latest`. */
        readonly image: string;
      };
    }
  | {
      readonly type: 'ImageUntagged';
      readonly data: OnHost & {
        readonly reference: string;
        readonly image: string;
        /** It was the last one: the image has no name any more. */
        readonly isDangling: boolean;
      };
    }
  | {
      readonly type: 'ImageDeleted';
      readonly data: OnHost & { readonly image: string; readonly isPruned?: true };
    };
