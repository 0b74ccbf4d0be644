import type { SingleCommand } from '@netfold/contracts';
import type { ProcessRow } from '@netfold/dataplane';
import { exitCodeOf, imageOf, processOf, sigint, sigquit, sigterm } from '@netfold/domain';
import type { Container, Identity } from '@netfold/domain';
import { numbersIn } from '../files/ps.ts';
import { isDeadly } from '../processes/signals.ts';
import type { ProcessEdits, SignalProblem } from '../tool.ts';
import type { Place } from './place.ts';

type Start = {
  readonly place: Place;
  readonly container: Container;
  readonly rows: readonly ProcessRow[];
  readonly identity: Identity;
};

/** The processes of a container as the words of one line end them: later words see it. */
export class ContainerProcesses implements ProcessEdits {
  readonly #start: Start;
  readonly #byNumber: ReadonlyMap<number, ProcessRow>;
  readonly #ended = new Set<number>();
  readonly commands: SingleCommand[] = [];

  constructor(start: Start) {
    this.#start = start;
    const numbers = numbersIn(start.rows, true);
    this.#byNumber = new Map(start.rows.map((row) => [numbers.get(row.processId) ?? 0, row]));
  }

  hasEnded(processId: number): boolean {
    return this.#ended.has(processId);
  }

  send(number: number, signal: number): SignalProblem | null {
    const row = this.#byNumber.get(number);
    if (row === undefined || this.#ended.has(row.processId)) return 'No such process';
    const { identity, container } = this.#start;
    const isMine = [identity.userName, String(identity.userId)].includes(row.user);
    if (identity.userId !== 0 && !isMine) return 'Operation not permitted';
    if (row.processId === container.processId) this.#toMain(signal);
    else if (isDeadly(signal)) this.#end(row.processId, signal);
    return null;
  }

  /** From inside its own namespace process 1 gets what it has a handler for and nothing else. */
  #toMain(signal: number): void {
    const { place, container } = this.#start;
    const { id, processId, image, spec } = container;
    const exitCode = processOf(imageOf(place.lab, image), spec).stopExitCode;
    if (exitCode === null || ![sigint, sigquit, sigterm].includes(signal)) return;
    this.#ended.add(processId);
    const at = { host: place.host.name, container: id, processId };
    this.commands.push({ type: 'EndContainerProcess', ...at, exitCode, output: [] });
  }

  #end(processId: number, signal: number): void {
    const { host } = this.#start.place;
    const exec = [...host.execs.values()].find((one) => one.processId === processId);
    if (exec === undefined) return;
    this.#ended.add(processId);
    const exitCode = exitCodeOf(signal);
    this.commands.push({ type: 'EndExec', host: host.name, execId: exec.id, exitCode });
  }
}
