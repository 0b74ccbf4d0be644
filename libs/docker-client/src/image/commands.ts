import type { Command } from '../command/command.ts';
import { pruneBuildCache, pruneImages } from '../prune/commands.ts';
import { importImage, load, save } from './archives.ts';
import { build } from './build.ts';
import { history } from './history.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { pull, push } from './pull-push.ts';
import { remove, tag } from './tag-remove.ts';

export const imageCommands: Readonly<Record<string, Command>> = {
  'builder prune': pruneBuildCache,
  'image build': build,
  'image history': history,
  'image import': importImage,
  'image inspect': inspect,
  'image load': load,
  'image ls': list,
  'image prune': pruneImages,
  'image pull': pull,
  'image push': push,
  'image rm': remove,
  'image save': save,
  'image tag': tag,
};
