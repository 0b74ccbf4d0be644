import { readPorts } from '../container/settings/ports.ts';
import { readRecord } from '../value/record.ts';
import { ValueProblem } from '../value/value-problem.ts';

type PublishedPort = {
  readonly Protocol: string;
  readonly TargetPort: number;
  readonly PublishedPort?: number;
  readonly PublishMode: string;
};

const published = (port: number): { readonly PublishedPort?: number } =>
  port === 0 ? {} : { PublishedPort: port };

/**
 * `8080:80`, or `published=8080,target=80,mode=host`.
 *
 * @throws ValueProblem
 * @source docker/cli v20.10 opts/port.go PortOpt.Set
 */
export const readPublishedPorts = (text: string): readonly PublishedPort[] => {
  if (/\w+=\w+(,\w+=\w+)*/.test(text)) return [longForm(text)];
  return Object.entries(readPorts([text], []).bindings).flatMap(([port, bindings]) => {
    const [target = '', Protocol = ''] = port.split('/');
    return bindings.map(({ HostIp, HostPort }) => {
      if (HostIp !== '') throw new ValueProblem('hostip is not supported');
      const TargetPort = Number(target);
      return { Protocol, TargetPort, ...published(Number(HostPort)), PublishMode: 'ingress' };
    });
  });
};

const longForm = (text: string): PublishedPort => {
  const found = { protocol: 'tcp', mode: 'ingress', target: 0, published: 0 };
  for (const field of readRecord(text)) {
    const at = field.indexOf('=');
    if (at < 0) throw new ValueProblem(`invalid field ${field}`);
    const [key, value] = [field.slice(0, at).toLowerCase(), field.slice(at + 1).toLowerCase()];
    if (key === 'protocol') {
      if (!['tcp', 'udp', 'sctp'].includes(value)) {
        throw new ValueProblem(`invalid protocol value ${value}`);
      }
      found.protocol = value;
    } else if (key === 'mode') {
      if (!['ingress', 'host'].includes(value)) {
        throw new ValueProblem(`invalid publish mode value ${value}`);
      }
      found.mode = value;
    } else if (key === 'target' || key === 'published') {
      found[key] = readPort(value);
    } else {
      throw new ValueProblem(`invalid field key ${key}`);
    }
  }
  if (found.target === 0) throw new ValueProblem('missing mandatory field "target"');
  return {
    Protocol: found.protocol,
    TargetPort: found.target,
    ...published(found.published),
    PublishMode: found.mode,
  };
};

const portMax = 65_535;

const readPort = (value: string): number => {
  if (/^\d+$/.test(value) && Number(value) <= portMax) return Number(value);
  const told = /^\d+$/.test(value) ? 'value out of range' : 'invalid syntax';
  throw new ValueProblem(`strconv.ParseUint: parsing ${JSON.stringify(value)}: ${told}`);
};
