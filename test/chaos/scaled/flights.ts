import type { History } from '../history.ts';
import type { JournalLine } from '../journal.ts';

/** A kill, and the commands that had been tried and not been answered at that moment. */
export type KillInFlight = {
  readonly service: string;
  readonly at: number;
  /** Of a gateway: those sent to it. */
  readonly commands: number;
  /** Of these, the partitions of their labs. */
  readonly partitions: number;
};

type Flight = { readonly lab: string; readonly url: string; from: number; to: number };

/** What each kill hit, by the journals alone. */
export function killsInFlight({ log, journals }: History): readonly KillInFlight[] {
  const partitionOf = new Map(log.map(({ lab, partition }) => [lab, partition]));
  const flights = journals.flatMap(flightsOf);
  return journals.flat().flatMap((line) => {
    if (line.what !== 'killed') return [];
    const { at, service, url } = line;
    const hit = flights.filter(
      (flight) => flight.from <= at && at <= flight.to && (url === null || flight.url === url),
    );
    const partitions = new Set(hit.map(({ lab }) => partitionOf.get(lab)));
    return [{ service, at, commands: hit.length, partitions: partitions.size }];
  });
}

/** Attempts of one journal, from when they were made to what became known of them. */
function flightsOf(journal: readonly JournalLine[]): readonly Flight[] {
  const open = new Map<string, Flight>();
  const flights: Flight[] = [];
  for (const line of journal) {
    if (line.what === 'tried') {
      const flight = { lab: line.lab, url: line.url, from: line.at, to: Number.POSITIVE_INFINITY };
      open.set(line.id, flight);
      flights.push(flight);
    }
    if (line.what !== 'answered' && line.what !== 'unknown') continue;
    const flight = open.get(line.id);
    if (flight !== undefined) flight.to = line.at;
    open.delete(line.id);
  }
  return flights;
}
