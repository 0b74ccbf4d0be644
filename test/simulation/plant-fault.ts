import { registerHooks } from 'node:module';
import { plantedFaults } from './planted-faults.ts';
import type { PlantedFault } from './planted-faults.ts';

/**
 * Changes one source file as it is loaded, when `NETFOLD_PLANTED_FAULT` names a fault. Has to be
 * loaded before what it changes: `node --import`.
 */
const name = process.env['NETFOLD_PLANTED_FAULT'] ?? '';
const repository = new URL('../../', import.meta.url).href;

const state = { isPlanted: false };

if (name !== '') plant(faultNamed(name));

/** @throws Error when the file to change was never loaded: then nothing was proved */
export function assertPlanted(): void {
  if (name !== '' && !state.isPlanted) throw new Error(`nobody loads the file of fault ${name}`);
}

function faultNamed(wanted: string): PlantedFault {
  const fault = plantedFaults.find((one) => one.name === wanted);
  if (fault === undefined) throw new Error(`there is no planted fault ${wanted}`);
  return fault;
}

function plant({ file, find, replace }: PlantedFault): void {
  const place = new URL(file, repository).href;
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (url !== place) return loaded;
      const source = textOf(loaded.source);
      if (source.split(find).length !== 2) {
        throw new Error(`fault ${name}: not exactly once in ${file}: ${find}`);
      }
      state.isPlanted = true;
      return { ...loaded, source: source.replace(find, () => replace) };
    },
  });
}

function textOf(source: unknown): string {
  if (typeof source === 'string') return source;
  if (source instanceof Uint8Array) return new TextDecoder().decode(source);
  throw new Error('a source that is no text');
}
