import type { Claim, GoalReport } from './goal.ts';

/** Three digits that mean something, without an exponent. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1);
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en', {
    minimumFractionDigits: Math.min(digits, 3),
    maximumFractionDigits: Math.min(digits, 3),
  });
}

const verdict = ({ isReached }: Claim): string => (isReached ? 'reached' : 'NOT REACHED');

export const boundText = ({ bound }: Claim): string =>
  `${bound.is === 'atLeast' ? '>=' : '<='} ${number(bound.value)}`;

/** One goal for people: what was demanded, what came out, and the absolute numbers. */
export function goalText(report: GoalReport): string {
  const { id, title, claims, figures, seconds, load } = report;
  const head = `${id}  ${title} (${seconds.toFixed(0)} s, load ${load.map(number).join(' -> ')})`;
  const wide = Math.max(...[...claims, ...figures].map(({ text }) => text.length));
  const lines = claims.flatMap((claim) => [
    `  ${claim.text.padEnd(wide)}  ${number(claim.value).padStart(9)}` +
      `  ${boundText(claim).padEnd(10)}` +
      `  ${verdict(claim)}  [${claim.rounds.slice(0, 7).map(number).join(' ')}]`,
    ...(claim.next === undefined ? [] : [`      next: ${claim.next}`]),
  ]);
  const numbers = figures.map(
    ({ text, value, unit }) => `  ${text.padEnd(wide)}  ${number(value).padStart(9)}  ${unit}`,
  );
  return [head, ...lines, ...numbers, ''].join('\n');
}

export function summaryText(reports: readonly GoalReport[]): string {
  const claims = reports.flatMap((report) => report.claims);
  const reached = claims.filter(({ isReached }) => isReached).length;
  const seconds = reports.reduce((sum, report) => sum + report.seconds, 0);
  return (
    `${reached} of ${claims.length} claims reached, ${claims.length - reached} not reached,` +
    ` ${(seconds / 60).toFixed(1)} minutes\n`
  );
}
