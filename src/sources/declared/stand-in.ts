/** What is named and stands nowhere in the input: VPCs, tables, network ACLs, gateways. What they hold is not known. */
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { Outside } from './outside.ts';

/** Subnets, gateways and VPCs that they are associated with count as having one that nobody read. */
export function withStandIns(findings: Findings, outside: Outside): Findings {
  const tables = new Set(findings.routeTables.map(({ id }) => id));
  const acls = new Set(findings.networkAcls.map(({ id }) => id));
  const vpcOf = new Map(
    [...findings.subnets, ...findings.internetGateways].flatMap(({ id, vpc }) =>
      vpc === undefined ? [] : [[id, vpc] as const],
    ),
  );
  const places = [
    ...[...outside.tableOf].map(([of, table]) => ({ of, table, vpc: vpcOf.get(of) })),
    ...[...outside.mainOf].map(([vpc, table]) => ({ of: vpc, table, vpc })),
  ];
  const open = places.filter(({ table }) => !tables.has(table));
  const strange = [...outside.aclOf].filter(([, acl]) => !acls.has(acl));
  const source = (id: string) => outside.named.get(id)?.source ?? { file: '', place: '' };
  return {
    ...findings,
    vpcs: [...findings.vpcs, ...strangeVpcs(findings, outside)],
    internetGateways: [
      ...findings.internetGateways,
      ...[...outside.attached].flatMap(([id, vpc]) =>
        findings.internetGateways.some((one) => one.id === id)
          ? []
          : { id, kind: 'internet-gateway' as const, tags: {}, vpc, source: source(id) },
      ),
    ],
    routeTables: [
      ...findings.routeTables,
      ...[...new Set(open.map(({ table }) => table))].flatMap((id) => {
        const own = open.filter(({ table, vpc }) => table === id && vpc !== undefined);
        const [first] = own;
        return first?.vpc === undefined
          ? []
          : {
              id,
              kind: 'route-table' as const,
              tags: {},
              vpc: first.vpc,
              main: false,
              routes: [],
              impliesLocal: true as const,
              subnets: [],
              gateways: [],
              changing: own.map(({ of }) => of),
              source: source(id),
            };
      }),
    ],
    networkAcls: [
      ...findings.networkAcls,
      ...[...new Set(strange.map(([, acl]) => acl))].flatMap((id) => {
        const subnets = strange.flatMap(([subnet, acl]) => (acl === id ? [subnet] : []));
        const vpc = subnets.map((subnet) => vpcOf.get(subnet)).find((one) => one !== undefined);
        return vpc === undefined
          ? []
          : {
              id,
              kind: 'network-acl' as const,
              tags: {},
              vpc,
              isDefault: false,
              inbound: [],
              outbound: [],
              subnets,
              understood: false,
              source: source(id),
            };
      }),
    ],
  };
}

/** A VPC that is outside has at least the blocks of its subnets that are declared; more, nothing tells. */
function strangeVpcs(findings: Findings, { named }: Outside): Findings['vpcs'] {
  const known = new Set(findings.vpcs.map(({ id }) => id));
  const standing = [
    findings.subnets,
    findings.routeTables,
    findings.securityGroups,
    findings.networkAcls,
    findings.natGateways,
    findings.endpoints,
    findings.loadBalancers,
    findings.internetGateways,
    findings.egressOnlyInternetGateways,
  ];
  const wanted = new Set(standing.flatMap((list) => list.flatMap(({ vpc }) => vpc ?? [])));
  return [...wanted].flatMap((id) => {
    const first = named.get(id);
    if (known.has(id) || first === undefined) return [];
    const own = findings.subnets.filter(({ vpc }) => vpc === id);
    const cidrs = own.flatMap((subnet) => subnet.cidrs).toSorted((a, b) => a.family.localeCompare(b.family));
    const { account, region } = own[0] ?? {};
    return {
      id,
      kind: 'vpc' as const,
      tags: {},
      cidrs,
      isDefault: false,
      source: first.source,
      ...present({ account, region }),
    };
  });
}
