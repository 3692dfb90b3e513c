/** The policy document of a core network, as get-core-network-policy prints it: JSON in a text (semantics 14.4). */
import type {
  CoreNetworkPolicyFinding,
  SegmentAction,
  SegmentFinding,
  Segments,
} from '../../network/build/core-network-finding.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { Prefix } from '../../net/prefix.ts';
import { present } from '../../base/present.ts';
import { attachmentRules } from './core-network-attachment-rule.ts';
import { type At, complain, isObject, prefixIn, provenance, required, text } from './fields.ts';

interface Policy {
  readonly CoreNetworkId?: string;
  readonly Alias?: string;
  readonly ChangeSetState?: string;
  readonly PolicyDocument?: string;
}

type Json = Readonly<Record<string, unknown>>;

/** One that is not in force says nothing of packets. */
export function readCoreNetworkPolicy(at: At<Policy>, findings: Findings): void {
  const coreNetworkId = required(at, 'CoreNetworkId');
  const document = text(at, 'PolicyDocument');
  if (coreNetworkId === undefined) return;
  if (document === undefined) {
    findings.notModelled.push({
      kind: 'core-network-policy',
      id: coreNetworkId,
      status: 'not-modelled',
      why: 'the answer holds no PolicyDocument',
      affects: 'flows through the core network',
      source: provenance(at),
    });
    return;
  }
  const alias = text(at, 'Alias');
  // Asked for by its number, a version that is neither of the two has no alias.
  if (alias !== 'LIVE' && !(alias === 'LATEST' && text(at, 'ChangeSetState') === 'EXECUTION_SUCCEEDED')) {
    findings.warnings.push(
      `The policy of \`${coreNetworkId}\` in \`${at.in.file}\` is not in force, or not told to be: nothing rests on it.`,
    );
    return;
  }
  const json = parsed(at, document);
  if (json !== undefined) findings.coreNetworkPolicies.push(policyOf(at, coreNetworkId, json));
}

/** Undefined where it is no JSON object, which is a problem. */
export function parsed(at: At<unknown>, document: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(document);
    if (isObject(json)) return json;
  } catch {
    // Said below.
  }
  complain(
    at,
    'bad-policy-document',
    'PolicyDocument',
    'The policy document is no JSON object.',
    'AWS prints it as a JSON text; was the file edited?',
  );
  return undefined;
}

export function policyOf(at: At<unknown>, coreNetworkId: string, json: Json): CoreNetworkPolicyFinding {
  let whole = true;
  /** What a reader cannot make sense of is left out, and the policy is not whole. */
  const understood = <T>(value: T | undefined): readonly T[] => {
    if (value === undefined) whole = false;
    return value === undefined ? [] : [value];
  };
  const known = (one: Json, keys: readonly string[]): void => {
    if (Object.keys(one).some((key) => !keys.includes(key))) whole = false;
  };
  // Routing policies, and the rules that apply them, filter and change routes.
  known(json, [
    'version',
    'core-network-configuration',
    'segments',
    'network-function-groups',
    'segment-actions',
    'attachment-policies',
  ]);
  const configuration = isObject(json['core-network-configuration']) ? json['core-network-configuration'] : {};
  const segments = objects(json['segments']).flatMap((one) => {
    known(one, segmentKeys);
    return understood(segmentOf(one));
  });
  const actions = objects(json['segment-actions']).flatMap((one) => {
    known(one, actionKeys);
    return understood(actionOf(at, one));
  });
  return {
    coreNetworkId,
    edges: objects(configuration['edge-locations']).flatMap(({ location }) => understood(word(location))),
    securityGroupReferencing: configuration['security-group-referencing-support'] === true,
    segments,
    networkFunctionGroups: objects(json['network-function-groups']).flatMap(({ name }) => understood(word(name))),
    actions,
    unattended: {
      segments: unattendedIn(json['segments']),
      networkFunctionGroups: unattendedIn(json['network-function-groups']),
    },
    ...present({ rules: attachmentRules(json['attachment-policies']) }),
    whole,
    source: provenance(at),
  };
}

