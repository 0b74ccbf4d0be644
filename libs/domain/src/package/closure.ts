type Row = {
  readonly name: string;
  readonly depends: readonly string[];
  readonly recommends?: readonly string[];
};

/**
 * The packages that come with those asked for, in the catalogue's order; what is only recommended
 * stands behind what is needed.
 */
export function packagesToInstall<T extends Row>(
  catalogue: ReadonlyMap<string, T>,
  asked: readonly string[],
  installed: { has(name: string): boolean },
  withRecommended: boolean,
): readonly T[] {
  const needed = reached(catalogue, asked, installed, ({ depends }) => depends);
  const all = withRecommended
    ? reached(catalogue, asked, installed, ({ depends, recommends = [] }) => [
        ...depends,
        ...recommends,
      ])
    : needed;
  const rows = [...catalogue.values()];
  return [
    ...rows.filter(({ name }) => needed.has(name)),
    ...rows.filter(({ name }) => all.has(name) && !needed.has(name)),
  ];
}

function reached<T extends Row>(
  catalogue: ReadonlyMap<string, T>,
  asked: readonly string[],
  installed: { has(name: string): boolean },
  next: (row: T) => readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...asked];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const row = catalogue.get(name);
    if (row === undefined || found.has(name) || installed.has(name)) continue;
    found.add(name);
    waiting.push(...next(row));
  }
  return found;
}
