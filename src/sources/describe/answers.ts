/** From a JSON document to the answers in it: one file may hold one answer, many, or answers inside wrappers. */
import type { Problem } from '../../base/problem.ts';
import { type Construct, constructOf, constructs, keyOf, wholeAnswers } from './constructs.ts';
import { type At, type Context, isObject } from './fields.ts';
import { isWhole, scopeOfKey, scopeOfName } from './scope.ts';
import { isKnownUnmodelled } from './unmodelled.ts';

/** One key of one answer, with the resources under it. */
export interface Answer {
  readonly key: string;
  readonly construct: Construct;
  readonly items: readonly At<object>[];
  /** False where the request asked for a part only. */
  readonly complete: boolean;
  /** The answer says that another page follows. */
  readonly continues: boolean;
  readonly in: Context;
}

/** A key that nothing reads. */
export interface OtherAnswer {
  readonly key: string;
  readonly value: unknown;
  readonly place: string;
  readonly in: Context;
}

export interface Answers {
  readonly read: readonly Answer[];
  readonly other: readonly OtherAnswer[];
}

/** The answers of a document; none when it is not what the AWS CLI prints. Notes misshapen answers in `problems`. */
export function answersOf(file: string, json: unknown, problems: Problem[]): Answers {
  const read: Answer[] = [];
  const other: OtherAnswer[] = [];

  const visit = (value: unknown, place: string, context: Context, depth = 0): void => {
    if (Array.isArray(value) && depth < deepest) {
      for (const [index, element] of (value as unknown[]).entries())
        visit(element, `${place}/${index}`, context, depth + 1);
      return;
    }
    if (!isObject(value) || depth >= deepest) return;
    const response = value['Response'];
    if (isObject(response) && isObject(value['Request'])) {
      visit(response, `${place}/Response`, { ...context, request: value['Request'] }, depth + 1);
      return;
    }
    const at = { json: value, place, in: context };
    const one = wholeAnswers.find(({ is }) => is(value));
    if (one !== undefined) {
      const construct = constructs.get(one.key)!;
      read.push({ key: one.key, construct, items: [at], complete: false, continues: false, in: context });
      return;
    }
    const readWhole = new Set<Construct['read']>();
    for (const [written, content] of Object.entries(value)) {
      const key = keyOf(written, content);
      const construct = constructOf(written, content);
      if (construct !== undefined && content !== null) {
        // An answer that is read as a whole is read once, though several of its keys announce it.
        if (construct.holds === 'answer' && readWhole.has(construct.read)) continue;
        readWhole.add(construct.read);
        const items = itemsOf(at, key, construct);
        if (items === undefined) continue;
        // list-web-acls shows a marker even where nothing follows.
        const pages = key === 'WebACLs' ? [] : ['NextToken', 'nextToken', 'NextMarker'];
        const continues = pages.some((token) => typeof value[token] === 'string' && value[token]);
        read.push({ key, construct, items, complete: isWhole(context.request), continues, in: context });
      } else if (isKnownUnmodelled(key)) other.push({ key, value: content, place: pointer(place, key), in: context });
      else if (holdsAnswers(content))
        visit(content, pointer(place, key), { ...context, ...scopeOfKey(key, context) }, depth + 1);
      else if (isAnswer(value) && isUnknownList(key, content))
        other.push({ key, value: content, place: pointer(place, key), in: context });
    }
  };

  visit(json, '', { file, ...scopeOfName(file), request: undefined, problems });
  return { read, other };
}

/** Wrappers in wrappers, no deeper: what is nested further is no answer of AWS. */
const deepest = 8;