/** By default every attachment has to be accepted. */
const unattendedIn = (value: unknown): readonly string[] =>
  objects(value).flatMap((one) => (one['require-attachment-acceptance'] === false ? (word(one['name']) ?? []) : []));

const segmentKeys = [
  'name',
  'description',
  'edge-locations',
  'isolate-attachments',
  'require-attachment-acceptance',
  'deny-filter',
  'allow-filter',
];

const actionKeys = [
  'action',
  'segment',
  'mode',
  'share-with',
  'description',
  'destination-cidr-blocks',
  'destinations',
  'when-sent-to',
  'via',
];

const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter((one) => isObject(one)) : []);

const word = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const words = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;

function segmentOf(one: Json): SegmentFinding | undefined {
  const name = word(one['name']);
  const lists = { edges: one['edge-locations'], deny: one['deny-filter'], allow: one['allow-filter'] };
  const told = Object.entries(lists).filter(([, value]) => value !== undefined && value !== null);
  if (name === undefined || told.some(([, value]) => words(value) === undefined)) return undefined;
  return { name, isolated: one['isolate-attachments'] === true, ...Object.fromEntries(told) };
}

function actionOf(at: At<unknown>, one: Json): SegmentAction | undefined {
  const segment = word(one['segment']);
  if (segment === undefined) return undefined;
  switch (one['action'] ?? 'share') {
    case 'share': {
      const others = segmentsIn(one['share-with']);
      const mode = one['mode'] ?? 'attachment-route';
      return others === undefined || mode !== 'attachment-route'
        ? undefined
        : { action: 'share', segment, with: others };
    }
    case 'create-route': {
      const blocks = blocksIn(at, one['destination-cidr-blocks']);
      const to = words(one['destinations']);
      if (blocks === undefined || to === undefined || to.length === 0) return undefined;
      const drops = to.includes('blackhole');
      return drops && to.length > 1
        ? undefined
        : { action: 'create-route', segment, blocks, destinations: drops ? [] : to };
    }
    case 'send-to': {
      const via = viaOf(one['via']);
      return via && { action: 'send-to', segment, ...via };
    }
    case 'send-via': {
      const via = viaOf(one['via']);
      const sentTo = one['when-sent-to'];
      const whenSentTo = sentTo === undefined ? everySegment : segmentsIn(isObject(sentTo) ? sentTo['segments'] : '');
      const mode = one['mode'];
      if (via === undefined || whenSentTo === undefined || (mode !== 'single-hop' && mode !== 'dual-hop'))
        return undefined;
      return { action: 'send-via', segment, mode, whenSentTo, ...via };
    }
    default:
      return undefined;
  }
}

const everySegment: Segments = { except: [] };

/** `*`, a list of names, or `{"except": […]}`. */
function segmentsIn(value: unknown): Segments | undefined {
  if (value === '*') return everySegment;
  const names = words(value);
  if (names !== undefined) return names.includes('*') ? everySegment : { only: names };
  const except = isObject(value) && Object.keys(value).length === 1 ? words(value['except']) : undefined;
  return except && { except };
}

function viaOf(value: unknown): { readonly via: readonly string[]; readonly overridden: boolean } | undefined {
  if (!isObject(value)) return undefined;
  const { 'network-function-groups': groups, 'with-edge-overrides': overrides, ...others } = value;
  const via = words(groups);
  if (via === undefined || via.length === 0 || Object.keys(others).length > 0) return undefined;
  return { via, overridden: Array.isArray(overrides) && overrides.length > 0 };
}

function blocksIn(at: At<unknown>, value: unknown): readonly Prefix[] | undefined {
  const texts = words(value);
  const blocks = texts?.flatMap((one) => prefixIn(at, 'PolicyDocument', one) ?? []);
  return blocks === undefined || blocks.length < (texts?.length ?? 0) ? undefined : blocks;
}
