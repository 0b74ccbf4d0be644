import type { Lab } from '@netfold/domain';
import type { LabId } from '@netfold/contracts';
import { thingsOf } from '../lab-model.ts';
import type { LabVersion } from '../lab-states.ts';
import { FoldedRows } from './folded-rows.ts';
import { RecentlyUsed } from './recently-used.ts';

/** Containers, endpoints and networks whose rows are kept: about 6 kB each. */
const thingsKeptMax = 20_000;
/** Labs whose questions are counted. */
const countedLabsMax = 2_000;
/** A question to the tables takes about as long as making the rows of so many things. */
const thingsPerQuestion = 100;

type Asked = { readonly version: number; count: number };
type Kept = { readonly rows: FoldedRows; readonly things: number };

/**
 * Keeps the rows of the versions that are read again and again. Rows are kept by the state they
 * are made from: states never change, and another version of a lab is another state.
 */
export class HotLabs {
  readonly #kept = new RecentlyUsed<Lab, Kept>({
    weightMax: thingsKeptMax,
    weightOf: ({ things }) => things,
  });
  readonly #asked = new RecentlyUsed<LabId, Asked>({ weightMax: countedLabsMax });

  /** The rows of a version; made when they are asked for, and kept while there is room. */
  rowsOf(of: LabVersion): FoldedRows {
    const known = this.#kept.get(of.lab)?.rows;
    if (known !== undefined) return known;
    const rows = new FoldedRows(of);
    // Before its first command every lab is the same state.
    if (of.lab.state === 'active') this.#kept.set(of.lab, { rows, things: thingsOf(of.lab) });
    return rows;
  }

  /**
   * Whether a version is read so often that its rows pay, and counts this question. Making them
   * costs the whole host; a lab that changes between questions is cheaper to read from tables.
   */
  isHot({ labId, version, lab }: LabVersion): boolean {
    const known = this.#asked.get(labId);
    if (known?.version !== version) {
      this.#asked.set(labId, { version, count: 1 });
      return false;
    }
    known.count += 1;
    return known.count > 2 + thingsOf(lab) / thingsPerQuestion;
  }
}
