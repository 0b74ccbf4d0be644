import type { Command } from '../command/command.ts';
import { attach } from './attach.ts';
import { commit } from './commit.ts';
import { copy } from './copy.ts';
import { create } from './create.ts';
import { diff } from './diff.ts';
import { exec } from './exec.ts';
import { exportContainer } from './export.ts';
import { inspect } from './inspect.ts';
import { kill, pause, remove, rename, restart, stop, unpause, wait } from './life.ts';
import { list } from './list.ts';
import { logs } from './logs.ts';
import { port } from './port.ts';
import { run } from './run.ts';
import { start } from './start.ts';
import { stats } from './stats.ts';
import { top } from './top.ts';
import { update } from './update.ts';

export const containerCommands: Readonly<Record<string, Command>> = {
  'container attach': attach,
  'container commit': commit,
  'container cp': copy,
  'container create': create,
  'container diff': diff,
  'container exec': exec,
  'container export': exportContainer,
  'container inspect': inspect,
  'container kill': kill,
  'container logs': logs,
  'container ls': list,
  'container pause': pause,
  'container port': port,
  'container rename': rename,
  'container restart': restart,
  'container rm': remove,
  'container run': run,
  'container start': start,
  'container stats': stats,
  'container stop': stop,
  'container top': top,
  'container unpause': unpause,
  'container update': update,
  'container wait': wait,
};
