import { NetfoldProblem, printedProblem } from '@netfold/configuration';
import { TransportFailed } from '@netfold/log-kafka';
import { expect, test } from 'vitest';
import { problemOf } from './problem-of.ts';

test('a program that needs Kafka and does not find it says so, and what to do', () => {
  const cause = new Error('connect ECONNREFUSED 127.0.0.1:9092');
  const problem = problemOf(new TransportFailed('could not reach Kafka', { cause }));
  if (problem === null) throw new Error('no problem was found');
  const [said, why, fix] = printedProblem(problem).split('\n');
  expect(said).toBe('error[NF1505]: Kafka cannot be used');
  expect(why).toBe('  cause: could not reach Kafka: connect ECONNREFUSED 127.0.0.1:9092');
  expect(fix).toMatch(/^ {2}fix: {3}check NETFOLD_KAFKA/);
});

test('what is wrong with the topics is told, too', () => {
  const cause = '`netfold.commits` has 3 partitions, not 4';
  expect(problemOf(new TransportFailed(cause))).toMatchObject({ code: 'NF1505', cause });
});

test('a problem is told as it is, and our own mistake as none', () => {
  const problem = { code: 'NF1502', problem: 'a', cause: 'b', fix: 'c' };
  expect(problemOf(new NetfoldProblem(problem))).toBe(problem);
  expect(problemOf(new TypeError('x is not a function'))).toBeNull();
});
