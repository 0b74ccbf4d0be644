import ts from 'typescript';
import type { JsonSchema, JsonSchemas } from './json-schema.ts';

export type SchemasOfTypes = {
  /** The module whose exported types are read. */
  readonly file: string;
  /** Exported types: a union gives one schema per member, named by its literal `type`. */
  readonly types: readonly string[];
  /** Commands are closed: a member that nobody reads is a mistake of the sender. */
  readonly isClosed: boolean;
  /** JSON Schema's word for every number. */
  readonly numbers: 'integer' | 'number';
};

/**
 * The JSON Schemas of exported types, from the types themselves: they are the one source.
 *
 * @throws when a type says something that JSON cannot
 */
export function schemasOfTypes(of: SchemasOfTypes): JsonSchemas {
  const program = ts.createProgram([of.file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['@netfold/source'],
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  });
  return new SchemaWriter(program, of).schemas();
}

class SchemaWriter {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  readonly #of: SchemasOfTypes;
  readonly #written = new Map<string, JsonSchema>();

  constructor(program: ts.Program, of: SchemasOfTypes) {
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#of = of;
  }

  schemas(): JsonSchemas {
    for (const name of this.#of.types) this.#root(name);
    return Object.fromEntries(
      [...this.#written].toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  }

  #root(name: string): void {
    const source = this.#program.getSourceFile(this.#of.file);
    const module = source && this.#checker.getSymbolAtLocation(source);
    const symbol =
      module && this.#checker.getExportsOfModule(module).find((each) => each.name === name);
    if (symbol === undefined) throw new Error(`${this.#of.file} exports no type ${name}`);
    const type = this.#checker.getDeclaredTypeOfSymbol(this.#resolved(symbol));
    for (const member of type.isUnion() ? type.types : [type]) {
      this.#reference(this.#tagOf(member) ?? name, member);
    }
  }

  #resolved(symbol: ts.Symbol): ts.Symbol {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol;
  }

  #reference(name: string, type: ts.Type): JsonSchema {
    if (!this.#written.has(name)) {
      // First, so that a type that holds itself finds it.
      this.#written.set(name, {});
      const description = textOf(type.aliasSymbol, this.#checker);
      this.#written.set(name, { ...description, ...this.#object(type) });
    }
    return { $ref: `#/definitions/${name}` };
  }

  /** The literal that tells a member of a union of commands or events from the others. */
  #tagOf(type: ts.Type): string | null {
    const tag = type.getProperty('type');
    if (tag === undefined) return null;
    const tagType = this.#checker.getTypeOfSymbol(tag);
    return tagType.isStringLiteral() ? tagType.value : null;
  }

  #schema(type: ts.Type): JsonSchema {
    const { flags } = type;
    if (flags & ts.TypeFlags.Unknown) return {};
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & ts.TypeFlags.String) return { type: 'string' };
    if (flags & ts.TypeFlags.Number) return { type: this.#of.numbers };
    if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (type.isStringLiteral()) return { const: type.value };
    if (type.isNumberLiteral()) return { enum: [type.value] };
    if (flags & ts.TypeFlags.BooleanLiteral) {
      return { enum: [this.#checker.typeToString(type) === 'true'] };
    }
    if (type.isUnion()) return this.#union(type);
    // A branded string: `string & { __brand?: … }`.
    if (type.isIntersection()) {
      const base = type.types.find((each) => (each.flags & ts.TypeFlags.String) !== 0);
      if (base !== undefined) return { ...textOf(type.aliasSymbol, this.#checker), type: 'string' };
    }
    if (this.#checker.isArrayType(type)) return this.#array(type);
    const name = this.#tagOf(type) ?? type.aliasSymbol?.name;
    const isGeneric = (type.aliasTypeArguments?.length ?? 0) > 0;
    return name === undefined || isGeneric ? this.#object(type) : this.#reference(name, type);
  }

  #array(type: ts.Type): JsonSchema {
    const [item] = this.#checker.getTypeArguments(type as ts.TypeReference);
    if (item === undefined) throw new Error('a list of nothing');
    return { type: 'array', items: this.#schema(item) };
  }

  #union(type: ts.UnionType): JsonSchema {
    const members = type.types.filter((each) => (each.flags & ts.TypeFlags.Undefined) === 0);
    const isBoolean = (each: ts.Type): boolean => (each.flags & ts.TypeFlags.BooleanLiteral) !== 0;
    const literals = members.flatMap((each) => (each.isStringLiteral() ? [each.value] : []));
    const others = members.filter((each) => !each.isStringLiteral() && !isBoolean(each));
    const schemas = [
      ...(members.some(isBoolean) ? [{ type: 'boolean' }] : []),
      ...(literals.length > 0 ? [{ enum: literals.toSorted() }] : []),
      // By name, since the order of a union's members is the compiler's.
      ...others.map((each) => this.#schema(each)).toSorted(byText),
    ];
    const [only] = schemas;
    return schemas.length === 1 && only !== undefined ? only : { anyOf: schemas };
  }

  #object(type: ts.Type): JsonSchema {
    const [index] = this.#checker.getIndexInfosOfType(type);
    if (index !== undefined) {
      const isEmpty = (index.type.flags & ts.TypeFlags.Never) !== 0;
      return { type: 'object', additionalProperties: isEmpty ? false : this.#schema(index.type) };
    }
    const members = this.#checker.getPropertiesOfType(type);
    if ((type.flags & ts.TypeFlags.Object) === 0 && !type.isIntersection()) {
      throw new Error(`JSON cannot say ${this.#checker.typeToString(type)}`);
    }
    const isRequired = (member: ts.Symbol): boolean =>
      (member.flags & ts.SymbolFlags.Optional) === 0;
    const properties = members.map((member) => {
      const schema = this.#schema(this.#checker.getTypeOfSymbol(member));
      const { description } = textOf(member, this.#checker);
      // Draft 7 ignores what stands beside a reference.
      if (description === undefined || schema.$ref !== undefined) return [member.name, schema];
      return [member.name, { ...schema, description }];
    });
    return {
      type: 'object',
      properties: Object.fromEntries(properties) as Readonly<Record<string, JsonSchema>>,
      required: members.filter(isRequired).map(({ name }) => name),
      ...(this.#of.isClosed ? { additionalProperties: false } : {}),
    };
  }
}

const byText = (one: JsonSchema, other: JsonSchema): number =>
  JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;

function textOf(
  symbol: ts.Symbol | undefined,
  checker: ts.TypeChecker,
): { readonly description?: string } {
  const text = ts.displayPartsToString(symbol?.getDocumentationComment(checker)).trim();
  return text === '' ? {} : { description: text };
}
