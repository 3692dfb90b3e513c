/**
 * VPC Lattice: service networks with what is associated with them, services, target groups, resource gateways and
 * resource configurations. Lists have no key of their own, and tell by ARNs what they hold.
 */
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import { type Item, named, stateOf } from './lattice-item.ts';
import { readListener, readRule } from './lattice-listener.ts';
import { readResourceConfiguration, readResourceGateway } from './resource-configuration.ts';
import { readLatticeTargetGroup, readTargets, isTarget } from './lattice-target-group.ts';
import { type At, isObject, list, provenance, required, text, texts } from './fields.ts';
import { attach } from './opaque-gateway.ts';
import { isWhole } from './scope.ts';
import { fileNameOf } from './subject.ts';
import { entryOf } from './unmodelled.ts';

/** A list, as an answer by itself; without `items`, one thing. */
export interface LatticeList extends Item {
  readonly items?: readonly object[];
  readonly nextToken?: string;
}

const ofLattice = /^arn:[^:]*:vpc-lattice:/;

/** Its lists have no key of their own: all are `items`, told by the ARNs in them, or, of targets, by having nothing else. */
export const isLatticeList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => isLatticeItem(item) || isTarget(item));

/** What `get-…` prints, and an element of what `list-…` does. */
export const isLatticeItem = (value: unknown): boolean =>
  isObject(value) &&
  [value['arn'], value['serviceNetworkArn']].some((arn) => typeof arn === 'string' && ofLattice.test(arn));

/** A list of associations with VPCs, as far as it tells, and as its file's name does. */
export const isAssociationList = (items: readonly object[], file: string): boolean =>
  items.length === 0
    ? (listOf(file) ?? vpcAssociations) === vpcAssociations
    : items.every((item) => 'arn' in item && typeof item.arn === 'string' && association.test(item.arn));

const endpointAssociation = 'servicenetworkvpcendpointassociation';
const vpcAssociations = 'service-network-vpc-associations';
const association = /:servicenetworkvpcassociation\//;

/** What the file's name says that it lists: `listeners`, `service-network-service-associations`. */
const listOf = (file: string): string | undefined =>
  /(?:^|[^a-z])list-([a-z]+(?:-[a-z]+)*)/.exec(fileNameOf(file))?.[1];

/** One list, or one thing that `get-…` prints. */
export function readLattice(at: At<LatticeList>, findings: Findings): void {
  if (!('items' in at.json)) return readItem(at, findings);
  const items = list(at, 'items');
  const [first] = items;
  if (first === undefined ? listOf(at.in.file) === 'targets' : isTarget(first.json))
    return readTargets(at, isComplete(at, ['targetGroupIdentifier']), findings);
  for (const item of items) readItem(item, findings);
  noteList(at, items, findings);
}

function readItem(at: At<Item>, findings: Findings): void {
  const { lattice } = findings;
  switch (typeOf(at.json) ?? 'unknown') {
    case 'servicenetworkvpcassociation':
      return readVpcAssociation(at, findings);
    case endpointAssociation:
      return readEndpointAssociation(at, findings);
    case 'servicenetworkserviceassociation':
      return readMember(at, 'service', text(at, 'serviceId'), findings);
    case 'servicenetworkresourceassociation':
      return readMember(at, 'resource', text(at, 'resourceConfigurationId'), findings);
    case 'servicenetwork': {
      const id = required(at, 'id');
      if (id !== undefined) lattice.networks.push({ ...named(at, id), ...authorizes(at) });
      return;
    }
    case 'service': {
      const id = required(at, 'id');
      if (id !== undefined) lattice.services.push({ ...named(at, id), ...authorizes(at), state: stateOf(at) });
      return;
    }
    case 'listener':
      return readListener(at, lattice);
    case 'rule':
      return readRule(at, lattice);
    case 'targetgroup':
      return readLatticeTargetGroup(at, lattice);
    case 'resourcegateway':
      return readResourceGateway(at, lattice);
    case 'resourceconfiguration':
      return readResourceConfiguration(at, lattice);
    default: {
      const id = text(at, 'arn') ?? text(at, 'id') ?? at.place;
      findings.notModelled.push(entryOf('lattice-resource', id, provenance(at)));
    }
  }
}

/** What the ARN says that it is; listeners and rules stand below their services. Associations of endpoints have none. */
function typeOf({ arn, serviceNetworkArn, vpcId, vpcEndpointId }: Item): string | undefined {
  if (vpcEndpointId !== undefined) return endpointAssociation;
  if (typeof arn !== 'string')
    return serviceNetworkArn !== undefined && vpcId !== undefined ? 'servicenetworkvpcassociation' : undefined;
  const parts = /^arn:[^:]*:vpc-lattice:[^:]*:[^:]*:([a-z]+)\/[^/]+(?:\/([a-z]+)\/[^/]+)?(?:\/([a-z]+)\/)?/.exec(arn);
  return parts?.[3] ?? parts?.[2] ?? parts?.[1];
}

/** An auth policy takes effect with the type `AWS_IAM` alone. */
const authorizes = (at: At<Item>): { readonly authorizes?: boolean } => {
  const type = text(at, 'authType');
  return type === undefined ? {} : { authorizes: type !== 'NONE' };
};

