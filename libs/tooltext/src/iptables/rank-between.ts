/**
 * The rank of a rule that comes between two others. The usual one is taken where it fits, so that
 * what the engine adds later comes to stand above or below as it does in a real chain.
 *
 * @param usual  as the engine ranks what it inserts or appends at this moment; may be empty
 * @param ordinal  counts what was made on the host: newer rules at the very top sort before older
 */
export function rankBetween(
  { prev, next }: { readonly prev: string | null; readonly next: string | null },
  usual: string,
  ordinal: number,
): string {
  const isFitting = (rank: string): boolean =>
    (prev === null || rank > prev) && (next === null || rank < next);
  if (usual !== '' && isFitting(usual)) return usual;
  const onTop = `Z${String(ordinalMax - ordinal).padStart(ordinalDigits, '0')}`;
  if (prev === null && isFitting(onTop)) return onTop;
  for (let zeros = 0; zeros < zerosMax; zeros += 1) {
    const rank = `${prev ?? ''}${'0'.repeat(zeros)}5`;
    if (isFitting(rank)) return rank;
  }
  throw new Error(`no rank between ${prev ?? 'the top'} and ${next ?? 'the end'}`);
}

const ordinalMax = 9_999_999_999;
const ordinalDigits = 10;
/** As many rules as a host may have fit between two others. */
const zerosMax = 5_000;
