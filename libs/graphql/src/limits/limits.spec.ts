import { GraphqlDesk } from '@netfold/testkit/graphql';
import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { costOf, demandCheap } from './cost.ts';
import { limits } from './limits.ts';
import { demandFewTokens, shapeFailure } from './shape.ts';

/** Far above what judging takes, far below what counting everything would. */
const judgedMsMax = 100;

/** The best of a few: a machine that is busy for a moment does not fail it. */
const bestMs = (judge: () => unknown): number => {
  const rounds = Array.from({ length: 5 }, () => {
    const before = performance.now();
    judge();
    return performance.now() - before;
  });
  return Math.min(...rounds);
};

const { schema } = new GraphqlDesk();
const many = (count: number, one: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(' ');
const shapeOf = (source: string): unknown =>
  shapeFailure(parse(source))?.extensions['code'] ?? 'fine';

test('the limits are those that are documented', () => {
  expect(limits).toMatchObject({
    bodyBytes: 102400,
    tokens: 2e3,
    depth: 8,
    aliases: 30,
    rootFields: 10,
    mutations: 10,
    directivesPerField: 3,
    fragments: 50,
    pageSize: 200,
    cost: 5e3,
    queryMs: 5e3,
    hostExecMs: 120e3,
    connectionInitMs: 5e3,
    subscriptionsPerSocket: 20,
    socketsPerActor: 5,
  });
});

describe('tokens', () => {
  const of = (count: number): string => `{${many(count - 2, () => 'me')}}`;

  test('two thousand pass, one more does not', () => {
    expect(() => demandFewTokens(of(2_000))).not.toThrow();
    expect(() => demandFewTokens(of(2_001))).toThrow('at most 2000 tokens');
  });

  test('of a megabyte are not even counted', () => {
    const source = of(300_000);
    const judge = () => expect(() => demandFewTokens(source)).toThrow();
    expect(bestMs(judge)).toBeLessThan(judgedMsMax);
  });
});

describe('levels of objects', () => {
  const deep = (levels: number): string => `{${'a{'.repeat(levels)}b${'}'.repeat(levels)}}`;

  test.each([
    [8, 'fine'],
    [9, 'QUERY_TOO_DEEP'],
    [900, 'QUERY_TOO_DEEP'],
  ])('%i are %s', (levels, verdict) => expect(shapeOf(deep(levels))).toBe(verdict));

  test('count through fragments', () => {
    const spread = (below: string) => `{a{a{a{a{...F}}}}} fragment F on X {${below}}`;
    expect(shapeOf(spread('a{a{a{a{b}}}}'))).toBe('fine');
    expect(shapeOf(spread('a{a{a{a{a{b}}}}}'))).toBe('QUERY_TOO_DEEP');
    expect(shapeOf(`{a{a{a{a{... on X {a{a{a{a{a{b}}}}}}}}}}}`)).toBe('QUERY_TOO_DEEP');
  });

  test('let the introspection of every tool through, and no deeper', () => {
    expect(shapeOf(getIntrospectionQuery())).toBe('fine');
    const schemaOf = (levels: number) =>
      `{__schema{types${'{ofType'.repeat(levels)}{name}${'}'.repeat(levels)}}}`;
    expect(shapeOf(schemaOf(13))).toBe('fine');
    expect(shapeOf(schemaOf(14))).toBe('QUERY_TOO_DEEP');
  });
});

describe('counts', () => {
  test.each([
    ['aliases', 30, (count: number) => `{a{${many(count, (i) => `x${i}:b`)}}}`, 'TOO_MANY_ALIASES'],
    [
      'root fields',
      10,
      (count: number) => `{${many(count, (i) => `f${i}`)}}`,
      'TOO_MANY_ROOT_FIELDS',
    ],
    [
      'mutations',
      10,
      (count: number) => `mutation {${many(count, (i) => `f${i}`)}}`,
      'TOO_MANY_MUTATIONS',
    ],
    [
      'directives',
      3,
      (count: number) => `{a ${many(count, (i) => `@d${i}`)}}`,
      'TOO_MANY_DIRECTIVES',
    ],
    [
      'fragments',
      50,
      (count: number) => `{a} ${many(count, (i) => `fragment F${i} on X {b}`)}`,
      'TOO_MANY_FRAGMENTS',
    ],
  ])('of %s: %i pass, one more does not', (_, most, sourceOf, code) => {
    expect(shapeOf(sourceOf(most))).toBe('fine');
    expect(shapeOf(sourceOf(most + 1))).toBe(code);
  });

  test('of root fields go through fragments', () => {
    const source = `{...F ...G} fragment F on X {${many(6, (i) => `f${i}`)}} `;
    expect(shapeOf(`${source} fragment G on X {${many(5, (i) => `g${i}`)}}`)).toBe(
      'TOO_MANY_ROOT_FIELDS',
    );
  });
});

test('fragments that multiply, and such that make a circle, are judged at once', () => {
  const doubling = many(49, (i) => `fragment F${i} on Lab {...F${i + 1} ...F${i + 1}}`);
  const source = `{lab(id: "x"){...F0}} ${doubling} fragment F49 on Lab {hosts(first: 1){...C}}`;
  const circle = 'fragment C on HostConnection {nodes{lab{...F0}}}';
  const document = parse(`${source} ${circle}`);
  const judge = (): void => {
    shapeFailure(document);
    costOf({ schema, document, operationName: null, variables: {} });
  };
  expect(bestMs(judge)).toBeLessThan(judgedMsMax);
});

describe('points', () => {
  const cost = (source: string, variables = {}, operationName: string | null = null): number =>
    costOf({ schema, document: parse(source), operationName, variables });

  test('are one for each object, and the size of a page times what an element costs', () => {
    expect(cost('{ me { name } }')).toBe(1);
    expect(cost('{ lab(id: "x") { hosts(first: 3) { nodes { name } } } }')).toBe(1 + 1 + 3);
    expect(cost('{ lab(id: "x") { hosts(first: 3) { edges { node { name } } } } }')).toBe(
      1 + 1 + 3,
    );
    const nested = 'hosts(first: 3) { nodes { networks(first: 10) { nodes { name } } } }';
    expect(cost(`{ lab(id: "x") { ${nested} } }`)).toBe(1 + 1 + 3 * (1 + 1 + 10));
  });

  test('of plain lists are those of a few', () => {
    const endpoint = 'endpoints { network { name } }';
    expect(
      cost(`{ lab(id: "x") { host(name: "h") { container(reference: "c") { ${endpoint} } } } }`),
    ).toBe(3 + limits.plainListSize * 2);
  });

  test('follow variables and their defaults', () => {
    const query = (given: string) =>
      `query Q($n: Int!${given}) { lab(id: "x") { hosts(first: $n) { nodes { name } } } }`;
    expect(cost(query(''), { n: 7 })).toBe(9);
    expect(cost(query(' = 5'))).toBe(7);
    expect(() => cost(query(''))).toThrow('from 1 to 200');
  });

  test('are counted of the operation that is asked for', () => {
    const two =
      'query A { me { name } } query B { lab(id: "x") { hosts(first: 9) { nodes { name } } } }';
    expect([cost(two, {}, 'A'), cost(two, {}, 'B')]).toEqual([1, 11]);
  });

  test('count unknown things as nothing: validation has refused them', () => {
    expect(cost('{ nope { nope(first: 9) { nope } } }')).toBe(0);
  });

  test('up to five thousand pass, one more does not', () => {
    const of = (first: number) => {
      const inner = `endpoints(first: ${first}) { nodes { ipv4 } }`;
      return parse(`{ lab(id: "x") { hosts(first: 38) { nodes { ${inner} } } } me { name } }`);
    };
    // 1 + 1 + 38 * (1 + 1 + first) + 1
    const ask = (first: number) =>
      demandCheap({ schema, document: of(first), operationName: null, variables: {} });
    expect(ask(129)).toBe(4_981);
    expect(() => ask(130)).toThrow(/costs 5019 points; at most 5000/);
  });

  test('let the page of a host with a hundred endpoints pass', () => {
    const page = `{ lab(id: "x") { host(name: "h") { name endpoints(first: 100) { nodes {
      ipv4 network { name } interface { name addresses { address } } hostInterface { name }
      routes { destination } } } } } }`;
    expect(cost(page)).toBeLessThan(limits.cost);
  });

  test.each([0, 201, -1])('a page of %i is no page', (first) => {
    expect(() => cost(`{ labs(first: ${first}) { nodes { name } } }`)).toThrow('from 1 to 200');
  });
});
