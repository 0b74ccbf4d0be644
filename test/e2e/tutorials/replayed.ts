import { Replay } from './replay.ts';
import type { ReplayOf } from './replay.ts';

const drawsMax = 5;

/**
 * A replay in whose lab no network's id begins with the name of another: on a host that does not
 * have that one yet, the name would mean the network of the id, as with a real engine. Of names of
 * two letters one lot in 1,300 is such.
 */
export async function replayed(of: ReplayOf): Promise<Replay> {
  const name = of.lab ?? of.recording.name;
  for (let draw = 1; draw <= drawsMax; draw += 1) {
    const lab = draw === 1 ? name : `${name}-${draw}`;
    const replay = await new Replay({ ...of, lab }).run();
    if (!replay.hasNamesake) return replay;
  }
  throw new Error(`in ${drawsMax} draws a network of ${name} had an id that begins like a name`);
}