const networkOf = (at: At<Item>): string | undefined =>
  text(at, 'serviceNetworkId') ?? text(at, 'serviceNetworkArn')?.split('/').at(-1);

/** The network's, by its ARN. */
const ownerOf = (at: At<Item>): { readonly owner?: string } =>
  present({ owner: /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(text(at, 'serviceNetworkArn') ?? '')?.[1] });

function readVpcAssociation(at: At<Item>, findings: Findings): void {
  const id = required(at, 'id');
  const network = networkOf(at);
  const vpc = text(at, 'vpcId');
  // One that failed to be deleted is there still.
  if (id === undefined || network === undefined || vpc === undefined || stateOf(at) === 'failed') return;
  const groups = at.json.securityGroupIds === undefined ? undefined : texts(at, 'securityGroupIds');
  const source = provenance(at);
  const told = { ...ownerOf(at), ...present({ groups }) };
  findings.lattice.vpcAssociations.push({ id, network, vpc, state: stateOf(at), source, ...told });
  const to = { kind: 'vpc', id: vpc } as const;
  attach(at, 'service-network', network, { id, to, name: 'service-network-vpc-association' }, findings);
}

/** Its state is AWS's word for the endpoint's. */
function readEndpointAssociation(at: At<Item>, { lattice }: Findings): void {
  const id = required(at, 'vpcEndpointId');
  const network = networkOf(at);
  if (id === undefined || network === undefined) return;
  const state = (text(at, 'state') ?? 'available').toLowerCase();
  lattice.endpointAssociations.push({ id, network, state, source: provenance(at) });
}

function readMember(
  at: At<Item>,
  kind: 'service' | 'resource',
  member: string | undefined,
  { lattice }: Findings,
): void {
  const id = required(at, 'id');
  const network = networkOf(at);
  if (id === undefined || network === undefined || member === undefined || stateOf(at) === 'failed') return;
  lattice.memberAssociations.push({ kind, id, network, member, state: stateOf(at), ...ownerOf(at) });
}

/** That a list held everything of its subject. */
function noteList(at: At<LatticeList>, items: readonly At<Item>[], { lattice }: Findings): void {
  const type = items[0] === undefined ? undefined : typeOf(items[0].json);
  const call = listOf(at.in.file);
  const is = (arn: string, listed: string): boolean => (type === undefined ? call === listed : type === arn);
  const own = present({ account: at.in.account, region: at.in.region });
  const note = (of: (typeof lattice.lists)[number]['of'], subject: string | undefined): void => {
    if (subject !== undefined) lattice.lists.push({ of, subject, ...own });
  };
  if (is('servicenetworkserviceassociation', 'service-network-service-associations') && isComplete(at, [byNetwork]))
    note('services', subjectIn(at, byNetwork, /(?<![a-z])sn-[0-9a-z]+/));
  else if (
    is('servicenetworkresourceassociation', 'service-network-resource-associations') &&
    isComplete(at, [byNetwork, 'includeChildren'])
  )
    note('resources', subjectIn(at, byNetwork, /(?<![a-z])sn-[0-9a-z]+/));
  else if (is('listener', 'listeners') && isComplete(at, ['serviceIdentifier']))
    note('listeners', upper(items) ?? subjectIn(at, 'serviceIdentifier', /(?<![a-z])svc-[0-9a-z]+/));
  else if (is('rule', 'rules') && isComplete(at, ['serviceIdentifier', 'listenerIdentifier']))
    note('rules', upper(items));
  else if (is('resourceconfiguration', 'resource-configurations')) {
    const group = 'resourceConfigurationGroupIdentifier';
    if (isComplete(at, [])) lattice.lists.push({ of: 'members', ...own });
    else if (isComplete(at, [group])) note('members', subjectIn(at, group, /(?<![a-z])rcfg-[0-9a-z]+/));
  }
}

const byNetwork = 'serviceNetworkIdentifier';

/** Nothing is left out but what belongs to others than the subject, and no page follows. */
function isComplete(at: At<LatticeList>, subjects: readonly string[]): boolean {
  const others = Object.entries(at.in.request ?? {}).filter(([key]) => !subjects.includes(key));
  return isWhole(Object.fromEntries(others)) && (text(at, 'nextToken') ?? '') === '';
}

/** The id in the request, given by itself or at the end of an ARN, or in the file's name. */
function subjectIn(at: At<object>, key: string, pattern: RegExp): string | undefined {
  const told = at.in.request?.[key];
  return (typeof told === 'string' ? told.split('/').at(-1) : pattern.exec(fileNameOf(at.in.file))?.[0]) ?? undefined;
}

/** What stands above all of them: the service's id of listeners, the listener's ARN of rules. */
function upper(items: readonly At<Item>[]): string | undefined {
  const all = new Set(items.map((item) => /^(.*)\/(?:listener|rule)\/[^/]+$/.exec(text(item, 'arn') ?? '')?.[1]));
  const [only] = all;
  if (all.size !== 1 || only === undefined) return undefined;
  return only.includes('/listener/') ? only : only.split('/').at(-1);
}
