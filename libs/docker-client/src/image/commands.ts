import type { Command } from '../command/command.ts';
import { pruneBuildCache, pruneImages } from '../prune/commands.ts';
import { importImage, load, save } from './archives.ts';
import { build } from './build.ts';
import { pull, push } from './pull-push.ts';
import { remove, tag } from './tag-remove.ts';

export const imageCommands: Readonly<Record<string, Command>> = {
  'builder prune': pruneBuildCache,
  'image build': build,
  'image import': importImage,
  'image load': load,
  'image prune': pruneImages,
  'image pull': pull,
  'image push': push,
  'image rm': remove,
  'image save': save,
  'image tag': tag,
};
