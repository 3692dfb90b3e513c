/**
 * What keeps a flow from coming about, as the packets that people would try meet it, and the edits of which one would
 * remove the first of it. Where nothing stops such a packet, the prover is to be asked.
 */
import { type Attempt, type Source, attempts, isNearer } from '../explain/index.ts';
import type { Network } from '../network/network.ts';
import type { Replay } from '../network/replay.ts';
import type { RuleReader } from '../network/rule-reader.ts';
import type { Question, Waypoint } from '../policy/question.ts';
import { type Candidate, distinct } from './candidate.ts';
import { endpoints, openingGateway, publishing } from './gateway.ts';
import { openingEntries } from './network-acl.ts';
import { missingRoutes, otherRoutes } from './route-table.ts';
import { openingFirewall } from './rule-group.ts';
import { openingRules } from './security-group.ts';
import { type Step, stepsOfTrace } from './step.ts';
import { openingTransit, otherTransit } from './transit-route.ts';

export interface Branch {
  /** How much has to change at least before a packet gets there. */
  readonly left: number;
  /** One of these is needed, as far as is known. */
  readonly choices: readonly Candidate[];
}

export interface Openings {
  /** Some packet tried is stopped by nothing. */
  readonly free: boolean;
  /** For the packets that get the furthest, each stopped in a way of its own. */
  readonly branches: readonly Branch[];
}

/** How many different ways of being stopped are followed. */
const followed = 4;

export interface Trying {
  readonly replay: Replay;
  readonly rules: RuleReader;
  /** Where packets set out; every member of `from` where absent. */
  readonly from?: readonly Source[];
}

export function openings(network: Network, question: Question, { replay, rules, from }: Trying): Openings {
  const all = attempts(network, question, replay, from);
  const stuck = all.filter((one) => !isFree(question, one));
  const nearest = stuck.toSorted((a, b) => (isNearer(a, b) ? -1 : isNearer(b, a) ? 1 : 0));
  const seen = new Set<string>();
  const branches: Branch[] = [];
  for (const attempt of nearest) {
    const steps = stepsOfTrace(attempt.result);
    const stopped = steps.filter(({ stops }) => stops);
    const key = JSON.stringify([
      attempt.origin,
      stopped.map(({ kind, resource, rule, direction }) => [kind, resource, rule, direction]),
      attempt.stray?.hop.resource,
    ]);
    if (seen.has(key)) continue;
    seen.add(key);
    const choices = distinct(choicesOf(network, question, attempt, steps, rules));
    if (choices.length > 0) branches.push({ left: stopped.length + (attempt.stray === undefined ? 0 : 1), choices });
    if (branches.length >= followed) break;
  }
  return { free: stuck.length < all.length, branches };
}

/** Nothing stops it, and it takes the way that is asked for. */
function isFree(question: Question, { result, stray, elsewhere }: Attempt): boolean {
  const { delivery, replied, blocks } = result;
  if (delivery === undefined || stray !== undefined || elsewhere === true || blocks.length > 0) return false;
  return (question.mode === 'packet' || replied) && past(question, result).length === 0;
}

/** The waypoints that it goes past. */
function past({ via, viaBoth }: Question, { hops, returnHops = [] }: Attempt['result']): readonly Waypoint[] {
  const missedBy = (path: typeof hops) => (one: Waypoint) => !path.some(({ resource }) => one.ids.has(resource));
  return [...via.filter(missedBy(hops)), ...viaBoth.filter((one) => missedBy(hops)(one) || missedBy(returnHops)(one))];
}

function choicesOf(
  network: Network,
  question: Question,
  attempt: Attempt,
  steps: readonly Step[],
  rules: RuleReader,
): readonly Candidate[] {
  const { origin, stray, result } = attempt;
  const sender = origin.kind === 'interface' ? origin.id : '';
  const receiver = result.delivery?.kind === 'interface' ? result.delivery.id : '';
  const first = steps.findIndex(({ stops }) => stops);
  const stop = steps[first];
  const routes = (before: number, only?: Step['direction']): readonly Candidate[] =>
    steps
      .slice(0, before)
      .filter(
        ({ kind, direction, stops }) =>
          (kind === 'route-table' || kind === 'transit-gateway-route-table') &&
          !stops &&
          (only === undefined || direction === only),
      )
      .flatMap((step) =>
        step.kind === 'route-table'
          ? otherRoutes(network, step, question, step.direction === 'forward' ? sender : receiver)
          : otherTransit(network, step, question),
      );
  const around = [...endpoints(network, question, sender), ...publishing(network, question)];
  if (stray !== undefined) {
    const at = steps.findIndex(({ resource }) => resource === stray.hop.resource);
    return [...routes(at < 0 ? steps.length : at, 'forward'), ...around];
  }
  if (stop === undefined) return [...routes(steps.length), ...around];
  const who = stop.direction === 'forward' ? sender : receiver;
  switch (stop.kind) {
    case 'security-group':
      return openingRules(network, stop, question);
    case 'network-acl':
      return openingEntries(network, stop, question);
    case 'route-table':
      return [
        ...missingRoutes(network, stop, question, who),
        ...routes(first, stop.direction),
        ...(stop.direction === 'forward' ? around : []),
      ];
    case 'transit-gateway-route-table':
      return [...openingTransit(network, stop, question), ...routes(first, stop.direction), ...around];
    case 'firewall-endpoint':
    case 'network-firewall':
      return [...openingFirewall(network, stop, question, rules), ...routes(first), ...around];
    default:
      return [...openingGateway(network, stop, question), ...routes(first), ...around];
  }
}
