/**
 * Beside an answer about payload: what the firewall lets through before it knows what a flow carries, and whose word
 * the names are (semantics 10.27, 10.28, 10.61).
 */
import { formatPacket } from '../net/packet.ts';
import { protocols } from '../net/protocol.ts';
import type { Network } from '../network/network.ts';
import type { Question } from '../policy/question.ts';
import { type SessionOptions, namesIn } from '../verify/index.ts';
import { type Finding, find } from './finding.ts';
import { nameOf } from './flow.ts';
import type { VerifyOptions } from './verifier.ts';

/** Beside a `forbid` that is decided on payload and holds. */
export async function beforePayload(
  network: Network,
  question: Question,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<readonly string[]> {
  const { onPayload: _, except, ...rest } = question;
  // A handshake carries no name, so that no exception by name excuses it.
  const unnamed = except.filter(({ traffic = [] }) => !traffic.some(({ app }) => app !== undefined));
  const bare: Question = { ...rest, mode: 'connection', carrier: 'tcp', except: unnamed };
  // The firewall's rules have been told of these names, and are not to be told anew.
  const found = await find(network, bare, options, { ...switches, names: namesIn(question) });
  const whose =
    question.names === 'honest'
      ? 'Clients are taken to name the server that they mean (`names: honest`).'
      : 'Names are what a client writes: no firewall asks whether the address is the name’s (`names: honest` takes clients at their word).';
  return [...(found.kind === 'some' ? handshakeNotes(network, found) : []), whose];
}

function handshakeNotes(
  network: Network,
  { shown: { witness } }: Extract<Finding, { kind: 'some' }>,
): readonly string[] {
  const ends = `from \`${nameOf(witness.origin)}\` to \`${nameOf(witness.delivery)}\``;
  return [
    `A bare TCP handshake still gets through, though no data of the client follows it: ${formatPacket(witness.packet)}, ${ends}.`,
    ...(judgesLate(network)
      ? ['The first segments of a message that a client splits reach the server before the firewall knows its name.']
      : []),
  ];
}

/** Some policy waits for the application before it drops (semantics 10.28). */
const judgesLate = ({ firewallPolicies }: Network): boolean =>
  [...firewallPolicies.values()].some(({ stateful }) => stateful.defaults?.some((one) => one.includes('_app_layer')));

/** Beside an `ask` that a TCP connection answers: that the firewall lets no data pass on it. */
export async function noData(
  network: Network,
  question: Question,
  { shown }: Extract<Finding, { kind: 'some' }>,
  options: VerifyOptions,
  switches: SessionOptions,
): Promise<readonly string[]> {
  const { packet } = shown.witness;
  const judged = shown.flow.hops.some(
    ({ kind, action }) => (kind === 'firewall-endpoint' || kind === 'network-firewall') && action === 'inspect',
  );
  if (
    question.mode !== 'connection' ||
    packet.protocol !== protocols.tcp ||
    !judged ||
    network.firewallPolicies.size === 0
  )
    return [];
  const data = await find(network, { ...question, mode: 'data' }, options, switches);
  return data.kind === 'none'
    ? ['The handshake succeeds, and the firewall stops the data that would follow it (`--mode data` asks for that).']
    : [];
}
