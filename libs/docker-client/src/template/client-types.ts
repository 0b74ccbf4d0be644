import type { GoShape } from './go-shape.ts';

/** What the client itself puts answers into. @source docker/cli v20.10 cli/command */
export const clientTypes: Readonly<Record<string, GoShape>> = {
  'formatter.SubHeaderContext': { kind: 'map', key: 'string', elem: 'string' },
  'formatter.diskUsageContext': {
    kind: 'struct',
    fields: [
      ['Images', '[]*formatter.imageContext', '', ''],
      ['Containers', '[]*formatter.ContainerContext', '', ''],
      ['Volumes', '[]*formatter.volumeContext', '', ''],
      ['BuildCache', '[]*formatter.buildCacheContext', '', ''],
    ],
  },
  'json.Number': { kind: 'string' },
  // A lab host has no plugins of the client.
  'manager.Plugin': { kind: 'struct', fields: [] },
  // These read themselves from text, and write themselves so.
  'registry.NetIPNet': { kind: 'string' },
  'types.PluginInterfaceType': { kind: 'string' },
  'system.clientInfo': {
    kind: 'struct',
    fields: [
      ['Debug', 'bool', '', ''],
      ['Context', 'string', '', ''],
      ['Plugins', '[]manager.Plugin', '', ''],
      ['Warnings', '[]string', '', ''],
    ],
  },
  'system.clientVersion': {
    kind: 'struct',
    fields: [
      ['Platform', 'struct { Name string }', '', 'omitempty'],
      ['Version', 'string', '', ''],
      ['APIVersion', 'string', 'ApiVersion', ''],
      ['DefaultAPIVersion', 'string', 'DefaultAPIVersion', 'omitempty'],
      ['GitCommit', 'string', '', ''],
      ['GoVersion', 'string', '', ''],
      ['Os', 'string', '', ''],
      ['Arch', 'string', '', ''],
      ['BuildTime', 'string', '', 'omitempty'],
      ['Context', 'string', '', ''],
      ['Experimental', 'bool', '', 'omitempty'],
    ],
  },
  'system.info': {
    kind: 'struct',
    fields: [
      ['Info', '*types.Info', '', 'omitempty embedded'],
      ['ServerErrors', '[]string', '', 'omitempty'],
      ['ClientInfo', '*system.clientInfo', '', 'omitempty'],
      ['ClientErrors', '[]string', '', 'omitempty'],
    ],
  },
  'system.versionInfo': {
    kind: 'struct',
    fields: [
      ['Client', 'system.clientVersion', '', ''],
      ['Server', '*types.Version', '', ''],
    ],
  },
};
