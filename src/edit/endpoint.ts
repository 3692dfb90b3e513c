/** Edits of VPC endpoints: new ones of AWS's services, and those that go (semantics section 9). */
import { didYouMean } from '../base/near.ts';
import { groupBy } from '../base/group.ts';
import { present } from '../base/present.ts';
import { type VpcEndpoint, serviceShortName } from '../network/endpoint.ts';
import { freeIn, heldAddresses } from '../network/free-address.ts';
import type { NetworkInterface } from '../network/interface.ts';
import type { Route } from '../network/route-table.ts';
import type { Subnet } from '../network/subnet.ts';
import type { Vpc } from '../network/vpc.ts';
import knownServices from '../../models/services.json' with { type: 'json' };
import { type Draft, note, put, take } from './draft.ts';
import type { EditOf } from './edit.ts';
import { freshId, newGroups } from './new-interface.ts';
import { withoutInterfaces } from './removal.ts';
import { routeText, severRoutes } from './route-table.ts';
import { thing, things } from './selection.ts';

/** The whole name of the service in the VPC's Region; undefined where it is none that is known, which is noted. */
function serviceName(draft: Draft, vpc: Vpc, asked: string): string | undefined {
  if (serviceShortName(asked) !== asked) return asked;
  const names = [...draft.network.endpoints.values()].map((one) => one.serviceName);
  const same = names.find((one) => serviceShortName(one) === asked);
  if (same === undefined && !(knownServices as readonly string[]).includes(asked)) {
    draft.wrong('service', {
      code: 'unknown-service',
      message: `\`${asked}\` is no AWS service that is known here.`,
      hint: didYouMean(asked, knownServices) ?? 'Its whole name, `com.amazonaws.REGION.NAME`, is taken as written.',
    });
    return undefined;
  }
  if (vpc.region !== undefined) return `com.amazonaws.${vpc.region}.${asked}`;
  if (same !== undefined) return same;
  draft.wrong('service', {
    code: 'not-read',
    message: `The Region of \`${vpc.id}\` is not told.`,
    hint: `Write the whole name, \`com.amazonaws.REGION.${asked}\`.`,
  });
  return undefined;
}

const endpointOf = (
  draft: Draft,
  vpc: Vpc,
  id: string,
  service: string,
  rest: Pick<VpcEndpoint, 'endpointType' | 'routeTables' | 'subnets' | 'interfaces' | 'privateDnsEnabled'>,
): VpcEndpoint => ({
  kind: 'vpc-endpoint',
  id,
  tags: {},
  source: draft.source,
  ...present({ account: vpc.account, region: vpc.region }),
  vpc: vpc.id,
  serviceName: service,
  state: 'available',
  ...rest,
});

export function addInterfaceEndpoint(draft: Draft, edit: EditOf<'add-interface-endpoint'>): void {
  const vpc = thing(draft, 'vpc', edit.vpc, 'VPC', 'vpc');
  const subnets = things(draft, 'subnets', edit.subnets, 'subnet', 'subnet');
  if (vpc === undefined) return;
  const service = serviceName(draft, vpc, edit.service);
  const groups = newGroups(draft, vpc.id, edit.groups);
  const id = freshId(draft, 'id', 'vpce', edit.id);
  checkSubnets(draft, vpc, subnets);
  const privateDns = edit.privateDns !== 'off';
  const rival = [...draft.network.endpoints.values()].find(
    (one) => privateDns && one.privateDnsEnabled && one.vpc === vpc.id && one.serviceName === service,
  );
  if (rival !== undefined)
    draft.wrong('service', {
      code: 'conflicting-endpoint',
      message: `\`${rival.id}\` has the private DNS names of \`${edit.service}\` in \`${vpc.id}\` already.`,
      hint: 'Say `private-dns off`, or remove that one first.',
    });
  if (service === undefined || groups === undefined || id === undefined || subnets.length === 0) return;
  const nics = subnets.map((subnet) => nodeOf(draft, id, subnet, groups));
  put(draft, 'interfaces', ...nics);
  const endpoint = endpointOf(draft, vpc, id, service, {
    endpointType: 'Interface',
    routeTables: [],
    subnets: subnets.map((one) => one.id),
    interfaces: nics.map((one) => one.id),
    privateDnsEnabled: privateDns,
  });
  put(draft, 'endpoints', endpoint);
  const where = subnets.map((one) => one.id).join(', ');
  note(draft, endpoint, 'interface endpoint', undefined, `${service} in ${where}, ${groups.join(', ')}`);
}

