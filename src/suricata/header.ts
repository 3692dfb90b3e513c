/** What stands before a rule's options: action, protocol, and who speaks to whom (semantics 10.70 to 10.75). */
import models from '../../models/suricata.json' with { type: 'json' };
import { didYouMean } from '../base/near.ts';
import { applications } from '../net/application.ts';
import { readAddresses } from './addresses.ts';
import { type Complain, type Piece, splitOutside } from './piece.ts';
import { readPorts } from './ports.ts';
import type { Rule, RuleAction } from './rule.ts';

export type Header = Omit<Rule, 'options' | 'sid'>;

const actions: readonly RuleAction[] = ['pass', 'drop', 'reject', 'alert'];

/** Other spellings, and what they mean; HTTP is version 1 on Network Firewall, as `http` is (semantics 10.64). */
const spellings: Readonly<Record<string, string>> = { pkthdr: 'ip', ip4: 'ipv4', ip6: 'ipv6', http1: 'http' };

const packetProtocols = ['ip', 'tcp', 'udp', 'icmp', 'icmpv4', 'icmpv6', 'tcp-pkt', 'tcp-stream', 'ipv4', 'ipv6'];

const refusedProtocols: Readonly<Record<string, string>> = models.refusedProtocols;

/** The form of Next Generation policies: `accept:hook tcp:all …` (semantics 10.91). */
const nextGeneration = /^(?:[a-z_]+\s*:|[a-z_]+\s+[a-z0-9_-]+:)/i;

export function readHeader(piece: Piece, complain: Complain): Header | undefined {
  if (nextGeneration.test(piece.text))
    return complain(
      piece,
      'suricata-next-generation',
      'This rule is written for a Next Generation firewall policy (`action:scope protocol:hook`), which is not supported.',
      'Rules of classic policies begin like `pass tcp`.',
    );
  const words = splitOutside(piece, ' ').filter(({ text }) => text !== '');
  const [first, second, ...ends] = words;
  const action = first && readAction(first, complain);
  const protocol = second && readRuleProtocol(second, complain);
  const at = ends.findIndex(({ text }) => /^[-<>=]+$/.test(text));
  const arrow = ends[at];
  const open = words.find(({ text }) => text.split('[').length > text.split(']').length);
  if (open !== undefined)
    return complain(
      open,
      'suricata-syntax',
      'The list that begins here is not closed by `]`.',
      'Write it like `[a,b,!c]`.',
    );
  if (arrow === undefined)
    return complain(
      ends[2] ?? { text: '', column: piece.column + piece.text.length },
      'suricata-direction',
      'The direction is missing.',
      'Write `->` or `<>` between the source port and the destination.',
    );
  const direction = readDirection(arrow, complain);
  const [source, sourcePort, before] = ends.slice(0, at);
  const [destination, destinationPort, after] = ends.slice(at + 1);
  const misplaced = sourcePort === undefined ? arrow : before;
  if (misplaced !== undefined)
    complain(misplaced, 'suricata-syntax', `One address and one port stand before \`${arrow.text}\`.`, form);
  if (destinationPort === undefined || after !== undefined)
    complain(after ?? arrow, 'suricata-syntax', `One address and one port stand after \`${arrow.text}\`.`, form);
  const from = source && readAddresses(source, complain);
  const fromPort = sourcePort && readPorts(sourcePort, complain);
  const to = destination && readAddresses(destination, complain);
  const toPort = destinationPort && readPorts(destinationPort, complain);
  if (action === undefined || protocol === undefined || direction === undefined) return undefined;
  if (from === undefined || fromPort === undefined || to === undefined || toPort === undefined) return undefined;
  return { action, protocol, source: from, sourcePort: fromPort, direction, destination: to, destinationPort: toPort };
}

const form = 'Write `action protocol source port -> destination port (options)`.';

function readAction(at: Piece, complain: Complain): RuleAction | undefined {
  const word = at.text.toLowerCase();
  const action = actions.find((one) => one === word);
  if (action !== undefined) return action;
  return complain(
    at,
    'suricata-action',
    models.refusedActions.includes(word)
      ? `AWS Network Firewall does not accept the action \`${at.text}\`.`
      : `\`${at.text}\` is no action.`,
    didYouMean(word, models.refusedActions.includes(word) ? [] : actions) ??
      'It is one of pass, drop, reject and alert.',
  );
}

function readRuleProtocol(at: Piece, complain: Complain): string | undefined {
  const word = at.text.toLowerCase();
  const protocol = applicationOf(word);
  if (packetProtocols.includes(protocol) || Object.hasOwn(applications, protocol)) return protocol;
  return complain(
    at,
    'suricata-protocol',
    refusedApplication(word) ?? `\`${at.text}\` is no protocol of a rule.`,
    didYouMean(word, [...packetProtocols, ...Object.keys(applications)]),
  );
}

/** The usual spelling of a protocol. */
export const applicationOf = (word: string): string => spellings[word] ?? word;

/** What AWS says to a protocol of Suricata's that it does not support (semantics 10.40); undefined where it may. */
export const refusedApplication = (word: string): string | undefined =>
  Object.hasOwn(refusedProtocols, word)
    ? `AWS Network Firewall does not support \`${word}\` (${refusedProtocols[word]}).`
    : undefined;

function readDirection(at: Piece, complain: Complain): Rule['direction'] | undefined {
  if (at.text === '->' || at.text === '<>' || at.text === '=>') return at.text;
  return complain(
    at,
    'suricata-direction',
    `\`${at.text}\` is no direction.`,
    at.text === '<-' ? 'Swap both sides, and write `->`.' : 'Write `->` or `<>`.',
  );
}
