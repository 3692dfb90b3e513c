/** VPC Lattice: which VPCs are associated with which service network. What its services and resources are is not read. */
import type { Findings } from '../../network/build/findings.ts';
import { type At, isObject, provenance, required, text } from './fields.ts';
import { attach } from './opaque-gateway.ts';
import { entryOf } from './unmodelled.ts';

/** Any element of a list of VPC Lattice; only associations have the fields besides `arn`. */
interface Item {
  readonly arn?: string;
  readonly id?: string;
  readonly serviceNetworkId?: string;
  readonly serviceNetworkArn?: string;
  readonly vpcId?: string;
  readonly status?: string;
}

const ofLattice = /^arn:[^:]*:vpc-lattice:/;

/** Its lists have no key of their own: all are `items`, told by the ARNs in them, or, of targets, by having nothing else. */
export const isLatticeList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => isLatticeItem(item) || isTarget(item));

/** What `get-…` prints, and an element of what `list-…` does. */
export const isLatticeItem = (value: unknown): boolean =>
  isObject(value) &&
  [value['arn'], value['serviceNetworkArn']].some((arn) => typeof arn === 'string' && ofLattice.test(arn));

/** A list of associations, as far as it tells. */
export const isAssociationList = (items: readonly object[]): boolean =>
  items.every((item) => 'arn' in item && typeof item.arn === 'string' && association.test(item.arn));

const association = /:servicenetworkvpcassociation\//;

const targetKeys = new Set(['id', 'port', 'status', 'reasonCode']);

const isTarget = (value: unknown): boolean =>
  isObject(value) && 'id' in value && 'status' in value && Object.keys(value).every((key) => targetKeys.has(key));

export function readLattice(at: At<Item>, findings: Findings): void {
  const type = /^arn:[^:]*:vpc-lattice:[^:]*:[^:]*:([a-z]+)/.exec(text(at, 'arn') ?? '')?.[1];
  if (type !== 'servicenetworkvpcassociation') {
    const id = text(at, 'arn') ?? text(at, 'id') ?? at.place;
    findings.notModelled.push(entryOf('lattice-resource', id, provenance(at)));
    return;
  }
  const id = required(at, 'id');
  const network = text(at, 'serviceNetworkId') ?? text(at, 'serviceNetworkArn')?.split('/').at(-1);
  const vpc = text(at, 'vpcId');
  // One that failed to be deleted is there still.
  if (id === undefined || network === undefined || vpc === undefined || text(at, 'status') === 'CREATE_FAILED') return;
  const to = { kind: 'vpc', id: vpc } as const;
  attach(at, 'service-network', network, { id, to, name: 'service-network-vpc-association' }, findings);
}
