/** What a firewall with a known policy does with a conversation: its packets one after the other, each in the state that those before left. */
import { invariant } from '../../base/invariant.ts';
import { applications } from '../../net/application.ts';
import type { Packet } from '../../net/packet.ts';
import type { Payload } from '../../net/payload.ts';
import { protocols } from '../../net/protocol.ts';
import type { Firewall } from '../../network/firewall.ts';
import { type FirewallPolicy, policyOf } from '../../network/firewall-policy.ts';
import type { Judgement, JudgeRequest } from '../../network/judge.ts';
import type { Network } from '../../network/network.ts';
import type { Sides } from '../../network/replay.ts';
import type { Provenance } from '../../network/resource.ts';
import { certified, continues } from '../../network/unknown.ts';
import { type Moment, isOpening, momentsOf } from './conversation.ts';
import { type Decision, type Engine, decide, isFact } from './engine.ts';
import { ruleListOf } from './rule-list.ts';
import { statelessVerdict, tellsApart } from './stateless.ts';
import { inspectionOf } from './tls-inspection.ts';

/** Whether all that the mode needs gets through, both ways. The firewall's policy is known (`policyOf`). */
export function judge(request: JudgeRequest): Judgement {
  const { network, firewall, packet, mode, sides } = request;
  const policy = policyOf(network, firewall);
  invariant(policy !== undefined, `the policy of ${firewall.id} is known`);
  const moments = momentsOf(packet, mode);
  const overTcp = packet.protocol === protocols.tcp;
  const last = moments.at(-1)!;
  if (mode === 'packet' && overTcp && !isOpening(packet)) {
    const alone = aloneVerdict(request, policy, last);
    if (alone !== undefined) return alone;
  }
  const ordinary = converse(request, policy, moments);
  if (ordinary.passes || !overTcp) return ordinary;
  if (mode === 'client-data')
    // Who means harm sends data without a handshake where nobody asks for one (semantics 10.18, 10.37).
    for (const moment of variants(last)) {
      const alone = aloneVerdict(request, policy, moment);
      if (alone?.passes === true) return alone;
    }
  // And chooses flags that get through; whether both ends of any other connection do is 10.16.
  if (mode !== 'client-data' && !isFact(sides, '10.16')) return ordinary;
  const chosen = tellsApart(policy, network.ruleGroups, moments) ? choicesOf(policy, network, moments) : [];
  for (const choice of chosen) {
    const judgement = converse(request, policy, choice);
    if (judgement.passes) return judgement;
  }
  return ordinary;
}

/** The packet under each of the flags that it may go under at all. */
const variants = ({ bears, ...moment }: Moment): readonly Moment[] =>
  (bears?.possible ?? [moment.flags]).map((flags) => ({ ...moment, flags }));

/** The conversation under flags of somebody's choice, as far as the stateless rules treat them differently. */
function choicesOf(
  policy: FirewallPolicy,
  network: Network,
  moments: readonly Moment[],
): readonly (readonly Moment[])[] {
  let all: readonly (readonly Moment[])[] = [[]];
  for (const moment of moments) {
    const treated = new Map<string, Moment>();
    for (const one of variants(moment)) {
      const { action } = statelessVerdict(policy, network.ruleGroups, one);
      // In the engine, rules of flags go by all that there may be.
      if (!treated.has(action)) treated.set(action, { ...moment, flags: one.flags, chosen: true });
    }
    treated.delete('aws:drop');
    all = all.flatMap((before) => [...treated.values()].map((one) => [...before, one]));
  }
  return all;
}

/** Packet after packet, each under every flag that ordinary ends send it under. */
function converse(request: JudgeRequest, policy: FirewallPolicy, moments: readonly Moment[]): Judgement {
  const { network, firewall, packet, sides } = request;
  const engine = engineOf(request, policy);
  const bare = moments.every((moment) => !moment.request);
  let unseen = false;
  let decision: Told = nothing;
  for (const moment of moments) {
    const flagsUsed = moment.chosen === true ? undefined : moment.bears?.ordinary;
    const kinds = (flagsUsed ?? [moment.flags]).map((flags) =>
      statelessVerdict(policy, network.ruleGroups, { ...moment, flags }),
    );
    const dropped = kinds.find(({ action }) => action === 'aws:drop');
    if (dropped !== undefined) return told(statelessly(dropped), moment);
    const past = kinds.find(({ action }) => action === 'aws:pass');
    if (past !== undefined) unseen = true;
    if (kinds.every((kind) => kind.action === 'aws:pass')) decision = statelessly(past!);
    else if (unseen && packet.protocol === protocols.tcp) decision = midstreamVerdict(policy, firewall, sides);
    else decision = inspect(request, policy, engine, moment, bare);
    if (!decision.passes) return told(decision, moment);
  }
  return told(decision, moments.at(-1)!);
}

