import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { ScaledInstallation } from './installation.ts';

const relayedMsMax = 60_000;
const pollMs = 50;
const behindText = `select count(*)::integer as behind
  from log.writer_partition p
  cross join (values ('commits'), ('outcomes')) s(stream)
  left join log.relay_cursor c on c.partition = p.partition and c.stream = s.stream
  where coalesce(c.position, 0)
    < case s.stream when 'commits' then p.head else p.outcomes_head end`;

/** Waits until all that is in the log has been sent to Kafka. */
export async function untilRelayed(installation: ScaledInstallation): Promise<void> {
  const client = new pg.Client(installation.log);
  await client.connect();
  try {
    const deadline = performance.now() + relayedMsMax;
    for (;;) {
      const { rows } = await client.query<{ behind: number }>(behindText);
      if (rows[0]?.behind === 0) return;
      if (performance.now() > deadline) throw new Error('the log was not relayed to its end');
      await wait(pollMs);
    }
  } finally {
    await client.end();
  }
}
