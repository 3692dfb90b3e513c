/** Services of VPC Lattice of which every listener, rule, target group and target was read; others are left out. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import type { Listener } from '../load-balancer.ts';
import { isUnread } from '../resource.ts';
import type { LatticeService } from '../service-network.ts';
import type { Target, TargetGroup } from '../target-group.ts';
import { type Building, tellsOf } from './building.ts';
import type { LatticeListenerFinding, LatticeRuleFinding } from './lattice-finding.ts';
import { forwardsIn, type Told } from './listener-rule.ts';
import { targetOf, type TargetParts } from './target.ts';

interface Services {
  readonly services: Map<string, LatticeService>;
  /** Those that the services forward to, by ARN. */
  readonly targetGroups: Map<string, TargetGroup>;
}

export function buildLatticeServices(
  building: Building,
  of: TargetParts,
  vpcs: ReadonlyMap<string, unknown>,
): Services {
  const { lattice } = building.findings;
  const groups = targetGroupsOf(building, of, vpcs);
  const byId = new Map(
    lattice.targetGroups.flatMap(({ id, label }) => {
      const group = groups.get(id);
      return group === undefined ? [] : [[label, group] as const];
    }),
  );
  const whole = lattice.lists.filter((one) => one.of === 'listeners');
  const listeners = groupBy(lattice.listeners, ({ service }) => service);
  const listenerOf = listenerReader(building, byId);
  const services = new Map<string, LatticeService>();
  for (const [id, found] of groupBy(lattice.services, (one) => one.id)) {
    if (!whole.some((list) => list.subject === id && tellsOf(building, list, found[0]!))) continue;
    const own = [...groupBy(listeners.get(id) ?? [], (one) => one.id).values()].map(listenerOf);
    if (!own.every((one) => one !== undefined)) continue;
    const authorizes = found.find((one) => one.authorizes !== undefined)?.authorizes;
    services.set(id, {
      ...found[0]!,
      kind: 'lattice-service',
      authorizes: authorizes ?? { unread: 'vpc-lattice get-service', subject: id },
      listeners: own,
    });
  }
  const used = new Set([...services.values()].flatMap((one) => one.listeners.flatMap(groupsOf)));
  return { services, targetGroups: new Map([...groups].filter(([id]) => used.has(id))) };
}

const groupsOf = ({ forwards }: Listener): readonly string[] =>
  isUnread(forwards) ? [] : forwards.map(({ group }) => group);

/** From what the calls tell of one listener; undefined where something of it was not read. */
function listenerReader({ findings: { lattice } }: Building, groups: ReadonlyMap<string, TargetGroup>) {
  const rules = groupBy(lattice.rules, ({ listener }) => listener);
  const whole = new Set(lattice.lists.flatMap((one) => (one.of === 'rules' ? [one.subject] : [])));
  return (found: readonly LatticeListenerFinding[]): Listener | undefined => {
    const { id, port, protocol, source } = found[0]!;
    const actions = found.find((one) => one.actions !== undefined)?.actions;
    const told = [...groupBy(rules.get(id) ?? [], (rule) => rule.id).values()].map(toldOf);
    if (protocol === undefined || actions === undefined || !whole.has(id)) return undefined;
    if (!told.every((one) => one !== undefined)) return undefined;
    const all: readonly Told[] = [...told.filter((one) => one.isDefault !== true), { actions, isDefault: true }];
    if (!all.every((one) => one.actions.understood)) return undefined;
    const forwards = forwardsIn(all);
    if (!forwards.every(({ group }) => groups.has(group))) return undefined;
    const arn = (group: string): string => groups.get(group)!.id;
    return {
      id,
      protocol,
      from: port,
      to: port,
      forwards: forwards.map(({ group, among, ...rest }) => ({
        ...rest,
        group: arn(group),
        ...present({ among: among?.map(arn) }),
      })),
      source,
    };
  };
}

/** A default rule says what its listener does. */
function toldOf(found: readonly LatticeRuleFinding[]): Told | undefined {
  const { isDefault, priority } = found[0]!;
  const told = found.find((one) => one.told !== undefined)?.told;
  if (isDefault) return { isDefault, actions: { groups: [], resting: [], understood: true } };
  return told && { ...told, isDefault, ...present({ priority }) };
}

/** Those all of whose targets were read, in VPCs of the input. */
function targetGroupsOf(
  building: Building,
  of: TargetParts,
  vpcs: ReadonlyMap<string, unknown>,
): Map<string, TargetGroup> {
  const { lattice } = building.findings;
  const answers = groupBy(lattice.targets, ({ group }) => group);
  const groups = new Map<string, TargetGroup>();
  for (const [id, [found]] of groupBy(lattice.targetGroups, (one) => one.id)) {
    const { label, ...group } = found!;
    const read = answers.get(label);
    if (
      read?.some(({ complete }) => complete) !== true ||
      (group.targetType !== 'lambda' && !vpcs.has(group.vpc ?? ''))
    )
      continue;
    const targets = new Map<string, Target | undefined>();
    for (const one of read.flatMap((answer) => answer.targets)) {
      const target = targetOf(building, found!, one, of);
      if (target === 'gone') continue;
      targets.set(`${one.id} ${one.port ?? ''}`, isUnread<Target>(target) ? undefined : target);
    }
    const told = [...targets.values()].flatMap((target) => target ?? []);
    if (told.length === targets.size) groups.set(id, { ...group, preservesClientIp: false, targets: told });
  }
  return groups;
}