/** A decision, by whatever part of the firewall. */
type Told = Pick<Decision, 'passes' | 'by'> & {
  readonly place?: {
    readonly group: string;
    readonly sid?: number;
    readonly line?: number;
    readonly source: Provenance;
  };
};

const nothing: Told = { passes: true };

/** A packet that the stateful engine does not get to see. */
function statelessly({ action, by, group, source }: ReturnType<typeof statelessVerdict>): Told {
  const place = group === undefined || source === undefined ? {} : { place: { group, source } };
  return { passes: action === 'aws:pass', by, ...place };
}

function told({ passes, by, place }: Told, moment: Moment): Judgement {
  const verb = passes ? 'passes' : 'drops';
  const rule = place && {
    group: place.group,
    ...(place.sid === undefined ? {} : { sid: place.sid }),
    ...(place.line === undefined ? {} : { line: place.line }),
    source: place.source,
  };
  return {
    passes,
    why: by === undefined ? `no rule and no default action drops ${moment.name}` : `${by} ${verb} ${moment.name}`,
    ...(passes ? {} : { code: 'FIREWALL_RULES_RESTRICTION' }),
    ...(rule === undefined ? {} : { rule }),
    moment: moment.name,
  };
}

/** A later packet of a flow that the firewall need not have seen; undefined where it can only pass if it has. */
function aloneVerdict(request: JudgeRequest, policy: FirewallPolicy, moment: Moment): Judgement | undefined {
  const { network, firewall, sides } = request;
  const stateless = statelessVerdict(policy, network.ruleGroups, moment);
  if (stateless.action !== 'aws:forward_to_sfe') return told(statelessly(stateless), moment);
  const midstream = midstreamVerdict(policy, firewall, sides);
  return midstream.passes ? told(midstream, moment) : undefined;
}

/** A TCP packet of a flow whose start the engine has not seen (semantics 10.37). */
function midstreamVerdict(policy: FirewallPolicy, firewall: Firewall, sides: Sides): Told {
  const exception = policy.stateful.streamException;
  const by = `the stream exception policy ${exception}, as the engine has not seen all of the flow,`;
  return { passes: exception === 'CONTINUE' && sides.get(continues(firewall.id)) === true, by };
}

/** TLS inspection, then the rules. `bare`: of the flow nothing is looked at that a client says. */
function inspect(request: JudgeRequest, policy: FirewallPolicy, engine: Engine, moment: Moment, bare: boolean): Told {
  const inspection = inspectionOf(policy, request.network.tlsInspections, moment.packet);
  // Sessions that are held are set up with the server once the client hello was judged (10.69).
  if (engine.decrypted && policy.sessionHolding && bare && !isFact(request.sides, '10.69-handshake'))
    return { passes: false, by: 'TLS session holding, which waits for the client hello,' };
  if (inspection !== undefined && moment.request) {
    const { app, sni } = engine.payload;
    if (app !== 'tls') return { passes: false, by: 'TLS inspection, which takes TLS alone,' };
    if (sni === undefined) return { passes: false, by: 'TLS inspection, which asks for a server name,' };
    if (request.sides.get(certified(inspection.id)) !== true)
      return { passes: false, by: 'TLS inspection, as the server is not taken to have a certificate for the name,' };
  }
  return decide(engine, moment);
}

function engineOf({ network, firewall, packet, payload, sides }: JudgeRequest, policy: FirewallPolicy): Engine {
  return {
    policy,
    rules: ruleListOf(network, firewall, policy),
    payload: carried(payload, packet),
    sides,
    decrypted: inspectionOf(policy, network.tlsInspections, packet) !== undefined,
    bits: new Map(),
    seen: new Set(),
  };
}

/** An application is only found over the protocols that it runs over. */
function carried(payload: Payload | undefined, { protocol }: Packet): Payload {
  const over = payload && applications[payload.app]?.over;
  return payload !== undefined && (over === undefined || over.includes(protocol)) ? payload : { app: 'none' };
}
