import { linesOf, parseOptions, readInputs } from '../filters/input.ts';
import { unescape } from '../filters/echo.ts';
import { failed } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { formatted } from './functions.ts';
import { Machine } from './machine.ts';
import { parseAwk } from './parser.ts';
import { AwkSyntaxError } from './syntax.ts';
import type { AwkProgram, Expression, Rule, Statement } from './syntax.ts';
import { isTrue, toNumber, toText } from './value.ts';

/** Thrown to leave a loop, a line or the program. */
class Jump extends Error {
  readonly kind: 'next' | 'exit' | 'break' | 'continue';
  readonly exitCode: number;

  constructor(kind: Jump['kind'], exitCode = 0) {
    super(kind);
    this.kind = kind;
    this.exitCode = exitCode;
  }
}

const outputMax = 1024 * 1024;

/** Carries a program out over lines. */
class Run {
  readonly machine = new Machine();
  output = '';
  readonly #program: AwkProgram;
  readonly #open = new Set<Rule>();

  constructor(program: AwkProgram) {
    this.#program = program;
  }

  /** @returns the exit code */
  all(lines: readonly string[]): number {
    let exitCode = 0;
    try {
      this.#rules('begin');
      if (this.#program.some(({ when }) => when !== 'begin')) this.#lines(lines);
    } catch (error) {
      if (!(error instanceof Jump) || error.kind !== 'exit') throw error;
      exitCode = error.exitCode;
    }
    try {
      this.#rules('end');
    } catch (error) {
      if (!(error instanceof Jump) || error.kind !== 'exit') throw error;
      exitCode = error.exitCode;
    }
    return exitCode;
  }

  #rules(when: 'begin' | 'end'): void {
    for (const rule of this.#program) if (rule.when === when) this.#block(rule.body ?? []);
  }

  #lines(lines: readonly string[]): void {
    for (const [index, line] of lines.entries()) {
      this.machine.variables.set('NR', index + 1);
      this.machine.variables.set('FNR', index + 1);
      this.machine.setLine(line);
      try {
        for (const rule of this.#program) if (this.#applies(rule)) this.#apply(rule);
      } catch (error) {
        if (!(error instanceof Jump) || error.kind !== 'next') throw error;
      }
    }
  }

  #applies(rule: Rule): boolean {
    const { when } = rule;
    if (when === 'begin' || when === 'end') return false;
    if (when === null) return true;
    if ('kind' in when) return isTrue(this.machine.evaluate(when));
    if (!this.#open.has(rule)) {
      if (!isTrue(this.machine.evaluate(when.from))) return false;
      this.#open.add(rule);
    }
    if (isTrue(this.machine.evaluate(when.to))) this.#open.delete(rule);
    return true;
  }

  #apply(rule: Rule): void {
    if (rule.body === null) this.#print([]);
    else this.#block(rule.body);
  }

  #block(body: readonly Statement[]): void {
    for (const statement of body) this.#statement(statement);
  }

  #print(values: readonly Expression[]): void {
    const { machine } = this;
    const texts = values.map((value) => toText(machine.evaluate(value)));
    const text = values.length === 0 ? machine.line : texts.join(toText(machine.get('OFS')));
    this.#emit(text + toText(machine.get('ORS')));
  }

  #emit(text: string): void {
    this.output += text;
    if (this.output.length > outputMax) throw new AwkSyntaxError('too much output');
  }

  #statement(statement: Statement): void {
    const { machine } = this;
    switch (statement.kind) {
      case 'print':
        return this.#print(statement.values);
      case 'printf':
        return this.#emit(formatted(machine, statement.values));
      case 'expression':
        machine.evaluate(statement.value);
        return undefined;
      case 'block':
        return this.#block(statement.body);
      case 'if': {
        if (isTrue(machine.evaluate(statement.condition)))
          return this.#statement(statement.whenTrue);
        return statement.otherwise === null ? undefined : this.#statement(statement.otherwise);
      }
      case 'while':
      case 'do':
      case 'for':
      case 'forIn':
        return this.#loop(statement);
      case 'delete': {
        const array = machine.array(statement.array);
        if (statement.key === null) array.clear();
        else array.delete(machine.key(statement.key));
        return undefined;
      }
      case 'exit': {
        const code = statement.value === null ? 0 : toNumber(machine.evaluate(statement.value));
        throw new Jump('exit', code & 255);
      }
      case 'next':
      case 'break':
      case 'continue':
        throw new Jump(statement.kind);
      default:
        return statement satisfies never;
    }
  }

  /** Runs a loop's body; answers whether the loop goes on. */
  #body(body: Statement): boolean {
    try {
      this.#statement(body);
      return true;
    } catch (error) {
      if (!(error instanceof Jump)) throw error;
      if (error.kind === 'break') return false;
      if (error.kind === 'continue') return true;
      throw error;
    }
  }

  #loop(statement: Extract<Statement, { kind: 'while' | 'do' | 'for' | 'forIn' }>): void {
    const { machine } = this;
    // Every turn evaluates something, and the machine counts evaluations.
    const holds = (condition: Expression | null): boolean =>
      isTrue(machine.evaluate(condition ?? { kind: 'number', value: 1 }));
    if (statement.kind === 'forIn') {
      // The body may delete elements: the keys are those of the beginning.
      const keys = [...machine.array(statement.array).keys()];
      for (const key of keys) {
        machine.variables.set(statement.name, { input: key });
        if (!this.#body(statement.body)) return;
      }
      return;
    }
    if (statement.kind === 'do') {
      while (this.#body(statement.body) && holds(statement.condition));
      return;
    }
    if (statement.kind === 'while') {
      while (holds(statement.condition) && this.#body(statement.body));
      return;
    }
    if (statement.before !== null) this.#statement(statement.before);
    while (holds(statement.condition) && this.#body(statement.body)) {
      if (statement.after !== null) this.#statement(statement.after);
    }
  }
}

const separator = (text: string): string => (text === 't' ? '\t' : unescape(text));

/** `awk [-F X] [-v NAME=VALUE] PROGRAM [FILE...]`, without files and commands of its own. */
export const awk: Tool = (world, argv, stdin) => {
  const { options, operands, unknown } = parseOptions(argv, 'F:v:');
  const name = world.userland === 'busybox' ? 'awk' : 'mawk';
  if (unknown !== null) return failed(2, `${name}: not an option: -${unknown}\n`);
  const [text, ...paths] = operands;
  if (text === undefined)
    return failed(2, `usage: ${name} [-F value] [-v var=value] 'program' [file]\n`);
  try {
    const run = new Run(parseAwk(text));
    const [field] = options.get('F') ?? [];
    if (field !== undefined) run.machine.variables.set('FS', separator(field));
    for (const setting of options.get('v') ?? []) {
      const at = setting.indexOf('=');
      run.machine.variables.set(setting.slice(0, at), { input: setting.slice(at + 1) });
    }
    const { inputs, errors } = readInputs(world, name, paths, stdin);
    const exitCode = run.all(inputs.flatMap((input) => linesOf(input.text)));
    return {
      stdout: run.output,
      stderr: errors,
      exitCode: errors === '' ? exitCode : 2,
      durationMs: 0,
    };
  } catch (error) {
    if (!(error instanceof AwkSyntaxError)) throw error;
    return failed(2, `${name}: line 1: ${error.message}\n`);
  }
};
