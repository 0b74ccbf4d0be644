import { NetfoldProblem } from '@netfold/configuration';
import type { Problem } from '@netfold/configuration';
import { TransportFailed } from '@netfold/log-kafka';

/** What people are told of a failure that ended a program; `null`: our own mistake. */
export function problemOf(error: unknown): Problem | null {
  if (error instanceof NetfoldProblem) return error.problem;
  if (error instanceof TransportFailed) return kafkaUnusable(error);
  const isProblem =
    error instanceof Error && error.name === 'PostgresProblem' && 'problem' in error;
  return isProblem ? (error.problem as Problem) : null;
}

const kafkaUnusable = ({ message, cause }: TransportFailed): Problem => ({
  code: 'NF1505',
  problem: 'Kafka cannot be used',
  cause: cause instanceof Error ? `${message}: ${cause.message}` : message,
  fix: 'check NETFOLD_KAFKA, that its brokers run, and how many partitions the topics have',
});
