/** Labels as they were given: `a=1,b=2`. */
export const labelsText = (labels: Readonly<Record<string, string>> | null): string =>
  Object.entries(labels ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
