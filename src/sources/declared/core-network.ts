/** Core networks of Cloud WAN, with the policy that is in force once it is deployed (semantics 14.4). */
import { parsed, policyOf } from '../describe/core-network-policy.ts';
import { lastOfArn } from '../arn.ts';
import { answerAt, answerOf } from './answer.ts';
import { resource } from './common.ts';
import { candidatesOf, idOf, text } from './property.ts';
import { type At, type Construct, isMade, isThere, note, provenance, type Reading } from './reading.ts';
import { satellitesOf } from './satellite.ts';
import { coreNetworkPolicy } from './types.ts';
import { Unknown } from './value.ts';

export const coreNetworkType = 'AWS::NetworkManager::CoreNetwork';

export const coreNetwork: Construct = {
  identities: ['CoreNetworkArn', 'CoreNetworkId'],
  properties: ['GlobalNetworkId', 'PolicyDocument', 'Description', 'Tags'],
  read(at) {
    at.in.findings.opaqueGateways.push({ ...resource(at), kind: 'core-network' });
    if (isMade(at)) at.in.findings.edges.whole.add(at.of.id);
    const beside = satellitesOf(at.in, coreNetworkPolicy, 'CoreNetworkId', at.of.id, coreNetworkType);
    const id = lastOfArn(at.of.id);
    // Whether one that may be there is in force instead, nobody knows.
    if (beside.possible.length > 0 || !isThere(at)) anyPolicy(at, id);
    else for (const one of beside.certain.length === 0 ? [at] : beside.certain) readPolicy(one, id);
  },
};

/** Read by its core network; of one that exists already, it tells the policy all the same. */
export const coreNetworkPolicyAttachment: Construct = {
  properties: ['CoreNetworkId', 'PolicyDocument'],
  read(at) {
    const named = idOf(at, 'CoreNetworkId', coreNetworkType);
    if (named instanceof Unknown) note(at, 'CoreNetworkId', named, 'no core network has the policy');
    if (typeof named !== 'string' || at.in.byId.has(coreNetworkNamed(at.in, named))) return;
    const id = lastOfArn(coreNetworkNamed(at.in, named));
    if (isThere(at)) readPolicy(at, id);
    else anyPolicy(at, id);
  },
};

/** Words of a policy that are no texts. */
const shape = {
  numbers: new Set(['rule-number']),
  flags: new Set([
    'isolate-attachments',
    'require-attachment-acceptance',
    'require-acceptance',
    'security-group-referencing-support',
  ]),
};

/** A document that is not known in any part of it says nothing. */
function readPolicy(at: At, coreNetworkId: string): void {
  const told = answerOf<unknown>(at, 'PolicyDocument', shape);
  if (told === undefined) return;
  const [unknown] = told.unknown;
  if (unknown !== undefined) {
    note(at, 'PolicyDocument', unknown, 'how its core network forwards is not known');
    return anyPolicy(at, coreNetworkId);
  }
  const place = answerAt(at, '', told.at.json);
  const json = typeof told.at.json === 'string' ? parsed(place, told.at.json) : told.at.json;
  if (json !== undefined)
    at.in.findings.coreNetworkPolicies.push(policyOf(place, coreNetworkId, json as Readonly<Record<string, unknown>>));
}

/** In force is one that nobody knows: not even that which is in force now. */
function anyPolicy(at: At, coreNetworkId: string): void {
  at.in.findings.coreNetworkPolicies.push({
    coreNetworkId,
    edges: [],
    securityGroupReferencing: false,
    segments: [],
    networkFunctionGroups: [],
    actions: [],
    unattended: { segments: [], networkFunctionGroups: [] },
    whole: false,
    source: provenance(at),
  });
}

/** The identity of the core network of that ARN or id: some properties take the one, some the other. */
export function coreNetworkNamed(reading: Reading, id: string): string {
  if (reading.byId.has(id)) return id;
  const own = (reading.byType.get(coreNetworkType) ?? []).find(({ of }) => lastOfArn(of.id) === lastOfArn(id));
  return own?.of.id ?? reading.around.coreNetworks.get(lastOfArn(id)) ?? id;
}

/** The core network that a property names; where that is not known, all that it may be. */
export interface CoreNetworks {
  readonly gateways: readonly string[];
  readonly known: boolean;
}

export function coreNetworksOf(at: At, key: string): CoreNetworks {
  const told = idOf(at, key, coreNetworkType);
  if (!(told instanceof Unknown))
    return { gateways: told === undefined ? [] : [coreNetworkNamed(at.in, told)], known: true };
  note(at, key, told, 'it may be any that is declared');
  const candidates = candidatesOf(at, told);
  const any = [...new Set([...declaredCoreNetworks(at.in), ...at.in.around.coreNetworks.values()])];
  return { gateways: candidates.length > 0 ? candidates : any, known: false };
}

export const declaredCoreNetworks = (reading: Reading): readonly string[] =>
  (reading.byType.get(coreNetworkType) ?? []).map(({ of }) => of.id);

/** The id that an ARN ends in, of what it names. */
export function idInArn(at: At, key: string): string | Unknown | undefined {
  const told = text(at, key);
  if (typeof told !== 'string' || !told.startsWith('arn:')) return told;
  return told.slice(Math.max(told.lastIndexOf('/'), told.lastIndexOf(':')) + 1);
}
