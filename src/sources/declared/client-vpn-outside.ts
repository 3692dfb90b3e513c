/** Subnets, routes and rules that a declaration adds to Client VPN endpoints that exist already (semantics 14.3). */
import { blocksOfVpc } from './block.ts';
import { clientVpnTypes, routeOf, ruleOf } from './client-vpn.ts';
import { subnetType } from './kinds.ts';
import { idOf } from './property.ts';
import { type At, isThere, note, provenance, type Reading, topOf } from './reading.ts';
import { aroundOutside } from './satellite.ts';
import { standIn, vpcOfSubnet } from './service-interface.ts';
import { Unknown } from './value.ts';

export function clientVpnsOutside(reading: Reading): void {
  const { findings, outside } = reading;
  const named = (type: string) => aroundOutside(reading, type, 'ClientVpnEndpointId', clientVpnTypes.endpoint);
  // With one that is not known, its answers no longer tell all of the endpoint.
  const told = <T>(endpoint: string, [all, possible]: readonly [readonly At[], readonly At[]], read: (at: At) => T) => {
    const items = all.map((at) => (isThere(at) ? read(at) : undefined));
    if (possible.length > 0 || items.includes(undefined)) outside.blurred.add(endpoint);
    return items.filter((one) => one !== undefined);
  };
  for (const [endpoint, ...some] of named(clientVpnTypes.association)) {
    const [first] = some.flat();
    const items = told(endpoint, some, (at) => associationOf(at, endpoint));
    const source = provenance(first!);
    findings.clientVpnAssociations.push({
      endpoint,
      items: items.map((one) => one.association),
      whole: false,
      source,
    });
    findings.clientVpnRoutes.push({ endpoint, items: items.flatMap(({ routes }) => routes), whole: false, source });
  }
  for (const [endpoint, ...some] of named(clientVpnTypes.route)) {
    const [first] = some.flat();
    const items = told(endpoint, some, routeOf);
    findings.clientVpnRoutes.push({ endpoint, items, whole: false, source: provenance(first!) });
  }
  for (const [endpoint, ...some] of named(clientVpnTypes.rule)) {
    const [first] = some.flat();
    const items = told(endpoint, some, ruleOf);
    findings.clientVpnRules.push({ endpoint, items, whole: false, source: provenance(first!) });
  }
}

/** By an interface with the groups of the endpoint's others, and with the route to the VPC; undefined where one of these is not known. */
function associationOf(at: At, endpoint: string) {
  const { around, byId } = at.in;
  const subnet = idOf(at, 'SubnetId', subnetType);
  if (subnet instanceof Unknown) note(at, 'SubnetId', subnet, 'with what its endpoint is associated counts as unread');
  const runs = around.clientVpns.get(endpoint);
  const vpc = typeof subnet === 'string' ? vpcOfSubnet(at.in, subnet) : undefined;
  const declared = byId.get(vpc ?? '');
  const blocks = declared === undefined ? around.vpcs.get(vpc ?? '') : blocksOfVpc(topOf(at.in, declared));
  if (typeof subnet !== 'string' || runs === undefined || blocks === undefined) return undefined;
  const groups = { known: runs.groups ?? [], unknown: runs.groups ? [] : [new Unknown('no other has any')] };
  if (!runs.subnets.includes(subnet))
    standIn(
      at,
      { interfaceType: 'interface', description: `ClientVPN Endpoint resource ${at.of.address}`, groups },
      { subnet, pending: { ipv4: 1, ipv6: 0, public: false } },
    );
  if (runs.groups === undefined) return undefined;
  const source = provenance(at);
  return {
    association: { id: at.of.id, subnet, groups: runs.groups, state: 'associated', source },
    routes: blocks.map((destination) => ({ destination, subnet, state: 'active', source })),
  };
}
