/** References of gateways and endpoints to subnets, tables and interfaces: those that are gone are blamed or left out. */
import { groupBy } from '../../base/group.ts';
import type { VpcEndpoint } from '../endpoint.ts';
import type { NatGateway } from '../gateway.ts';
import type { NetworkInterface } from '../interface.ts';
import type { Subnet } from '../subnet.ts';
import { blameDangling, blameMissingCall, type Building, wasRead } from './building.ts';
import { ownerInDescription } from './interface-role.ts';

interface Parts {
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly interfaces: ReadonlyMap<string, NetworkInterface>;
  readonly natGateways: ReadonlyMap<string, NatGateway>;
  readonly endpoints: ReadonlyMap<string, VpcEndpoint>;
}

/** The endpoints with those subnets, tables and interfaces alone that the input holds. */
export function checkReferences(building: Building, parts: Parts): Map<string, VpcEndpoint> {
  const tables = new Set(building.findings.routeTables.map(({ id }) => id));
  for (const gateway of parts.natGateways.values()) {
    if (gateway.state === 'deleted') continue;
    for (const [what, call, id, isThere] of [
      ['subnet', 'describe-subnets', gateway.subnet, (one: string) => parts.subnets.has(one)],
      ['route table', 'describe-route-tables', gateway.routeTable, (one: string) => tables.has(one)],
    ] as const) {
      if (id === undefined || isThere(id)) continue;
      if (wasRead(building, call, gateway)) blameDangling(building, gateway, what, id, call);
      else blameMissingCall(building, gateway, `the ${what} \`${id}\``, call);
    }
  }
  const endpoints = new Map<string, VpcEndpoint>();
  const nodes = groupBy(parts.interfaces.values(), ({ unread, description }) =>
    unread === undefined ? undefined : ownerInDescription(description),
  );
  for (const endpoint of parts.endpoints.values()) {
    const keep = (what: string, call: string, ids: readonly string[], isThere: (id: string) => boolean) => {
      for (const id of ids)
        if (!isThere(id) && endpoint.state === 'available' && wasRead(building, call, endpoint))
          blameDangling(building, endpoint, what, id, call);
      return ids.every(isThere) ? ids : ids.filter(isThere);
    };
    endpoints.set(endpoint.id, {
      ...endpoint,
      subnets: keep('subnet', 'describe-subnets', endpoint.subnets, (id) => parts.subnets.has(id)),
      routeTables: keep('route table', 'describe-route-tables', endpoint.routeTables, (id) => tables.has(id)),
      interfaces: [
        ...keep('network interface', 'describe-network-interfaces', endpoint.interfaces, (id) =>
          parts.interfaces.has(id),
        ),
        ...(nodes.get(endpoint.id) ?? []).map(({ id }) => id),
      ],
    });
  }
  return endpoints;
}
