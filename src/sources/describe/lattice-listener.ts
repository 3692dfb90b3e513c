/** VPC Lattice: listeners and their rules; lists name them, and `get-listener` and `get-rule` tell what they do. */
import { present } from '../../base/present.ts';
import type { LatticeFindings } from '../../network/build/lattice-finding.ts';
import type { ActionsFinding, ConditionFinding } from '../../network/build/load-balancer-finding.ts';
import type { ListenerProtocol } from '../../network/load-balancer.ts';
import { lastOfArn } from '../arn.ts';
import {
  type At,
  flag,
  has,
  inner,
  isObject,
  list,
  provenance,
  required,
  requiredPort,
  text,
  whole,
} from './fields.ts';

interface Action {
  readonly forward?: {
    readonly targetGroups?: readonly { readonly targetGroupIdentifier?: string; readonly weight?: number }[];
  };
  readonly fixedResponse?: object;
}

interface Listener {
  readonly arn?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly defaultAction?: Action;
}

interface Rule {
  readonly arn?: string;
  readonly isDefault?: boolean;
  readonly priority?: number;
  readonly action?: Action;
  readonly match?: { readonly httpMatch?: HttpMatch };
}

interface HttpMatch {
  readonly method?: string;
  readonly pathMatch?: {
    readonly caseSensitive?: boolean;
    readonly match?: { readonly exact?: string; readonly prefix?: string };
  };
  readonly headerMatches?: readonly object[];
}

export const protocols: ReadonlyMap<string, ListenerProtocol> = new Map([
  ['HTTP', 'HTTP'],
  ['HTTPS', 'HTTPS'],
  ['TLS_PASSTHROUGH', 'TLS'],
]);

export function readListener(at: At<Listener>, { listeners }: LatticeFindings): void {
  const id = required(at, 'arn');
  const port = requiredPort(at, 'port');
  if (id === undefined || port === undefined) return;
  const action = inner(at, 'defaultAction');
  listeners.push({
    id,
    service: id
      .replace(/\/listener\/.*$/, '')
      .split('/')
      .at(-1)!,
    port,
    source: provenance(at),
    ...present({ protocol: protocols.get(text(at, 'protocol') ?? ''), actions: action && actionsOf(action) }),
  });
}

export function readRule(at: At<Rule>, { rules }: LatticeFindings): void {
  const id = required(at, 'arn');
  if (id === undefined) return;
  const action = inner(at, 'action');
  const match = inner(at, 'match');
  const isDefault = flag(at, 'isDefault') ?? false;
  rules.push({
    id,
    listener: id.replace(/\/rule\/.*$/, ''),
    isDefault,
    ...present({
      priority: isDefault ? undefined : whole(at, 'priority'),
      told: action && { actions: actionsOf(action), conditions: match === undefined ? [] : conditionsOf(match) },
    }),
  });
}

/** Groups by their ids, which is the last part of an ARN. */
export function actionsOf(action: At<Action>): ActionsFinding {
  const forward = inner(action, 'forward');
  const weighed = forward === undefined ? [] : list(forward, 'targetGroups');
  const groupOf = (one: (typeof weighed)[number]): readonly string[] => {
    const id = text(one, 'targetGroupIdentifier');
    return id === undefined ? [] : [lastOfArn(id)];
  };
  return {
    groups: [...new Set(weighed.flatMap(groupOf))],
    resting: weighed.filter((one) => whole(one, 'weight') === 0).flatMap(groupOf),
    understood: forward !== undefined || has(action, 'fixedResponse'),
  };
}

/** What of a request a rule asks for; what is not a path or a method may be anything, and may leave nothing to others. */
export function conditionsOf(match: At<NonNullable<Rule['match']>>): readonly ConditionFinding[] {
  const http = inner(match, 'httpMatch');
  if (http === undefined) return [anything('')];
  const method = text(http, 'method');
  const path = inner(http, 'pathMatch');
  return [
    ...(method === undefined ? [] : [{ field: 'http-request-method', patterns: [method], regex: false }]),
    ...(path === undefined ? [] : [pathOf(path)]),
    ...list(http, 'headerMatches').map(() => anything('http-header')),
  ];
}

function pathOf({ json }: At<NonNullable<HttpMatch['pathMatch']>>): ConditionFinding {
  const { exact, prefix } = isObject(json.match) ? json.match : {};
  const pattern = typeof exact === 'string' ? exact : typeof prefix === 'string' ? `${prefix}*` : undefined;
  // Wildcards of balancers stand for themselves here, and upper and lower case may be the same: then nothing is compared.
  const plain = pattern !== undefined && json.caseSensitive === true && !/[*?]/.test(exact ?? prefix ?? '');
  return !plain ? anything('path-pattern') : { field: 'path-pattern', patterns: [pattern], regex: false };
}

const anything = (field: string): ConditionFinding => ({ field, patterns: [], regex: true });
