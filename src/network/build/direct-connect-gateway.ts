/** Direct Connect gateways, with every association that some answer shows, and virtual interfaces. */
import { groupBy } from '../../base/group.ts';
import { present } from '../../base/present.ts';
import {
  associationsCall,
  type DirectConnectAssociation,
  type DirectConnectGateway,
  type VirtualInterface,
} from '../direct-connect-gateway.ts';
import type { Resource, Unread } from '../resource.ts';
import { conditionOf } from '../state.ts';
import type { Building } from './building.ts';

export function buildDirectConnectGateways(building: Building): Map<string, DirectConnectGateway> {
  const { findings } = building;
  // A gateway is asked about by its own id, and by those of what it is associated with.
  const each = new Map(findings.directConnectAssociations.map((one) => [one.id, one]));
  const associations = groupBy([...each.values()], (one) => one.directConnectGateway);
  // Its owner alone, to whom it is described, is shown all associations of it.
  const own = new Set(findings.directConnectGateways.map(({ id }) => id));
  const gateways = new Map<string, DirectConnectGateway>();
  for (const found of [...findings.directConnectGateways, ...namedElsewhere(building)]) {
    if (gateways.has(found.id)) continue;
    const whole = own.has(found.id) && isToldOf(building, found);
    gateways.set(found.id, {
      ...found,
      kind: 'direct-connect-gateway',
      associations: (associations.get(found.id) ?? []).map(associationOf),
      ...present({ unread: whole ? undefined : unreadOf(found.id) }),
    });
  }
  return gateways;
}

const associationOf = ({ id, gateway, allowed }: DirectConnectAssociation): DirectConnectAssociation => ({
  id,
  gateway,
  allowed,
});

/** Those that only associations, virtual interfaces and attachments of transit gateways name. */
function* namedElsewhere({ findings }: Building): Iterable<Resource> {
  for (const { directConnectGateway: id, source } of findings.directConnectAssociations) yield { id, tags: {}, source };
  for (const { gateway: id, source } of findings.virtualInterfaces)
    if (!id.startsWith('vgw-')) yield { id, tags: {}, source };
  for (const { id, type, behind = id, state, source } of findings.transitGatewayAttachments)
    if (type === 'direct-connect-gateway' && conditionOf(state) !== 'idle') yield { id: behind, tags: {}, source };
}

/** Whether an answer holds all associations of the gateway, as far as who asked is shown them. */
const isToldOf = ({ findings }: Building, { id, account }: Pick<Resource, 'id' | 'account'>): boolean =>
  findings.directConnectAnswers.some(
    (one) => one.subject === id && (one.account === undefined || account === undefined || one.account === account),
  );

const unreadOf = (subject: string): Unread => ({ unread: associationsCall, subject });

/**
 * Present where it is not known with which Direct Connect gateway the virtual private gateway is associated: with one at
 * most (DX guide, virtualgateways), so that one shown association tells.
 */
export function unreadAssociation(building: Building, gateway: Pick<Resource, 'id' | 'account'>): Unread | undefined {
  const shown = building.findings.directConnectAssociations.some((one) => one.gateway === gateway.id);
  return shown || isToldOf(building, gateway) ? undefined : unreadOf(gateway.id);
}

/** What its own answer tells of an interface comes before what an attachment does. */
export function buildVirtualInterfaces({ findings }: Building): Map<string, VirtualInterface> {
  const interfaces = new Map<string, VirtualInterface>();
  for (const one of findings.virtualInterfaces)
    if (one.up !== undefined || !interfaces.has(one.id)) interfaces.set(one.id, one);
  return interfaces;
}
