import type { BuildStep, FileEntry, ImageSpec } from '@netfold/contracts';
import { builtImageId } from '@netfold/domain';

/** One stage of a build: what its image is so far. */
export type Stage = {
  /** The image that it began with, which its containers run. */
  readonly base: string;
  readonly name: string | null;
  /** That image. */
  readonly origin: ImageSpec;
  readonly spec: ImageSpec;
  /** Whether a `CMD` of the Dockerfile says what it runs. */
  readonly hasOwnCommand: boolean;
  /** Id of what there is so far. */
  readonly image: string;
  readonly shell: readonly string[];
  /** Values of `ARG`, which are no part of the image. */
  readonly args: ReadonlyMap<string, string>;
};

/** What `$NAME` means in a stage: its environment wins over its arguments. */
export function variablesOf({ spec, args }: Stage): ReadonlyMap<string, string> {
  const env = (spec.env ?? []).map((one): readonly [string, string] => {
    const at = one.indexOf('=');
    return [one.slice(0, at), one.slice(at + 1)];
  });
  return new Map([...args, ...env]);
}

/** The stage after one more step: the last one's image is the whole's own id. */
export function stepped(
  stage: Stage,
  step: Omit<BuildStep, 'image'>,
  changes: Partial<ImageSpec>,
): Stage {
  const before = stage.spec.steps ?? [];
  const known = before.map((one, at): BuildStep =>
    at === before.length - 1 ? { ...one, image: stage.image } : one,
  );
  const spec = { ...stage.spec, ...changes, steps: [...known, { image: '', ...step }] };
  return { ...stage, spec, image: builtImageId(spec) };
}

/** Later files take the places of earlier ones. */
export function withFiles(stage: Stage, files: readonly FileEntry[]): readonly FileEntry[] {
  const all = new Map((stage.spec.files ?? []).map((file) => [file.path, file] as const));
  for (const file of files) all.set(file.path, file);
  return [...all.values()];
}

/** With a variable set, or its value changed. */
export function withVariables(
  env: readonly string[],
  pairs: readonly (readonly [string, string])[],
): readonly string[] {
  const all = new Map(env.map((one) => [one.slice(0, one.indexOf('=')), one] as const));
  for (const [name, value] of pairs) all.set(name, `${name}=${value}`);
  return [...all.values()];
}
