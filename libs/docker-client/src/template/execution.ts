import { canBeNil, fitted } from './assignment.ts';
import { FunctionProblem } from './function.ts';
import type { Functions, GoFunction } from './function.ts';
import { byteLength, quoted } from './go-quote.ts';
import { goText, sortedEntries } from './go-text.ts';
import { anyType, goBool, goFloat, goInt, goString } from './go-value.ts';
import { indirect, unwrapped } from './go-value.ts';
import { literalAs } from './literal.ts';
import type { GoValue } from './go-value.ts';
import { findField, hasField, isTextMap, methodOf } from './member.ts';
import type { BranchNode, CommandNode, Node, NumberNode, Operand, PipeNode } from './node.ts';
import { contextText, nodeText } from './node.ts';
import type { Templates } from './parser.ts';
import { TemplateError } from './template-error.ts';
import { isTrue } from './truth.ts';

/** A template as it is played. */
export type Play = {
  readonly text: string;
  readonly name: string;
  readonly templates: Templates;
  readonly functions: Functions;
  /** Whether a key that a map does not have is a mistake. */
  readonly isStrict: boolean;
  /** Takes what is printed, up to a mistake. */
  readonly print: (text: string) => void;
  /** Is told of each node that it comes by. */
  readonly step: () => void;
};

/** @throws TemplateError @source Go text/template exec.go */
export const played = (play: Play, dot: GoValue | null): void =>
  new Execution(play, play.name, 0).walkTemplate(dot);

/** No value of a pipeline before: nothing is handed on to the command. */
type Final = GoValue | null | undefined;
type Leave = 'break' | 'continue' | null;
type Call = {
  readonly name: string;
  readonly node: CommandNode | Operand;
  readonly args: readonly Operand[];
  readonly final: Final;
};

/** A text that is doubled again and again would take all memory. */
const textLengthMax = 16_000_000;

/** Go stops at 100,000; a template that calls itself gets to either. */
const depthMax = 500;

class Execution {
  readonly #play: Play;
  readonly #name: string;
  readonly #depth: number;
  #node: Node | Operand | CommandNode | null = null;
  #variables: { readonly name: string; value: GoValue | null }[] = [];

  constructor(play: Play, name: string, depth: number) {
    this.#play = play;
    this.#name = name;
    this.#depth = depth;
  }

  walkTemplate(dot: GoValue | null): void {
    const root = this.#play.templates.get(this.#name);
    if (root === undefined) throw new Error('a template that is played was parsed');
    this.#variables = [{ name: '$', value: dot }];
    this.#walk(dot, root);
  }

  #fail(problem: string): never {
    const executing = `executing ${quoted(this.#name)}`;
    if (this.#node === null) throw new TemplateError(`template: ${this.#name}: ${problem}`);
    const before = this.#play.text.slice(0, this.#node.at);
    const lines = before.split('\n');
    const place = `${lines.length}:${byteLength(lines.at(-1) ?? '')}`;
    const context = contextText(this.#node);
    throw new TemplateError(
      `template: ${this.#play.name}:${place}: ${executing} at <${context}>: ${problem}`,
    );
  }

  #walk(dot: GoValue | null, node: Node): Leave {
    this.#node = node;
    this.#play.step();
    switch (node.kind) {
      case 'text':
        this.#play.print(node.text);
        return null;
      case 'action': {
        const value = this.#pipeline(dot, node.pipe);
        this.#node = node;
        if (node.pipe.variables.length === 0) this.#play.print(printed(value));
        return null;
      }
      case 'break':
      case 'continue':
        return node.kind;
      case 'list':
        return this.#walkAll(dot, node.nodes);
      case 'range':
        return this.#inScope(() => this.#walkRange(dot, node));
      case 'if':
      case 'with':
        return this.#inScope(() => this.#walkCondition(dot, node));
      case 'template':
        this.#callTemplate(dot, node.name, node.pipe);
        return null;
    }
  }

