import { containerMistakes } from './container-mistakes.ts';
import { endpointMistakes } from './endpoint-mistakes.ts';
import { labMistakes } from './lab-mistakes.ts';
import type { Mistake } from './mistake.ts';
import { networkMistakes } from './network-mistakes.ts';
import { nodeMistakes } from './node-mistakes.ts';
import { storageMistakes } from './storage-mistakes.ts';
import { swarmMistakes } from './swarm-mistakes.ts';

export const allMistakes: readonly Mistake[] = [
  ...labMistakes,
  ...networkMistakes,
  ...endpointMistakes,
  ...containerMistakes,
  ...storageMistakes,
  ...swarmMistakes,
  ...nodeMistakes,
];
