/** Target groups of VPC Lattice, and everything that is declared to be registered with them. */
import { present } from '../../base/present.ts';
import { lastOfArn } from '../arn.ts';
import { vpcType } from './kinds.ts';
import { latticeResource } from './lattice.ts';
import { idOf, inner, known, objects, text, whole } from './property.ts';
import { type At, type Construct, isThere, note, notModelled, provenance, type Reading } from './reading.ts';
import { aroundOutside, satellitesOf } from './satellite.ts';
import { fleetsOf, targetOf } from './target-group.ts';
import { latticeTargetAttachment } from './types.ts';
import { Unknown } from './value.ts';

export const latticeGroupType = 'AWS::VpcLattice::TargetGroup';

const types = ['instance', 'ip', 'lambda', 'alb'] as const;

/** Targets are read once all that may be one has been. */
export const latticeTargetGroup: Construct = {
  identities: ['Arn', 'Id'],
  properties: ['Name', 'Type', 'Config', 'Targets', 'Tags'],
  read(at) {
    const told = text(at, 'Type');
    const targetType = types.find((one) => one === known(told)?.toLowerCase());
    const config = inner(at, 'Config');
    const of = config instanceof Unknown ? undefined : (config ?? { ...at, fields: {} });
    const vpc = of && idOf(of, 'VpcIdentifier', vpcType);
    const port = of && whole(of, 'Port');
    const family = of && text(of, 'IpAddressType');
    const unknown = [told, config, vpc, port, family].find((one) => one instanceof Unknown);
    if (unknown instanceof Unknown) note(at, 'Config', unknown, 'the services that forward to it count as unread');
    // A group that is not told leaves whatever forwards to it unread.
    if (targetType === undefined || of === undefined || unknown !== undefined)
      return notModelled(at, 'target-group', 'what it sends to is not known', 'flows through services of VPC Lattice');
    at.in.findings.lattice.targetGroups.push({
      ...latticeResource(at),
      id: at.of.id,
      kind: 'target-group',
      label: lastOfArn(at.of.id),
      targetType,
      ...present({
        protocol: known(text(of, 'Protocol')),
        port: known(port),
        vpc: known(vpc),
        ipAddressType: known(family) === 'IPV6' ? ('ipv6' as const) : undefined,
      }),
    });
  },
};

/** Read by its group. */
export const latticeTargets: Construct = { properties: ['TargetGroupIdentifier', 'Target'] };

/** Groups with which nothing is declared to be registered are filled by something else: their targets are unread. */
export function registerLatticeTargets(reading: Reading): void {
  for (const at of reading.byType.get(latticeGroupType) ?? []) {
    const beside = satellitesOf(reading, latticeTargetAttachment, 'TargetGroupIdentifier', at.of.id, latticeGroupType);
    const inline = objects(at, 'Targets');
    const fleets = fleetsOf(reading, at.of.id, latticeGroupType);
    for (const one of inline.unknown) note(at, 'Targets', one, 'its targets count as unread');
    const open = inline.unknown.length > 0 || beside.possible.length > 0 || !fleets.whole;
    const read = [...inline.known, ...beside.certain.map(targetIn)].map((one) => one && targetOf(one));
    if (read.length === 0 && !fleets.some && !open) continue;
    const told = [...read, ...fleets.targets].filter((one) => one !== undefined);
    register(
      at,
      lastOfArn(at.of.id),
      [...told, ...(open || told.length < read.length ? [anything(at)] : [])],
      at.of.lookedUp !== true,
    );
  }
  for (const [group, all] of aroundOutside(reading, latticeTargetAttachment, 'TargetGroupIdentifier', latticeGroupType))
    for (const at of all) {
      const target = targetIn(at);
      register(at, lastOfArn(group), [(isThere(at) ? target && targetOf(target) : undefined) ?? anything(at)], false);
    }
}

type Target = NonNullable<ReturnType<typeof targetOf>>;

function register(at: At, group: string, targets: readonly Target[], complete: boolean): void {
  at.in.findings.lattice.targets.push({ group, complete, targets });
}

function targetIn(at: At): At | undefined {
  const target = inner(at, 'Target');
  if (target instanceof Unknown) note(at, 'Target', target, 'the targets of its group count as unread');
  return known(target);
}

/** One of which nobody knows what it is: no interface stands for it, so that the group is one that was not wholly read. */
const anything = (at: At): Target => ({
  id: `${at.of.id}/target`,
  interface: `${at.of.id}/target`,
  port: 1,
  source: provenance(at),
});
