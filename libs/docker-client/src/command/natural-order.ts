const numberOf = (digits: string): { readonly zeros: number; readonly rest: string } => {
  const rest = digits.replace(/^0+/, '');
  return { zeros: digits.length - rest.length, rest };
};

/** `web2` before `web12`, for `toSorted`. @source fvbommel/sortorder natsort.go NaturalLess */
export const inNaturalOrder = (left: string, right: string): number => {
  const [ours, theirs] = [left.match(/\d+|\D/gu) ?? [], right.match(/\d+|\D/gu) ?? []];
  for (const [at, one] of ours.entries()) {
    const other = theirs[at];
    if (other === undefined) return 1;
    if (one === other) continue;
    const [isNumber, isOtherNumber] = [/^\d/.test(one), /^\d/.test(other)];
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
    if (!isNumber) return one < other ? -1 : 1;
    const [a, b] = [numberOf(one), numberOf(other)];
    if (a.rest.length !== b.rest.length) return a.rest.length - b.rest.length;
    if (a.rest !== b.rest) return a.rest < b.rest ? -1 : 1;
    return a.zeros - b.zeros;
  }
  return ours.length - theirs.length;
};
