import type { LabId } from '@netfold/contracts';
import type { AuditableLog, LabHead, StoredCommit } from '../event-log.ts';
import { commitHash, zeroHash } from '../hashing/commit-hash.ts';

/** Commits that are read at a time. */
const auditPageCommits = 1_000;
/** Problems that are listed; more are only counted. */
const auditProblemsMax = 100;

export type AuditProblem = {
  readonly kind:
    /** A position is missing, doubled or beyond the head. */
    | 'position'
    /** A lab's version is missing or doubled. */
    | 'version'
    /** A commit is not what was written, or does not follow the one before it. */
    | 'hash'
    /** The lab's head disagrees with its last commit. */
    | 'head'
    /** An outcome without its commit, a commit without its outcome, or a gap in their numbers. */
    | 'outcome';
  readonly partition: number | null;
  readonly position: number | null;
  readonly labId: LabId | null;
  /** One sentence for people. */
  readonly message: string;
};

export type AuditProgress = { readonly commits: number; readonly of: number };

export type AuditReport = {
  readonly commits: number;
  readonly labs: number;
  readonly problems: readonly AuditProblem[];
  /** All that were found, also those not listed. */
  readonly problemsFound: number;
};

/**
 * Reads the whole log and tells whether it is what was written: positions and versions without
 * gap, every hash over the stored bytes, each commit chained to the one before it in its lab,
 * heads as far as the commits, outcomes and commits in pairs, outcomes numbered without gap. Takes
 * no lock; commits that come meanwhile are left out.
 */
export async function verifyLog(
  log: AuditableLog,
  onProgress: (progress: AuditProgress) => void = () => {},
): Promise<AuditReport> {
  const heads: LabHead[] = [];
  for await (const head of log.labs()) heads.push(head);
  const partitions = await log.partitions();
  const audit = new Audit();
  const of = partitions.reduce((sum, { head }) => sum + head, 0);
  for (const { partition, head } of partitions) {
    let position = 0;
    while (position < head) {
      const limit = Math.min(auditPageCommits, head - position);
      const page = await log.readStored(partition, position, limit);
      for (const commit of page) audit.commit(commit, (position += 1));
      onProgress({ commits: audit.commits, of });
      if (page.length === limit) continue;
      audit.find('position', `partition ${partition} ends at ${position}, its head is ${head}`);
      break;
    }
  }
  for (const head of heads) audit.head(head);
  for (const { kind, commandId } of await log.unmatchedOutcomes(auditProblemsMax)) {
    audit.find('outcome', `${kind} of command ${commandId}`);
  }
  for (const { partition, count, last, outcomesHead } of await log.outcomeNumbers()) {
    if (count === last && last === outcomesHead) continue;
    const found = `has ${count} outcomes up to ${last}, its head says ${outcomesHead}`;
    audit.find('outcome', `partition ${partition} ${found}`);
  }
  return audit.report();
}

class Audit {
  commits = 0;
  readonly #labs = new Map<LabId, { version: number; hash: string }>();
  readonly #problems: AuditProblem[] = [];
  #problemsFound = 0;

  commit(commit: StoredCommit, expectedPosition: number): void {
    this.commits += 1;
    const { labId, labVersion, position } = commit;
    const before = this.#labs.get(labId) ?? { version: 0, hash: zeroHash };
    if (position !== expectedPosition) {
      this.find('position', `position ${position} stands where ${expectedPosition} should`, commit);
    }
    if (labVersion !== before.version + 1) {
      this.find('version', `version ${labVersion} comes after ${before.version}`, commit);
    }
    if (commit.previousHash !== before.hash) {
      this.find('hash', 'the commit does not follow the one before it', commit);
    }
    if (commitHash(commit) !== commit.hash) {
      this.find('hash', 'the commit is not what was written', commit);
    }
    this.#labs.set(labId, { version: labVersion, hash: commit.hash });
  }

  /** A head that was read before the commits may be behind them, never before. */
  head({ labId, version, lastHash }: LabHead): void {
    const last = this.#labs.get(labId);
    if (last !== undefined && last.version > version) return;
    if (last?.version === version && last.hash === lastHash) return;
    this.find(
      'head',
      `lab ${labId} has commits to ${last?.version ?? 0}, its head says ${version}`,
    );
  }

  find(kind: AuditProblem['kind'], message: string, commit: StoredCommit | null = null): void {
    this.#problemsFound += 1;
    if (this.#problems.length === auditProblemsMax) return;
    const { partition, position, labId } = commit ?? {
      partition: null,
      position: null,
      labId: null,
    };
    this.#problems.push({ kind, partition, position, labId, message });
  }

  report(): AuditReport {
    return {
      commits: this.commits,
      labs: this.#labs.size,
      problems: this.#problems,
      problemsFound: this.#problemsFound,
    };
  }
}
