import type { Claim, GoalReport } from './goal.ts';
import { boundText, number } from './print.ts';
import type { Results } from './results.ts';

/** `docs/reference/performance.md`, from the results of the last full run. */
export function performancePage(results: Results): string {
  const { machine, goals } = results;
  const settings = Object.entries(machine.settings).map(([name, value]) => `\`${name}=${value}\``);
  const lines = [
    '# Performance',
    '',
    'Reference. This page is made by `npm run bench -- --keep` from its results.',
    '',
    `Machine: ${machine.cores} cores (${machine.processor}), ${machine.memoryGiB} GiB,` +
      ` Node ${machine.node}, PostgreSQL ${machine.postgres} (${settings.join(', ')}).`,
    '',
    'Ratios compare two sides that took turns in one run; each is the median of its rounds.',
    'Absolute numbers hold for this machine at that hour, which may have carried other work: the' +
      ' load average stands at each goal.',
    '`(short)` marks a short version of a goal: it shows that everything runs, its numbers mean' +
      ' little.',
    'A goal that is not reached is listed as such; the workload is not changed for it.',
    '',
    '| goal | claim | measured | bound | |',
    '|---|---|---|---|---|',
    ...goals.flatMap((goal) => goal.claims.map((claim) => claimLine(goal, claim))),
    '',
    ...goals.flatMap(section),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const claimLine = ({ id, isQuick }: GoalReport, claim: Claim): string =>
  `| ${id}${isQuick ? ' (short)' : ''} | ${cell(claim.text)} | ${number(claim.value)} |` +
  ` ${boundText(claim)} | ${claim.isReached ? 'reached' : '**not reached**'} |`;

function section(report: GoalReport): readonly string[] {
  const { id, title, method, claims, figures, seconds, load, startedAt, isQuick } = report;
  const size = isQuick ? ' Short version: its numbers mean little.' : '';
  const next = claims.flatMap((claim) =>
    claim.next === undefined ? [] : [`- ${claim.text}: ${claim.next}.`],
  );
  return [
    `## ${id}: ${title}`,
    '',
    `${method[0]?.toUpperCase() ?? ''}${method.slice(1)}`,
    '',
    `${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${seconds.toFixed(0)} s,` +
      ` load average ${load.map(number).join(' before and ')} after.${size}`,
    '',
    '| | | |',
    '|---|---|---|',
    ...figures.map(({ text, value, unit }) => `| ${cell(text)} | ${number(value)} | ${unit} |`),
    '',
    ...(next.length === 0 ? [] : ['Not reached, and what comes next:', '', ...next, '']),
  ];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
