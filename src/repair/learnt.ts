/**
 * What failed a property on one edited network, tried on the next: a packet that got through and still does, or a sender
 * that nothing reached and that is still stopped. So most sets of edits need no proof to be found wanting.
 */
import { parseAddress } from '../net/address.ts';
import type { Packet } from '../net/packet.ts';
import { parseProtocol } from '../net/protocol.ts';
import { bitsOfFlags, tcpFlags } from '../net/tcp-flags.ts';
import type { Source } from '../explain/index.ts';
import type { Network } from '../network/network.ts';
import type { Origin, ReplayResult } from '../network/replay.ts';
import type { Question } from '../policy/question.ts';
import type { Flow } from '../result/answer.ts';
import { closing } from './closing.ts';
import type { Decision, PolicyCourt } from './court.ts';
import { type Branch, openings } from './opening.ts';
import { stepsOfFlow, stepsOfTrace } from './step.ts';

/** How many of a property are tried, those learnt last first. */
const tried = 6;

/** Of the question of that place of the property of that place. */
export interface Lesson {
  readonly property: number;
  readonly question: number;
  /** A flow that exists where none should, or the one attempted in vain. */
  readonly flow: Flow | undefined;
}

export interface Lessons {
  /** The branches by which a lesson goes on, which tells that the property fails still; undefined where none does. */
  recall(on: Network, property: number): Promise<readonly Branch[] | undefined>;
  /** What could be done about the decision, which is kept in mind. */
  learn(on: Network, property: number, decisions: readonly Decision[]): readonly Branch[];
}

export function createLessons(court: PolicyCourt): Lessons {
  const lessons: Lesson[] = [];

  /** Of a requirement: what the sender is stopped by. */
  function missing(
    on: Network,
    asked: Question,
    flow: Flow | undefined,
  ): { free: boolean; branches: readonly Branch[] } {
    const { question, from } = aloneOf(asked, flow);
    const { free, branches } = openings(on, question, { ...court, ...(from === undefined ? {} : { from }) });
    return { free, branches: branches.map(({ choices }) => ({ left: 1, choices })) };
  }

  return {
    async recall(on, property) {
      const own = lessons.filter((one) => one.property === property).slice(-tried);
      if (own.length === 0) return undefined;
      const questions = await court.questions(on, property);
      for (const { question: place, flow } of own.toReversed()) {
        const question = questions?.[place];
        if (question === undefined || flow === undefined) continue;
        if (question.kind === 'require') {
          const { free, branches } = missing(on, question, flow);
          if (!free && branches.length > 0) return branches;
          continue;
        }
        // What a firewall makes of a payload is not told by one packet.
        if (question.onPayload === true) continue;
        const again = sentAgain(on, question, flow, court);
        if (again === undefined) continue;
        const choices = closing(on, question, stepsOfTrace(again), flow.from, court.rules);
        if (choices.length > 0) return [{ left: 1, choices }];
      }
      return undefined;
    },
    learn(on, property, decisions) {
      const at = decisions.findIndex(({ answer }) => answer.verdict === 'violated');
      const failing = decisions[at < 0 ? decisions.findIndex(({ answer }) => answer.verdict === 'undecided') : at];
      if (failing === undefined) return [];
      const { question, answer, network: asked } = failing;
      const [flow] = answer.flows;
      lessons.push({ property, question: decisions.indexOf(failing), flow });
      if (question.kind === 'require') return missing(asked, question, flow).branches;
      const choices = flow === undefined ? [] : closing(on, question, stepsOfFlow(flow), flow.from, court.rules);
      return choices.length === 0 ? [] : [{ left: 1, choices }];
    },
  };
}

/** The question on that sender alone, by that address. */
function aloneOf(
  question: Question,
  flow: Flow | undefined,
): { readonly question: Question; readonly from?: readonly Source[] } {
  const member = question.from.members.find((one) => one.kind === 'interface' && one.id === flow?.from);
  const address = flow === undefined ? undefined : parseAddress(flow.packet.src);
  if (member?.kind !== 'interface' || address === undefined) return { question };
  return {
    question: { ...question, from: { ...question.from, members: [member] } },
    from: [{ origin: { kind: 'interface', id: member.id }, address }],
  };
}

/** The same packet, where it goes the same way to the same place; undefined where it does not, or that is not known. */
function sentAgain(
  network: Network,
  { mode, sides }: Question,
  { from, packet, hops }: Flow,
  { replay }: PolicyCourt,
): ReplayResult | undefined {
  const origin = originOf(network, from);
  const sent = packetOf(packet);
  if (origin === undefined || sent === undefined) return undefined;
  const { app, sni, httpHost, dnsName, dnsType } = packet;
  const payload =
    app === undefined
      ? {}
      : {
          payload: {
            app,
            ...(sni === undefined ? {} : { sni }),
            ...(httpHost === undefined ? {} : { httpHost }),
            ...(dnsName === undefined ? {} : { dnsName }),
            ...(dnsType === undefined ? {} : { dnsType }),
          },
        };
  const choices = { nat: new Map(), emits: new Map() };
  const again = replay({ network, origin, packet: sent, ...payload, mode, choices, sides, pastDenials: false });
  const same =
    again.hops.length === hops.length && again.hops.every(({ resource }, i) => resource === hops[i]?.resource);
  return same && again.delivery !== undefined && again.replied ? again : undefined;
}

function originOf({ interfaces }: Network, from: string): Origin | undefined {
  if (from === 'internet') return { kind: 'internet' };
  return interfaces.has(from) ? { kind: 'interface', id: from } : undefined;
}

function packetOf({
  src: from,
  dst: to,
  protocol: name,
  srcPort = 0,
  dstPort = 0,
  icmpType = 0,
  icmpCode = 0,
  fragment,
  tcpFlags: set,
}: Flow['packet']): Packet | undefined {
  const [src, dst] = [parseAddress(from), parseAddress(to)];
  const protocol = parseProtocol(name);
  if (src === undefined || dst === undefined || protocol === undefined) return undefined;
  const flags = set === undefined ? {} : { tcpFlags: bitsOfFlags(tcpFlags.filter((one) => set.includes(one))) };
  return { src, dst, protocol, srcPort, dstPort, icmpType, icmpCode, fragment: fragment === true, ...flags };
}
