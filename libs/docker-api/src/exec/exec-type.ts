import { goBool, goList, goString, goStruct } from '../http/go-type.ts';
import type { BodyForm } from '../http/json-body.ts';

/** @source moby/moby v20.10 api/types/configs.go (ExecConfig) */
export const createForm: BodyForm = {
  faults: 'internal',
  type: goStruct('types.ExecConfig', {
    User: goString,
    Privileged: goBool,
    Tty: goBool,
    AttachStdin: goBool,
    AttachStderr: goBool,
    AttachStdout: goBool,
    Detach: goBool,
    DetachKeys: goString,
    Env: goList(goString),
    WorkingDir: goString,
    Cmd: goList(goString),
  }),
};

export const startForm: BodyForm = {
  faults: 'internal',
  type: goStruct('types.ExecStartCheck', { Detach: goBool, Tty: goBool }),
};
