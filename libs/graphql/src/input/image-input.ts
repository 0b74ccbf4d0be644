import type { ImageCatalogue } from '@netfold/contracts';
import { z } from 'zod';
import { list, listLimits, name, text, textLimits, words } from './text.ts';

const texts = z.record(name, text(textLimits.text));

const listener = z.strictObject({
  port: name,
  address: name.optional(),
  http: texts.optional(),
  root: text(textLimits.text).optional(),
  banner: text(textLimits.text).optional(),
  // oxlint-disable-next-line unicorn/no-thenable -- the word of the catalogue's files
  then: text(textLimits.text).optional(),
  reply: text(textLimits.text).optional(),
});

const nanos = z.int().min(0).optional();

const healthcheck = z.strictObject({
  test: words(),
  intervalNanos: nanos,
  timeoutNanos: nanos,
  startPeriodNanos: nanos,
  retries: z.int().min(0).optional(),
});

const image = z.strictObject({
  cmd: words(),
  entrypoint: words().optional(),
  env: words().optional(),
  user: name.optional(),
  workingDir: name.optional(),
  stopSignal: name.optional(),
  stopExitCode: z.int().min(0).max(255).optional(),
  healthcheck: healthcheck.optional(),
  volumes: words().optional(),
  labels: texts.optional(),
  expose: list(name, listLimits.ports),
  listens: list(listener, listLimits.ports),
  userland: z.enum(['busybox', 'debian']).optional(),
  programs: texts.optional(),
});

/** The form of an image catalogue file: image reference to what is known of the image. */
export const imageCatalogue = z
  .record(name, image)
  .refine((images) => Object.keys(images).length <= listLimits.images, {
    error: `this catalogue has more than ${listLimits.images} images`,
  })
  // Absent stays absent: the form of a fact must not depend on who wrote the input.
  .transform((images) => images as ImageCatalogue);