const pointer = (place: string, key: string): string => `${place}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Whether an object has a key that AWS's answers have. */
const isAnswer = (value: Readonly<Record<string, unknown>>): boolean => {
  const keys = Object.keys(value);
  return (
    keys.some((key) => constructOf(key, value[key]) !== undefined || isKnownUnmodelled(key)) ||
    // Every member of an answer of EC2 and its like begins with a capital.
    (keys.length > 0 && keys.every((key) => /^[A-Z][A-Za-z0-9]*$/.test(key)) && !isTemplate(value))
  );
};

const isTemplate = (value: Readonly<Record<string, unknown>>): boolean =>
  'AWSTemplateFormatVersion' in value || isObject(value['Resources']);

/** Answers under a name that is not AWS's: grouped by Region or account, or listed with the subject beside them. */
function holdsAnswers(value: unknown, depth = 4): boolean {
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.length > 0 && value.every((element) => isOneAnswer(element));
  return (
    isOneAnswer(value) || (isObject(value) && Object.values(value).some((inner) => holdsAnswers(inner, depth - 1)))
  );
}

/** An object that can only be an answer: AWS has no resource with such a field. */
function isOneAnswer(value: unknown): boolean {
  if (!isObject(value)) return false;
  if (isObject(value['Response']) && isObject(value['Request'])) return true;
  const keys = Object.keys(value).filter((key) => typeof value[key] === 'object' && !metadata.has(key));
  if (keys.length === 0) return false;
  if (keys.includes('Entries')) return 'PrefixListId' in value;
  const isRead = (key: string): boolean =>
    constructOf(key, value[key]) !== undefined && (besides.get(key)?.some((field) => field in value) ?? true);
  return (
    keys.some((key) => isRead(key) && !inResources.has(key)) ||
    keys.every((key) => isRead(key) || isKnownUnmodelled(key))
  );
}

/** List keys that many things have, and what stands beside them where they are an answer that is read. */
const besides: ReadonlyMap<string, readonly string[]> = new Map([
  ['Routes', ['TransitGatewayRouteTableId', 'AdditionalRoutesAvailable']],
  ['Associations', ['TransitGatewayRouteTableId']],
  ['Attributes', ['LoadBalancerArn', 'TargetGroupArn']],
  ['ResourceArns', ['WebACLArn']],
]);

/** List keys that resources of other services have as fields. */
const inResources = new Set([
  'Addresses',
  'SecurityGroups',
  'Subnets',
  'LoadBalancers',
  'Listeners',
  'Rules',
  'TargetGroups',
  'Domains',
  'NetworkInterfaces',
  'Firewall',
  'Attachments',
  'items',
]);

const metadata = new Set([
  'ResponseMetadata',
  '$metadata',
  'FirewallStatus',
  'VpcEndpointAssociationStatus',
  'CoreNetworkSegmentEdge',
]);

const isUnknownList = (key: string, value: unknown): boolean =>
  typeof value === 'object' && value !== null && !metadata.has(key);

/** The resources under a key; undefined when what stands there has another shape, which is noted. */
function itemsOf(at: At<object>, key: string, construct: Construct): readonly At<object>[] | undefined {
  if (construct.holds === 'answer') return [at];
  const value = (at.json as Record<string, unknown>)[key];
  const place = pointer(at.place, key);
  if (construct.holds === 'object') {
    if (isObject(value)) return [{ json: value, place, in: at.in }];
    return misshapen(at.in, place, key, 'an object');
  }
  if (!Array.isArray(value)) return misshapen(at.in, place, key, 'a list');
  const items: At<object>[] = [];
  for (const [index, element] of (value as unknown[]).entries()) {
    const item = { json: element as object, place: `${place}/${index}`, in: at.in };
    if (!isObject(element)) misshapen(at.in, item.place, `${key}[${index}]`, 'an object');
    else if (construct.within === undefined) items.push(item);
    else items.push(...withinOf(item, element, construct.within));
  }
  return items;
}

/** The elements of an inner list, which belong to the owner of the outer element. */
function withinOf(at: At<object>, element: Readonly<Record<string, unknown>>, within: string): readonly At<object>[] {
  const owner = element['OwnerId'];
  const context = { ...at.in, account: typeof owner === 'string' ? owner : at.in.account };
  const inner = itemsOf({ ...at, in: context }, within, innerList);
  return inner ?? [];
}

const innerList: Construct = { call: '', holds: 'list', read: () => undefined };

function misshapen(context: Context, place: string, key: string, expected: string): undefined {
  context.problems.push({
    code: 'wrong-type',
    file: context.file,
    place,
    message: `\`${key}\` must be ${expected}.`,
    hint: 'Compare it with what the AWS CLI prints for this call.',
  });
}
