/** Resource gateways and resource configurations; lists name configurations, and `get-…` tells what they define. */
import { present } from '../../base/present.ts';
import { parseAddress } from '../../net/address.ts';
import type { LatticeFindings, ResourceConfigurationFinding } from '../../network/build/lattice-finding.ts';
import { type At, complain, inner, required, text, texts } from './fields.ts';
import { type Item, named, stateOf } from './lattice-item.ts';

interface Gateway extends Item {
  /** Lists say `vpcIdentifier`, and `get-resource-gateway` `vpcId`. */
  readonly vpcIdentifier?: string;
  readonly subnetIds?: string[];
}

export function readResourceGateway(at: At<Gateway>, { resourceGateways }: LatticeFindings): void {
  const id = required(at, 'id');
  const vpc = text(at, 'vpcIdentifier') ?? text(at, 'vpcId');
  if (id !== undefined)
    resourceGateways.push({
      ...named(at, id),
      state: stateOf(at),
      subnets: texts(at, 'subnetIds'),
      ...present({ vpc }),
    });
}

interface Configuration extends Item {
  readonly type?: string;
  readonly resourceGatewayId?: string;
  readonly resourceConfigurationGroupId?: string;
  readonly portRanges?: string[];
  readonly resourceConfigurationDefinition?: {
    readonly ipResource?: { readonly ipAddress?: string };
    readonly dnsResource?: object;
    readonly arnResource?: object;
  };
}

export function readResourceConfiguration(at: At<Configuration>, { resourceConfigurations }: LatticeFindings): void {
  const id = required(at, 'id');
  const type = text(at, 'type') ?? '';
  if (id === undefined) return;
  const definition = inner(at, 'resourceConfigurationDefinition');
  const ip = definition && inner(definition, 'ipResource');
  resourceConfigurations.push({
    ...named(at, id),
    type,
    state: stateOf(at),
    ...present({
      gateway: text(at, 'resourceGatewayId'),
      group: text(at, 'resourceConfigurationGroupId'),
      ports: at.json.portRanges === undefined ? undefined : portsIn(at, texts(at, 'portRanges')),
      definition: definition && present({ address: parseAddress((ip && text(ip, 'ipAddress')) ?? '') }),
    }),
  });
}

/** `5432`, `22-30`, and several of them with commas between. */
export function portsIn(
  at: At<unknown>,
  ranges: readonly string[],
): NonNullable<ResourceConfigurationFinding['ports']> {
  return ranges.flatMap((written) =>
    written.split(',').flatMap((range) => {
      const [, from, to = from] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(range) ?? [];
      const ports = { from: Number(from), to: Number(to) };
      if (from !== undefined && ports.from <= ports.to && ports.to <= 65535) return [ports];
      complain(at, 'bad-port', 'portRanges', `\`${range}\` is no range of ports.`, 'Write it like 5432 or 8000-8100.');
      return [];
    }),
  );
}
