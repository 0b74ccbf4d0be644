import { tokenLabsMax, tokenNameMaxLength, userNameMaxLength } from '@netfold/application';
import type { Membership, Role, Scope } from '@netfold/application';
import { z } from 'zod';
import { list, name, text } from './text.ts';

const scopesMax = 4;

/** A name that prints on one line everywhere. */
const printable = (maxBytes: number) =>
  text(maxBytes)
    .min(1, { error: 'a name has at least one character' })
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { error: 'a name has no control characters' });

export const memberInput = z.object({
  lab: name,
  user: name,
  membership: z.custom<NonNullable<Membership>>().optional(),
});

export const userInput = z.object({
  name: printable(userNameMaxLength),
  role: z.custom<Role>(),
});

export const userReference = z.object({ user: name });

export const tokenInput = z.object({
  name: printable(tokenNameMaxLength),
  user: name.nullish(),
  scopes: list(z.custom<Scope>(), scopesMax).nullish(),
  labs: list(name, tokenLabsMax).nullish(),
  days: z.number().int(),
});

export const tokenReference = z.object({ tokenId: name });
