import type { Command } from '../command/command.ts';
import { attach } from './attach.ts';
import { commit } from './commit.ts';
import { copy } from './copy.ts';
import { create } from './create.ts';
import { exec } from './exec.ts';
import { exportContainer } from './export.ts';
import { kill, pause, remove, rename, restart, stop, unpause, wait } from './life.ts';
import { logs } from './logs.ts';
import { run } from './run.ts';
import { start } from './start.ts';
import { update } from './update.ts';

export const containerCommands: Readonly<Record<string, Command>> = {
  'container attach': attach,
  'container commit': commit,
  'container cp': copy,
  'container create': create,
  'container exec': exec,
  'container export': exportContainer,
  'container kill': kill,
  'container logs': logs,
  'container pause': pause,
  'container rename': rename,
  'container restart': restart,
  'container rm': remove,
  'container run': run,
  'container start': start,
  'container stop': stop,
  'container unpause': unpause,
  'container update': update,
  'container wait': wait,
};
