/** Which flows a rule can have to do with at all: those outside its frame it matches at no moment, whatever is not known. */
import type { Family } from '../../net/address.ts';
import { type Intervals, interval, overlaps, single, subtract } from '../../net/interval.ts';
import { protocols } from '../../net/protocol.ts';
import type { Firewall } from '../../network/firewall.ts';
import type { FirewallPolicy, RuleLine, StatefulRuleGroup } from '../../network/firewall-policy.ts';
import { isUnread } from '../../network/resource.ts';
import { ruleOf } from '../../suricata/index.ts';
import type { Plane } from '../plane.ts';
import { type Predicate, anyOf } from '../predicate.ts';
import { fields } from '../header.ts';
import { type Box, boxPredicate, merged } from './box.ts';
import { type RuleEntry, entryOf } from './entry.ts';
import { ofAnswer } from './matching.ts';
import { askedOf } from './payload-match.ts';
import type { PayloadSpace } from './payload-space.ts';
import { headerOf } from './rule-match.ts';
import type { Scope } from './scope.ts';

/** Boxes of the header of the flow's first packet. */
export type Frame = readonly Box[];

const tcp = single(BigInt(protocols.tcp));
const others = subtract(interval(0n, 255n), tcp);

/** Of the group's lines by their number from 0; undefined for a line that nobody understands. */
export function framesOf(
  plane: Plane,
  firewall: Firewall,
  policy: FirewallPolicy,
  group: StatefulRuleGroup,
  family: Family,
  payloads: PayloadSpace,
): (index: number) => Frame | undefined {
  const scope: Scope = { plane, firewall, policy, group, family, found: new Map() };
  const known = new Map<number, Frame | undefined>();
  return (index) => {
    if (!known.has(index)) known.set(index, isUnread(group.rules) ? undefined : lineFrame(index, group.rules));
    return known.get(index);
  };
  function lineFrame(index: number, lines: readonly RuleLine[]): Frame | undefined {
    const rule = ruleOf(lines[index]!.text);
    if (rule === undefined) return undefined;
    // What TLS inspection decrypts is matched by rules whose questions nobody can answer.
    const { set } = policy.tlsInspection === undefined ? askedOf(payloads, rule).of : {};
    return frameOf(entryOf(scope, rule, index + 1), set);
  }
}

function frameOf(entry: RuleEntry, payload: Intervals | undefined): Frame {
  if (payload?.length === 0) return [];
  const { family } = entry.scope;
  return [true, false].flatMap((overTcp) => {
    const header = headerOf(entry, overTcp);
    return [...header, ...ofAnswer(header, family)].map(({ box }) => ({
      ...box,
      protocol: overTcp ? tcp : (box.protocol ?? others),
      ...(payload === undefined ? {} : { payload }),
    }));
  });
}

export const framesMeet = (a: Frame, b: Frame): boolean => a.some((x) => b.some((y) => boxesMeet(x, y)));

const boxesMeet = (a: Box, b: Box): boolean =>
  fields.every((field) => {
    const [x, y] = [a[field], b[field]];
    return x === undefined || y === undefined || x === y || overlaps(x, y);
  });

export const framePredicate = (frame: Frame): Predicate => anyOf(merged(frame).map(boxPredicate));
