import type { Checkpoint, StoredRecording } from './recording.ts';

/** One line per answer and per section: a reviewer reads the diff. */
export function printRecording(recording: StoredRecording): string {
  const { engine, answers, checkpoints, listed } = recording;
  const parts = [
    `"engine": ${JSON.stringify(engine)}`,
    `"answers": [\n${answers.map((answer) => JSON.stringify(answer)).join(',\n')}\n]`,
    `"checkpoints": [\n${checkpoints.map(printCheckpoint).join(',\n')}\n]`,
    `"listed": ${printSections(listed)}`,
  ];
  return `{\n${parts.join(',\n')}\n}\n`;
}

function printCheckpoint({ afterStep, hosts }: Checkpoint): string {
  const printed = Object.entries(hosts).map(([host, { set, keys, lists, gone }]) => {
    const parts = [
      `"set": ${printSections(set)}`,
      `"keys": ${printSections(keys)}`,
      `"lists": ${printSections(lists)}`,
      `"gone": ${JSON.stringify(gone)}`,
    ];
    return `${JSON.stringify(host)}: { ${parts.join(', ')} }`;
  });
  return `{ "afterStep": ${afterStep}, "hosts": {\n${printed.join(',\n')}\n} }`;
}

function printSections(sections: Record<string, unknown>): string {
  const lines = Object.entries(sections).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`;
}
