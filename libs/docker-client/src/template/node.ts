/** Where a node begins, in UTF-16 units: complaints tell line and column. */
type Placed = { readonly at: number };

/** A number as written, and as what it can be taken. */
export type NumberNode = Placed & {
  readonly kind: 'number';
  readonly text: string;
  readonly int: bigint | null;
  readonly uint: bigint | null;
  readonly float: number | null;
};

export type PipeNode = Placed & {
  readonly kind: 'pipe';
  /** Names with their `$`, declared or assigned by it. */
  readonly variables: readonly string[];
  readonly isAssign: boolean;
  readonly commands: readonly CommandNode[];
};

export type CommandNode = Placed & { readonly kind: 'command'; readonly args: readonly Operand[] };

/** `.A.B`, `$x.A` (the variable is the first name) */
type FieldNode = Placed & {
  readonly kind: 'field' | 'variable';
  readonly names: readonly string[];
};

type ChainNode = Placed & {
  readonly kind: 'chain';
  readonly of: Operand;
  readonly names: readonly string[];
};

export type Operand =
  | (Placed & { readonly kind: 'bool'; readonly value: boolean })
  | (Placed & { readonly kind: 'dot' | 'nil' })
  | (Placed & { readonly kind: 'string'; readonly written: string; readonly value: string })
  | (Placed & { readonly kind: 'identifier'; readonly name: string })
  | NumberNode
  | FieldNode
  | ChainNode
  | PipeNode;

export type ListNode = Placed & { readonly kind: 'list'; readonly nodes: readonly Node[] };

export type BranchNode = Placed & {
  readonly kind: 'if' | 'with' | 'range';
  readonly pipe: PipeNode;
  readonly list: ListNode;
  readonly elseList: ListNode | null;
};

export type Node =
  | (Placed & { readonly kind: 'text'; readonly text: string })
  | (Placed & { readonly kind: 'action'; readonly pipe: PipeNode })
  | (Placed & { readonly kind: 'break' | 'continue' })
  | (Placed & { readonly kind: 'template'; readonly name: string; readonly pipe: PipeNode | null })
  | BranchNode
  | ListNode;

/** What an operand or a pipe looks like in complaints. @source Go text/template/parse node.go */
export const nodeText = (node: Operand | CommandNode): string => {
  switch (node.kind) {
    case 'bool':
      return String(node.value);
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'string':
      return node.written;
    case 'identifier':
      return node.name;
    case 'number':
      return node.text;
    case 'field':
      return node.names.map((name) => `.${name}`).join('');
    case 'variable':
      return node.names.join('.');
    case 'chain':
      return [inParens(node.of), ...node.names].join('.');
    case 'command':
      return node.args.map(inParens).join(' ');
    case 'pipe': {
      const declared = node.variables.length === 0 ? '' : `${node.variables.join(', ')} := `;
      return declared + node.commands.map(nodeText).join(' | ');
    }
  }
};

const inParens = (node: Operand): string =>
  node.kind === 'pipe' ? `(${nodeText(node)})` : nodeText(node);

/** A node of any kind in complaints. */
export const contextText = (node: Node | Operand | CommandNode): string => {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'action':
      return `{{${nodeText(node.pipe)}}}`;
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'template': {
      const given = node.pipe === null ? '' : ` ${nodeText(node.pipe)}`;
      return `{{template ${JSON.stringify(node.name)}${given}}}`;
    }
    case 'list':
      return node.nodes.map(contextText).join('');
    case 'if':
    case 'with':
    case 'range': {
      const otherwise = node.elseList === null ? '' : `{{else}}${contextText(node.elseList)}`;
      const start = `{{${node.kind} ${nodeText(node.pipe)}}}`;
      return `${start}${contextText(node.list)}${otherwise}{{end}}`;
    }
    default:
      return nodeText(node);
  }
};
