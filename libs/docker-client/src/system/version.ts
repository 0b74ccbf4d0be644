import { ClientError } from '../command/client-error.ts';
import { noWords } from '../command/command.ts';
import type { Command } from '../command/command.ts';
import { refusalText } from '../command/engine.ts';
import { tabulated } from '../format/table.ts';
import type { Functions } from '../template/function.ts';
import { decoded } from '../template/go-json.ts';
import { byBytes } from '../template/go-quote.ts';
import { goBool, goStrings } from '../template/go-value.ts';
import type { GoValue } from '../template/go-value.ts';
import { ansicText } from '../template/go-time.ts';
import { Template } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';

/** The client as Debian 12 has it. */
const client = {
  Platform: { Name: '' },
  Version: '20.10.24+dfsg1',
  ApiVersion: '1.41',
  DefaultAPIVersion: '1.41',
  GitCommit: '297e128',
  GoVersion: 'go1.19.8',
  Os: 'linux',
  Arch: 'amd64',
  BuildTime: 'Thu May  7 21:09:36 2026',
  Context: 'default',
  Experimental: true,
};

type ComponentDetails = Readonly<Record<string, string>>;

type Component = {
  readonly Name: string;
  readonly Version: string;
  readonly Details?: ComponentDetails;
};

type ServerVersion = {
  readonly Components?: readonly Component[] | null;
  readonly Version: string;
  readonly ApiVersion: string;
  readonly MinAPIVersion?: string;
  readonly GitCommit: string;
  readonly GoVersion: string;
  readonly Os: string;
  readonly Arch: string;
  readonly BuildTime?: string;
  readonly Experimental?: boolean;
};

const downgraded =
  '{{if ne .APIVersion .DefaultAPIVersion}} (downgraded from {{.DefaultAPIVersion}}){{end}}';

/** @source docker/cli v20.10 cli/command/system/version.go versionTemplate */
const standardFormat = `{{with .Client -}}
Client:{{if ne .Platform.Name ""}} {{.Platform.Name}}{{end}}
 Version:	{{.Version}}
 API version:	{{.APIVersion}}${downgraded}
 Go version:	{{.GoVersion}}
 Git commit:	{{.GitCommit}}
 Built:	{{.BuildTime}}
 OS/Arch:	{{.Os}}/{{.Arch}}
 Context:	{{.Context}}
 Experimental:	{{.Experimental}}
{{- end}}

{{- if .ServerOK}}{{with .Server}}

Server:{{if ne .Platform.Name ""}} {{.Platform.Name}}{{end}}
 {{- range $component := .Components}}
 {{$component.Name}}:
  {{- if eq $component.Name "Engine" }}
  Version:	{{.Version}}
  API version:	{{index .Details "ApiVersion"}} (minimum version {{index .Details "MinAPIVersion"}})
  Go version:	{{index .Details "GoVersion"}}
  Git commit:	{{index .Details "GitCommit"}}
  Built:	{{index .Details "BuildTime"}}
  OS/Arch:	{{index .Details "Os"}}/{{index .Details "Arch"}}
  Experimental:	{{index .Details "Experimental"}}
  {{- else }}
  Version:	{{$component.Version}}
  {{- $detailsOrder := getDetailsOrder $component}}
  {{- range $key := $detailsOrder}}
  {{$key}}:	{{index $component.Details $key}}
   {{- end}}
  {{- end}}
 {{- end}}
 {{- end}}{{- end}}`;

/** @source docker/cli v20.10 cli/command/system/version.go */
const layout = { minWidth: 20, padding: 1 };
const malformedExitCode = 64;

const detailsOrder: Functions = new Map([
  [
    'getDetailsOrder',
    {
      takes: ['types.ComponentVersion'],
      call: ([component = null]) => {
        const details = component?.kind === 'struct' ? component.fields.get('Details') : null;
        const entries = details?.kind === 'map' ? (details.entries ?? []) : [];
        const keys = entries.map(([key]) => (key.kind === 'string' ? key.value : ''));
        return goStrings(keys.toSorted(byBytes));
      },
    },
  ],
]);

/** @source docker/cli v20.10 cli/command/system/version.go */
export const version: Command = {
  words: noWords,
  hidden: '      --kubeconfig string   Kubernetes config file',
  run: ({ engine, flags, out }) => {
    const template = parsedTemplate(flags.text('format'));
    const reply = engine.reply({ method: 'GET', path: '/version' });
    const server = reply.status < 400 ? (JSON.parse(reply.text) as ServerVersion) : null;
    const { text, problem } = template.printed(versionInfo(server));
    out.print(tabulated(`${text}\n`, layout));
    if (server === null) throw new ClientError(refusalText(reply));
    if (problem !== null) throw new ClientError(problem);
  },
};

const parsedTemplate = (format: string): Template => {
  try {
    const source = format === '' ? standardFormat : format;
    return new Template(source, { name: 'version', functions: detailsOrder });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new ClientError(`template parsing error: ${error.message}`, malformedExitCode);
  }
};

const versionInfo = (server: ServerVersion | null): GoValue => {
  const told = { Client: client, Server: server === null ? null : withEngine(server) };
  const info = decoded(JSON.stringify(told), 'system.versionInfo');
  if (info.kind !== 'struct') throw new Error('a version is a struct');
  const isOk = { takes: [], call: () => goBool(server !== null) };
  return { ...info, methods: { ServerOK: isOk } };
};

/** Dates as people read them, and the engine among the components, where it does not say so. */
const withEngine = (server: ServerVersion): ServerVersion => {
  const components = (server.Components ?? []).map((one) =>
    one.Name === 'Engine' && one.Details?.['BuildTime'] !== undefined
      ? { ...one, Details: { ...one.Details, BuildTime: ansicText(one.Details['BuildTime']) } }
      : one,
  );
  if (components.some(({ Name }) => Name === 'Engine'))
    return { ...server, Components: components };
  const Details: ComponentDetails = {
    ApiVersion: server.ApiVersion,
    MinAPIVersion: server.MinAPIVersion ?? '',
    GitCommit: server.GitCommit,
    GoVersion: server.GoVersion,
    Os: server.Os,
    Arch: server.Arch,
    BuildTime: ansicText(server.BuildTime ?? ''),
    Experimental: String(server.Experimental === true),
  };
  const engine = { Name: 'Engine', Version: server.Version, Details };
  return { ...server, Components: [...components, engine] };
};
