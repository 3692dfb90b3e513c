/**
 * Services of VPC Lattice, with their listeners and rules. What is not known of a listener or a rule is not told of it: the
 * service counts as one that nobody read then, and its service networks lead anywhere.
 */
import { present } from '../../base/present.ts';
import type { ActionsFinding } from '../../network/build/load-balancer-finding.ts';
import type { ListenerProtocol } from '../../network/load-balancer.ts';
import { actionsOf, conditionsOf, protocols } from '../describe/lattice-listener.ts';
import { lastOfArn } from '../arn.ts';
import { answerAt, answerOf } from './answer.ts';
import { authorizes, latticeResource, latticeState, namedBy } from './lattice.ts';
import { latticeGroupType } from './lattice-target-group.ts';
import { known, named, text, whole } from './property.ts';
import { type At, type Construct, isMade, isThere, note, provenance } from './reading.ts';
import { Unknown } from './value.ts';

export const serviceType = 'AWS::VpcLattice::Service';
const listenerType = 'AWS::VpcLattice::Listener';

export const latticeService: Construct = {
  identities: ['Arn', 'Id'],
  properties: ['Name', 'AuthType', 'CertificateArn', 'CustomDomainName', 'DnsEntry', 'IdleTimeoutSeconds', 'Tags'],
  read(at) {
    const { lattice } = at.in.findings;
    const own = latticeResource(at);
    lattice.services.push({ ...own, ...authorizes(at), state: latticeState(at) });
    if (isMade(at))
      lattice.lists.push({
        of: 'listeners',
        subject: own.id,
        ...present({ account: own.account, region: own.region }),
      });
  },
};

const unread = 'the service counts as unread';

/** Of a protocol that is told no port, AWS takes the usual one. */
const usual: Readonly<Record<string, number>> = { HTTP: 80, HTTPS: 443, TLS: 443 };

export const latticeListener: Construct = {
  identities: ['Arn', 'Id'],
  properties: ['Name', 'ServiceIdentifier', 'Protocol', 'Port', 'DefaultAction', 'Tags'],
  attribute: (at, name) => (name === 'ServiceId' || name === 'ServiceArn' ? at.fields['ServiceIdentifier'] : undefined),
  read(at) {
    const { lattice } = at.in.findings;
    const services = namedBy(at, 'ServiceIdentifier', serviceType, 'each service that it may be of counts as unread');
    const told = text(at, 'Protocol');
    const port = whole(at, 'Port');
    for (const [key, one] of [
      ['Protocol', told],
      ['Port', port],
    ] as const)
      if (one instanceof Unknown) note(at, key, one, unread);
    const protocol: ListenerProtocol | undefined = protocols.get(known(told) ?? '');
    const actions = readActions(at, 'DefaultAction');
    const sure = services.known && isThere(at) && !(port instanceof Unknown);
    for (const service of services.ids.map(lastOfArn))
      lattice.listeners.push({
        id: services.known ? at.of.id : `${at.of.id} ${service}`,
        service,
        port: known(port) ?? usual[protocol ?? ''] ?? 443,
        source: provenance(at),
        ...(sure ? present({ protocol, actions }) : {}),
      });
    if (isMade(at)) lattice.lists.push({ of: 'rules', subject: at.of.id });
  },
};

export const latticeRule: Construct = {
  identities: ['Arn', 'Id'],
  properties: ['Name', 'ServiceIdentifier', 'ListenerIdentifier', 'Priority', 'Match', 'Action', 'Tags'],
  read(at) {
    const listeners = namedBy(
      at,
      'ListenerIdentifier',
      listenerType,
      'each service that it may be of counts as unread',
    );
    const priority = whole(at, 'Priority');
    if (priority instanceof Unknown) note(at, 'Priority', priority, unread);
    const actions = readActions(at, 'Action');
    const match = lowered(at, 'Match');
    const conditions = match && conditionsOf(match);
    const sure = listeners.known && isThere(at) && !(priority instanceof Unknown);
    for (const listener of listeners.ids)
      at.in.findings.lattice.rules.push({
        id: listeners.known ? at.of.id : `${at.of.id} ${listener}`,
        listener: listenerOf(at, listener),
        isDefault: false,
        ...present({
          priority: known(priority),
          told: sure && actions !== undefined && conditions !== undefined ? { actions, conditions } : undefined,
        }),
      });
  },
};

/** The ARN of a listener that exists already, which some name by its id alone. */
function listenerOf({ in: { byId, around } }: At, id: string): string {
  if (byId.has(id) || id.startsWith('arn:')) return id;
  return around.latticeListeners.find((arn) => arn.endsWith(`/listener/${id}`)) ?? id;
}

/** The property as AWS's own answers have it, which begin every word small; undefined where a part of it is not known. */
function lowered(at: At, key: string) {
  const told = answerOf<object>(at, key, {
    numbers: new Set(['Weight', 'StatusCode']),
    flags: new Set(['CaseSensitive']),
  });
  if (told === undefined) return undefined;
  for (const one of told.unknown) note(at, key, one, unread);
  return told.unknown.length > 0 ? undefined : answerAt<object>(at, key, small(told.at.json) as object);
}

const small = (json: unknown): unknown => {
  if (Array.isArray(json)) return json.map(small);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, one]) => [`${key.slice(0, 1).toLowerCase()}${key.slice(1)}`, small(one)]),
  );
};

function readActions(at: At, key: string): ActionsFinding | undefined {
  const told = lowered(at, key);
  const actions = told && actionsOf(told);
  for (const group of actions?.groups ?? []) named(at, group, latticeGroupType);
  return actions;
}
