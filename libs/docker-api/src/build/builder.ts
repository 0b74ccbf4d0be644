import type { BuildStep, FileEntry, ImageSpec } from '@netfold/contracts';
import { imageFolders, imageIdOf, imageOf, imageReferenceOn, imagesOn } from '@netfold/domain';
import type { Call } from '../engine/call.ts';
import { EngineError } from '../http/engine-error.ts';
import { passThrough, runStep } from './build-run.ts';
import type { StepContainer } from './build-run.ts';
import { copiedFiles } from './copy-files.ts';
import { substituted, wordsOf } from './dockerfile.ts';
import type { Instruction } from './instruction.ts';
import { argvOf, imageSteps, stepText, withoutEffect } from './image-steps.ts';
import { stepped, variablesOf, withFiles } from './stage.ts';
import type { Stage } from './stage.ts';

const shortId = (image: string): string => image.slice('sha256:'.length, 'sha256:'.length + 12);
const nop = (text: string): string => `/bin/sh -c #(nop) ${text}`;
const defaultShell = ['/bin/sh', '-c'];

/** What `FROM scratch` begins with. */
const nothing: ImageSpec = { cmd: [], env: [], expose: [], listens: [], programs: {} };

export type BuildWishes = {
  readonly instructions: readonly Instruction[];
  /** Files of the context, absolute. */
  readonly context: readonly FileEntry[];
  readonly buildArgs: ReadonlyMap<string, string>;
  /** Name or number of the stage to stop at; empty: the last. */
  readonly target: string;
  readonly networkMode: string;
  readonly usesCache: boolean;
  readonly keepsFailed: boolean;
  readonly print: (text: string) => void;
};

/**
 * Carries a Dockerfile out, step by step, as the engine's own builder does: each `RUN` in a
 * container of the lab host.
 *
 * @source moby/moby v20.10 builder/dockerfile/{builder,dispatchers,internals}.go
 */
export class Builder {
  readonly #call: Call;
  readonly #wishes: BuildWishes;
  readonly #stages: Stage[] = [];
  readonly #globals = new Map<string, string>();
  #isCacheBroken = false;

  constructor(call: Call, wishes: BuildWishes) {
    this.#call = call;
    this.#wishes = wishes;
  }

  /** @throws EngineError as the builder answers what it cannot carry out */
  async build(): Promise<Stage> {
    const { instructions, print, target } = this.#wishes;
    for (const [at, instruction] of instructions.entries()) {
      if (instruction.name === 'FROM' && this.#isAtTarget(target)) break;
      print(`Step ${at + 1}/${instructions.length} : ${instruction.text}\n`);
      await this.#step(instruction);
    }
    const last = this.#stages.at(-1);
    if (last === undefined) {
      throw new EngineError(
        'invalidParameter',
        'No image was generated. Is your Dockerfile empty?',
      );
    }
    if (target !== '' && !this.#isAtTarget(target)) {
      throw new EngineError(
        'invalidParameter',
        `failed to reach build target ${target} in Dockerfile`,
      );
    }
    return last;
  }

  #isAtTarget(target: string): boolean {
    const last = this.#stages.at(-1);
    if (target === '' || last === undefined) return false;
    return last.name === target.toLowerCase() || target === String(this.#stages.length - 1);
  }

  async #step(instruction: Instruction): Promise<void> {
    const { name } = instruction;
    const { print } = this.#wishes;
    if (name === 'FROM') {
      await this.#from(instruction);
      return;
    }
    const stage = this.#stages.at(-1);
    if (stage === undefined) {
      if (name !== 'ARG') {
        throw new EngineError('invalidParameter', 'no build stage in current context');
      }
      for (const [key, value] of this.#argsOf(instruction, this.#globals)) {
        this.#globals.set(key, value);
      }
      return;
    }
    const next = await this.#carriedOut(stage, instruction);
    this.#stages[this.#stages.length - 1] = next;
    print(` ---> ${shortId(next.image)}\n`);
  }

