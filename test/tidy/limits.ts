/** Limits of size; those of functions and parameters are rules of the linter (.oxlintrc.json). */
export const fileLinesMax = 400;
export const lineColumnsMax = 100;
export const architectureLinesMax = 250;
export const decisionLinesMax = 60;

/** @returns one complaint per breach, each with its place */
export function limitBreaches(path: string, text: string): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  const breaches = lines.flatMap((line, index) =>
    line.length > lineColumnsMax
      ? [`${path}:${index + 1}: ${line.length} columns, at most ${lineColumnsMax}`]
      : [],
  );
  if (lines.length > fileLinesMax) {
    breaches.push(`${path}: ${lines.length} lines, at most ${fileLinesMax}`);
  }
  return breaches;
}