/** One interface in a zone (semantics 9.11). */
function checkSubnets(draft: Draft, vpc: Vpc, subnets: readonly Subnet[]): void {
  for (const one of subnets)
    if (one.vpc !== vpc.id)
      draft.wrong('subnets', {
        code: 'wrong-vpc',
        message: `\`${one.id}\` is of \`${one.vpc}\`, not of \`${vpc.id}\`.`,
        hint: 'Name subnets of the same VPC.',
      });
  for (const [zone, [first, second]] of groupBy(subnets, (one) => one.zone))
    if (first !== undefined && second !== undefined)
      draft.wrong('subnets', {
        code: 'same-zone',
        message: `\`${first.id}\` and \`${second.id}\` are in one zone, ${zone}.`,
        hint: 'An endpoint has one interface in each zone.',
      });
}

/** At whichever address AWS would give it. */
function nodeOf(draft: Draft, endpoint: string, subnet: Subnet, groups: readonly string[]): NetworkInterface {
  const { ipv4 } = freeIn(subnet, heldAddresses(draft.network));
  if (ipv4 === undefined)
    draft.wrong('subnets', { code: 'address-not-free', message: `\`${subnet.id}\` has no free IPv4 address.` });
  return {
    kind: 'network-interface',
    id: `eni-${endpoint}-${subnet.id}`,
    tags: {},
    source: draft.source,
    ...present({ account: subnet.account, region: subnet.region }),
    vpc: subnet.vpc,
    subnet: subnet.id,
    interfaceType: 'vpc_endpoint',
    role: 'interface-endpoint',
    description: `VPC Endpoint Interface ${endpoint}`,
    groups,
    addresses: [],
    prefixes: [],
    sourceDestCheck: true,
    denyAllIgwTraffic: false,
    attached: true,
    imaginary: { pool: present({ ipv4 }) },
  };
}

export function addGatewayEndpoint(draft: Draft, edit: EditOf<'add-gateway-endpoint'>): void {
  const vpc = thing(draft, 'vpc', edit.vpc, 'VPC', 'vpc');
  const tables = things(draft, 'tables', edit.tables, 'route table', 'route-table');
  if (vpc === undefined) return;
  const service = serviceName(draft, vpc, edit.service);
  const id = freshId(draft, 'id', 'vpce', edit.id);
  const list = [...draft.network.prefixLists.values()].find(({ name }) => name === service);
  if (service !== undefined && !['s3', 'dynamodb', 's3express'].includes(serviceShortName(service)))
    draft.wrong('service', {
      code: 'unknown-service',
      message: `\`${edit.service}\` has no gateway endpoints.`,
      hint: 'S3 and DynamoDB have; others have `interface-endpoint`.',
    });
  else if (service !== undefined && list === undefined)
    draft.wrong('service', {
      code: 'not-read',
      message: `The prefix list of \`${service}\` is not in the input.`,
      hint: 'Add the output of `aws ec2 describe-prefix-lists`.',
    });
  for (const one of tables)
    if (one.vpc !== vpc.id)
      draft.wrong('tables', {
        code: 'wrong-vpc',
        message: `\`${one.id}\` is of \`${one.vpc}\`, not of \`${vpc.id}\`.`,
        hint: 'Name tables of the same VPC.',
      });
  if (service === undefined || list === undefined || id === undefined) return;
  const endpoint = endpointOf(draft, vpc, id, service, {
    endpointType: 'Gateway',
    routeTables: tables.map((one) => one.id),
    subnets: [],
    interfaces: [],
    privateDnsEnabled: false,
  });
  put(draft, 'endpoints', endpoint);
  note(draft, endpoint, 'gateway endpoint', undefined, service);
  for (const table of tables) {
    const route: Route = {
      destination: { kind: 'prefix-list', id: list.id },
      target: { kind: 'gateway-endpoint', id },
      state: 'active',
      origin: 'static',
      source: draft.source,
    };
    put(draft, 'routeTables', { ...table, routes: [...table.routes, route] });
    note(draft, table, 'route', undefined, routeText(route));
  }
}

/** Its firewall or endpoint service has it no more either. */
export function removeEndpoint(draft: Draft, { endpoint: name }: EditOf<'remove-endpoint'>): void {
  for (const endpoint of things(draft, 'endpoint', name, 'VPC endpoint', 'vpc-endpoint')) {
    const { id } = endpoint;
    for (const firewall of draft.network.firewalls.values())
      if (firewall.endpoints.includes(id))
        put(draft, 'firewalls', { ...firewall, endpoints: firewall.endpoints.filter((one) => one !== id) });
    for (const service of draft.network.endpointServices.values())
      if (service.connections.some((one) => one.endpoint === id))
        put(draft, 'endpointServices', {
          ...service,
          connections: service.connections.filter((one) => one.endpoint !== id),
        });
    take(draft, 'endpoints', id);
    note(
      draft,
      endpoint,
      'endpoint',
      endpoint.serviceName === '' ? endpoint.endpointType : endpoint.serviceName,
      undefined,
    );
    severRoutes(draft, new Set([id]));
    withoutInterfaces(draft, endpoint.interfaces);
  }
}