  #walkAll(dot: GoValue | null, nodes: readonly Node[]): Leave {
    for (const node of nodes) {
      const leave = this.#walk(dot, node);
      if (leave !== null) return leave;
    }
    return null;
  }

  #inScope<T>(run: () => T): T {
    const { length } = this.#variables;
    const result = run();
    this.#variables.splice(length);
    return result;
  }

  #walkCondition(dot: GoValue | null, node: BranchNode): Leave {
    const value = this.#pipeline(dot, node.pipe);
    if (isTrue(unwrapped(value))) {
      return this.#walk(node.kind === 'with' ? value : dot, node.list);
    }
    return node.elseList === null ? null : this.#walk(dot, node.elseList);
  }

  #walkRange(dot: GoValue | null, node: BranchNode): Leave {
    const given = this.#pipeline(dot, node.pipe);
    const { value } = indirect(given);
    const entries = this.#entriesOf(value);
    const { variables } = node.pipe;
    for (const [key, element] of entries) {
      this.#setTop(1, variables.length > 0, element);
      this.#setTop(2, variables.length > 1, key);
      if (this.#inScope(() => this.#walk(element, node.list)) === 'break') return null;
    }
    if (entries.length > 0 || node.elseList === null) return null;
    return this.#walk(dot, node.elseList);
  }

  #setTop(fromEnd: number, isDeclared: boolean, value: GoValue): void {
    const variable = this.#variables.at(-fromEnd);
    if (isDeclared && variable !== undefined) variable.value = value;
  }

  #entriesOf(value: GoValue | null): readonly (readonly [GoValue, GoValue])[] {
    if (value === null) return [];
    if (value.kind === 'list') {
      return (value.items ?? []).map((item, at) => [goInt(at), item] as const);
    }
    if (value.kind === 'map') return sortedEntries(value.entries ?? []);
    return this.#fail(`range can't iterate over ${goText(value)}`);
  }

  #callTemplate(dot: GoValue | null, name: string, pipe: PipeNode | null): void {
    if (!this.#play.templates.has(name)) this.#fail(`template ${quoted(name)} not defined`);
    if (this.#depth >= depthMax) this.#fail('exceeded maximum template depth (100000)');
    const given = pipe === null ? null : this.#pipeline(dot, pipe);
    new Execution(this.#play, name, this.#depth + 1).walkTemplate(given);
  }

  #pipeline(dot: GoValue | null, pipe: PipeNode): GoValue | null {
    this.#node = pipe;
    let value: Final;
    for (const command of pipe.commands) value = unwrapped(this.#command(dot, command, value));
    const result = value ?? null;
    for (const name of pipe.variables) {
      if (pipe.isAssign) this.#variableNamed(name).value = result;
      else this.#variables.push({ name, value: result });
    }
    return result;
  }

  #variableNamed(name: string): { value: GoValue | null } {
    const found = this.#variables.findLast((one) => one.name === name);
    return found ?? this.#fail(`undefined variable: ${name}`);
  }

  #command(dot: GoValue | null, command: CommandNode, final: Final): GoValue | null {
    const [first, ...args] = command.args;
    if (first === undefined) throw new Error('a command has a first word');
    const call = { node: first, args, final };
    switch (first.kind) {
      case 'field':
        this.#node = first;
        return this.#chain(dot, dot, first.names, call);
      case 'chain':
        return this.#chainOf(dot, first, call);
      case 'variable':
        return this.#variable(dot, first.names, call);
      case 'identifier':
        this.#node = first;
        return this.#function(dot, { ...call, name: first.name, node: command });
      case 'pipe':
        this.#refuseArguments(call);
        return this.#pipeline(dot, first);
      default:
        this.#node = first;
        this.#refuseArguments(call);
        return this.#literal(dot, first);
    }
  }

  #literal(dot: GoValue | null, node: Operand): GoValue | null {
    if (node.kind === 'bool') return goBool(node.value);
    if (node.kind === 'dot') return dot;
    if (node.kind === 'nil') this.#fail('nil is not a command');
    if (node.kind === 'string') return goString(node.value);
    if (node.kind === 'number') return this.#constant(node);
    return this.#fail(`can't evaluate command ${quoted(nodeText(node))}`);
  }

  #constant(node: NumberNode): GoValue | null {
    this.#node = node;
    const isHex = /^0[xX]/.test(node.text) && !/[pP]/.test(node.text);
    const isFloat = !isHex && !node.text.startsWith("'") && /[.eEpP]/.test(node.text);
    if (node.float !== null && isFloat) return goFloat(node.float);
    if (node.int !== null) return goInt(node.int);
    return this.#fail(`${node.text} overflows int`);
  }

  #refuseArguments({ node, args, final }: Omit<Call, 'name'>): void {
    if (args.length === 0 && final === undefined) return;
    this.#fail(`can't give argument to non-function ${nodeText(node)}`);
  }

  #variable(
    dot: GoValue | null,
    [name = '', ...names]: readonly string[],
    call: Omit<Call, 'name'>,
  ): GoValue | null {
    this.#node = call.node;
    const { value } = this.#variableNamed(name);
    if (names.length > 0) return this.#chain(dot, value, names, call);
    this.#refuseArguments(call);
    return value;
  }

  #chainOf(
    dot: GoValue | null,
    node: Extract<Operand, { kind: 'chain' }>,
    call: Omit<Call, 'name'>,
  ): GoValue | null {
    this.#node = node;
    if (node.of.kind === 'nil') {
      this.#fail(`indirection through explicit nil in ${nodeText(node)}`);
    }
    return this.#chain(dot, this.#argument(dot, null, node.of), node.names, call);
  }

  #chain(
    dot: GoValue | null,
    receiver: GoValue | null,
    names: readonly string[],
    call: Omit<Call, 'name'>,
  ): GoValue | null {
    const inner = { ...call, args: [], final: undefined };
    return names.reduce<GoValue | null>((at, name, index) => {
      const isLast = index === names.length - 1;
      return this.#field(dot, at, { ...(isLast ? call : inner), name });
    }, receiver);
  }

  #field(dot: GoValue | null, receiver: GoValue | null, call: Call): GoValue | null {
    const { name } = call;
    if (receiver === null) {
      if (this.#play.isStrict) this.#fail(`nil data; no entry for key ${quoted(name)}`);
      return null;
    }
    const { value, isNil } = indirect(receiver);
    if (value === null || (isNil && value.kind === 'interface')) {
      return this.#fail(`nil pointer evaluating ${receiver.type}.${name}`);
    }
    const method = methodOf(value, name);
    if (method !== null) return this.#call(dot, method, call);
    const hasArguments = call.args.length > 0 || call.final !== undefined;
    if (value.kind === 'struct') {
      const field = findField(value, name);
      if (field !== null && hasArguments) {
        this.#fail(`${name} has arguments but cannot be invoked as function`);
      }
      if (field !== null) return field;
    }
    if (value.kind === 'map' && isTextMap(value.type)) {
      if (hasArguments) this.#fail(`${name} is not a method but has arguments`);
      return this.#entry(value.entries ?? [], name);
    }
    if (value.kind === 'pointer' && hasField(value.type.slice(1), name)) {
      this.#fail(`nil pointer evaluating ${receiver.type}.${name}`);
    }
    return this.#fail(`can't evaluate field ${name} in type ${receiver.type}`);
  }

  #entry(entries: readonly (readonly [GoValue, GoValue])[], name: string): GoValue | null {
    const found = entries.find(([key]) => key.kind === 'string' && key.value === name);
    if (found !== undefined) return found[1];
    return this.#play.isStrict ? this.#fail(`map has no entry for key ${quoted(name)}`) : null;
  }

  #function(dot: GoValue | null, call: Call): GoValue | null {
    const found = this.#play.functions.get(call.name);
    if (found === undefined) return this.#fail(`${quoted(call.name)} is not a defined function`);
    if (found.stopsAt !== undefined) return this.#shortCircuit(dot, found, call);
    return this.#call(dot, found, call);
  }

  #refuseCount({ takes, more }: GoFunction, { name, args, final }: Call): void {
    const count = args.length + (final === undefined ? 0 : 1);
    const wanted = takes.length;
    if (more === undefined ? count === wanted : count >= wanted) return;
    if (more === undefined) {
      this.#fail(`wrong number of args for ${name}: want ${wanted} got ${count}`);
    }
    this.#fail(`wrong number of args for ${name}: want at least ${wanted} got ${args.length}`);
  }

  /** `and`, `or`: what follows the one that decides is not looked at. */
  #shortCircuit(dot: GoValue | null, found: GoFunction, call: Call): GoValue | null {
    this.#refuseCount(found, call);
    let value: GoValue | null = null;
    for (const arg of call.args) {
      value = this.#argument(dot, 'reflect.Value', arg);
      if (isTrue(unwrapped(value)) === found.stopsAt) return value;
    }
    return call.final === undefined ? value : call.final;
  }

  #call(dot: GoValue | null, found: GoFunction, call: Call): GoValue | null {
    this.#refuseCount(found, call);
    const typeAt = (at: number): string => found.takes[at] ?? found.more ?? '';
    const values = call.args.map((arg, at) => this.#argument(dot, typeAt(at), arg));
    if (call.final !== undefined) values.push(this.#fitted(call.final, typeAt(values.length)));
    try {
      const result = found.call(values);
      if (result?.kind !== 'string' || result.value.length <= textLengthMax) return result;
      throw new FunctionProblem(`netfold: a text has ${textLengthMax} letters at most`);
    } catch (problem) {
      if (!(problem instanceof FunctionProblem)) throw problem;
      this.#node = call.node;
      return this.#fail(`error calling ${call.name}: ${problem.message}`);
    }
  }

  #fitted(value: GoValue | null, type: string | null): GoValue | null {
    return this.#known(fitted(value, type));
  }

  /** A value; a text is why there is none. */
  #known(found: GoValue | null | string): GoValue | null {
    return typeof found === 'string' ? this.#fail(found) : found;
  }

  /** @param type  `null`: any at all */
  #argument(dot: GoValue | null, type: string | null, node: Operand): GoValue | null {
    this.#node = node;
    const call = { node, args: [], final: undefined };
    switch (node.kind) {
      case 'dot':
        return this.#fitted(dot, type);
      case 'nil':
        if (type === null || canBeNil(type)) return this.#fitted(null, type);
        return this.#fail(`cannot assign nil to ${type}`);
      case 'field':
        return this.#fitted(this.#chain(dot, dot, node.names, call), type);
      case 'variable':
        return this.#fitted(this.#variable(dot, node.names, call), type);
      case 'pipe':
        return this.#fitted(this.#pipeline(dot, node), type);
      case 'identifier':
        return this.#fitted(this.#function(dot, { ...call, name: node.name }), type);
      case 'chain':
        return this.#fitted(this.#chainOf(dot, node, call), type);
      default:
        return type === null || type === 'reflect.Value' || type === anyType
          ? this.#literal(null, node)
          : this.#known(literalAs(node, type));
    }
  }
}

/** What an action prints; nothing at all has a text of its own. */
const printed = (value: GoValue | null): string => {
  const shown = value?.kind === 'pointer' ? indirect(value).value : value;
  return shown === null ? '<no value>' : goText(shown);
};
