import { played } from './execution.ts';
import { functions } from './functions.ts';
import type { Functions } from './function.ts';
import type { GoValue } from './go-value.ts';
import { parsed } from './parser.ts';
import type { Templates } from './parser.ts';
import { TemplateError } from './template-error.ts';

/** What a template printed, up to the mistake that ended it. */
export type Printed = { readonly text: string; readonly problem: string | null };

type Options = {
  /** Whether a key that a map does not have is a mistake. */
  readonly isStrict?: boolean;
  readonly functions?: Functions;
};

/** What one template may print, UTF-16 units, and how many of its nodes it may come by. */
export const templateLimits = { lengthMax: 16_000_000, stepsMax: 1_000_000 };

/** What a template is called in complaints, and what it may call besides. */
type Nature = { readonly name?: string; readonly functions?: Functions };

/** A template of `--format`: Go's own, with the functions that the client adds. */
export class Template {
  readonly #text: string;
  readonly #name: string;
  readonly #functions: Functions;
  readonly #templates: Templates;

  /** @throws TemplateError */
  constructor(text: string, nature: Nature = {}) {
    this.#text = text;
    this.#name = nature.name ?? '';
    this.#functions = new Map([...functions, ...(nature.functions ?? [])]);
    this.#templates = parsed(text, this.#name, new Set(this.#functions.keys()));
  }

  /** @param value  `null`: there is none */
  printed(value: GoValue | null, options: Options = {}): Printed {
    let text = '';
    let steps = 0;
    const play = {
      text: this.#text,
      name: this.#name,
      templates: this.#templates,
      functions: options.functions ?? this.#functions,
      isStrict: options.isStrict === true,
      print: (piece: string) => {
        text += piece;
        if (text.length > templateLimits.lengthMax) {
          throw new TemplateError(
            `netfold: a template prints ${templateLimits.lengthMax} letters at most`,
          );
        }
      },
      step: () => {
        steps += 1;
        if (steps > templateLimits.stepsMax) {
          throw new TemplateError(
            `netfold: a template has ${templateLimits.stepsMax} steps at most`,
          );
        }
      },
    };
    try {
      played(play, value);
      return { text, problem: null };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      return { text, problem: error.message };
    }
  }
}
