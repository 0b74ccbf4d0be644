import type { Role } from '../actor.ts';
import { grants } from './can.ts';
import type { Grant } from './can.ts';
import {
  permissionOfCommand,
  permissionOfDockerRoute,
  permissionOfGraphqlField,
  scopeOfPermission,
} from './permission.ts';
import type { Permission } from './permission.ts';

export const roles: readonly Role[] = [
  'operator',
  'instructor',
  'student',
  'automation',
  'observer',
];

export type PermissionRow = {
  readonly route: string;
  readonly permission: Permission;
  readonly cells: Readonly<Record<Role, Grant>>;
};

/** Every route of every face against every role. Docker routes come from the face that has them. */
export function permissionRows(dockerRoutes: readonly string[]): readonly PermissionRow[] {
  const rows: [string, Permission][] = [
    ...Object.entries(permissionOfGraphqlField),
    ...Object.entries(permissionOfCommand).map(([type, permission]): [string, Permission] => [
      `Command.${type}`,
      permission,
    ]),
    ...dockerRoutes.map((route): [string, Permission] => [route, permissionOfDockerRoute(route)]),
  ];
  return rows.map(([route, permission]) => ({
    route,
    permission,
    cells: Object.fromEntries(
      roles.map((role) => [role, grants[role][permission] ?? 'never']),
    ) as Readonly<Record<Role, Grant>>,
  }));
}

const words: Readonly<Record<Grant, string>> = {
  tenant: 'yes',
  owner: 'owner',
  member: 'member',
  viewer: 'viewer',
  never: '-',
};

/** The page of the reference. */
export function permissionPage(rows: readonly PermissionRow[]): string {
  const head = ['route', 'permission', 'scope of a token', ...roles];
  const lines = rows.map(({ route, permission, cells }) => [
    `\`${route}\``,
    permission,
    scopeOfPermission[permission] ?? '-',
    ...roles.map((role) => words[cells[role]]),
  ]);
  const table = [head, head.map(() => '---'), ...lines];
  return `${intro}${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

const intro = `# Who may do what

Reference. This page is made by a test from the table that the service itself asks.

- *yes*: in every lab of the own tenant, or where no lab is meant.
- *viewer*, *member*, *owner*: in labs where the user is at least that.
- A token with scopes needs the scope of the row as well; an automation has no right without scopes.
- A token for some labs reaches these labs only, and makes and administers nothing else.
- A lab that one may not read does not exist for one, whatever its id.
- A command of the Docker API asks for \`docker.operate\` where the table says \`lab.operate\`.

`;