  async #from({ rest }: Instruction): Promise<void> {
    const words = wordsOf(substituted(rest, this.#globals));
    const [reference = '', as, name = ''] = words;
    if (words.length !== 1 && (words.length !== 3 || as?.toLowerCase() !== 'as')) {
      throw new EngineError('invalidParameter', 'FROM requires either one or three arguments');
    }
    this.#isCacheBroken = false;
    const known = this.#stages.find((one) => one.name === reference.toLowerCase());
    const begun = known ?? (await this.#baseStage(reference));
    this.#stages.push({
      ...begun,
      name: name === '' ? null : name.toLowerCase(),
      shell: defaultShell,
      args: new Map(),
    });
    if (begun.image !== '') this.#wishes.print(` ---> ${shortId(begun.image)}\n`);
  }

  async #baseStage(reference: string): Promise<Stage> {
    const common = { name: null, hasOwnCommand: false, shell: defaultShell, args: new Map() };
    if (reference === 'scratch') {
      return { ...common, base: '', origin: nothing, spec: nothing, image: '' };
    }
    const call = this.#call;
    const { host } = call.context;
    const first = await call.see();
    if (imageReferenceOn(first.lab, first.host, reference) === null) {
      await call.submit({ type: 'PullImage', host, image: reference });
    }
    const seen = await call.see();
    const own = imageReferenceOn(seen.lab, seen.host, reference);
    const spec = own === null ? null : imageOf(seen.lab, own);
    if (own === null || spec === null) {
      throw new EngineError('notFound', `No such image: ${reference}`);
    }
    // Its programs stay there when something else is run.
    const programs = { ...spec.programs, [spec.cmd[0] ?? 'sh']: 'what the base runs' };
    const { steps: _, ...begun } = { ...spec, programs, base: own };
    return { ...common, base: own, origin: spec, spec: begun, image: imageIdOf(own) };
  }

  #argsOf(
    { rest }: Instruction,
    known: ReadonlyMap<string, string>,
  ): readonly (readonly [string, string])[] {
    return wordsOf(substituted(rest, known)).map((word) => {
      const [, name = '', value] = /^([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
      const given = this.#wishes.buildArgs.get(name);
      return [name, given ?? value ?? this.#globals.get(name) ?? ''];
    });
  }

  async #carriedOut(stage: Stage, instruction: Instruction): Promise<Stage> {
    const { name } = instruction;
    if (name === 'RUN') return this.#run(stage, instruction);
    if (name === 'COPY' || name === 'ADD') return this.#copy(stage, instruction);
    if (name === 'ARG') {
      const args = new Map([...stage.args, ...this.#argsOf(instruction, variablesOf(stage))]);
      return this.#noted({ ...stage, args }, instruction, {});
    }
    if (name === 'SHELL') {
      const shell = instruction.list;
      if (shell !== null) return this.#noted({ ...stage, shell }, instruction, {});
      throw new EngineError('invalidParameter', 'SHELL requires the arguments to be in JSON form');
    }
    if (withoutEffect.has(name)) {
      this.#wishes.print(` ---> [Warning] netfold: ${name} has no effect in a lab\n`);
      return this.#noted(stage, instruction, {});
    }
    const changes = imageSteps[name]?.(stage, instruction) ?? {};
    const hasOwnCommand = stage.hasOwnCommand || name === 'CMD';
    return this.#noted({ ...stage, hasOwnCommand }, instruction, changes);
  }

  async #noted(
    stage: Stage,
    instruction: Instruction,
    changes: Partial<ImageSpec>,
  ): Promise<Stage> {
    const createdBy = nop(` ${stepText(stage, instruction)}`);
    const next = stepped(stage, { createdBy }, changes);
    if ((await this.#cached(next.image)) === null && stage.base !== '') {
      await passThrough(this.#call, stage, this.#containerOf(stage, []));
    }
    return next;
  }

  async #run(stage: Stage, instruction: Instruction): Promise<Stage> {
    if (stage.base === '') {
      throw new EngineError('notImplemented', 'netfold: RUN in an image from scratch');
    }
    const argv = argvOf(stage, instruction);
    const createdBy = argv.join(' ');
    const plain = stepped(stage, { createdBy }, {});
    const cached = await this.#cached(plain.image);
    const files =
      cached === null
        ? await runStep(this.#call, stage, this.#containerOf(stage, argv))
        : (cached.wrote?.files ?? []);
    if (files.length === 0) return plain;
    const wrote = { files, without: plain.image };
    return stepped(stage, { createdBy, wrote }, { files: withFiles(stage, files) });
  }

  async #copy(stage: Stage, { name, rest, list, flags }: Instruction): Promise<Stage> {
    const variables = variablesOf(stage);
    const words = (list ?? wordsOf(rest)).map((word) => substituted(word, variables));
    if (words.length < 2) {
      const message = `${name} requires at least two arguments, but only one was provided.`;
      throw new EngineError('invalidParameter', message);
    }
    if (words.some((word) => /^(?:https?|ftp):\/\//.test(word))) {
      throw new EngineError('notImplemented', 'netfold: ADD of a URL is not simulated');
    }
    const from = await this.#sourceOf(new Map(flags).get('from') ?? '');
    const { files = [], workingDir = '/' } = stage.spec;
    const folders = new Set(files.filter(({ kind }) => kind === 'directory').map((f) => f.path));
    const isFolder = (path: string): boolean =>
      imageFolders.includes(path) || folders.has(path) || path === workingDir;
    const copied = copiedFiles({ words, workingDir, from, isFolder });
    const createdBy = nop(`${name} ${words.slice(0, -1).join(' ')} in ${words.at(-1) ?? ''} `);
    const next = stepped(stage, { createdBy }, { files: withFiles(stage, copied) });
    await this.#cached(next.image);
    return next;
  }

  /** The context, a stage by name or number, or another image. */
  async #sourceOf(from: string): Promise<readonly FileEntry[]> {
    if (from === '') return this.#wishes.context;
    const stage =
      this.#stages.find(({ name }) => name === from.toLowerCase()) ?? this.#stages[Number(from)];
    return (stage ?? (await this.#baseStage(from))).spec.files ?? [];
  }

  #containerOf(stage: Stage, argv: readonly string[]): StepContainer {
    const { networkMode, keepsFailed, print } = this.#wishes;
    const environment = [...variablesOf(stage)].map(([name, value]) => `${name}=${value}`);
    const labels = stage.spec.labels ?? {};
    return { argv, environment, labels, networkMode, keepsFailed, print };
  }

  /** Says so, too. After the first step of a stage that is new, all are. */
  async #cached(image: string): Promise<BuildStep | null> {
    if (!this.#wishes.usesCache || this.#isCacheBroken) return null;
    const { lab, host } = await this.#call.see();
    const steps = imagesOn(lab, host).flatMap(({ id, reference }) => {
      const own = lab.builtImages.get(reference)?.spec.steps ?? [];
      return own.map((step) => (step.image === '' ? { ...step, image: id } : step));
    });
    const found = steps.find((step) => (step.wrote?.without ?? step.image) === image);
    if (found === undefined) this.#isCacheBroken = true;
    else this.#wishes.print(' ---> Using cache\n');
    return found ?? null;
  }
}

/** `--label`s are a last step of their own. */
export function withLabels(
  instructions: readonly Instruction[],
  labels: Readonly<Record<string, string>>,
): readonly Instruction[] {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  if (pairs.length === 0) return instructions;
  const rest = pairs.join(' ');
  return [...instructions, { name: 'LABEL', text: `LABEL ${rest}`, rest, list: null, flags: [] }];
}
