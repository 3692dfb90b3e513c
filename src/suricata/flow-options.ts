/** Options about the flow: flow, flowbits, the protocol detected in it, and the TLS state (semantics 10.77 to 10.82). */
import { didYouMean } from '../base/near.ts';
import { present } from '../base/present.ts';
import { applications } from '../net/application.ts';
import { applicationOf, refusedApplication } from './header.ts';
import { type Complain, type Piece, splitOutside } from './piece.ts';
import type { Option } from './rule.ts';

type Flow = Extract<Option, { kind: 'flow' }>;

const code = 'suricata-option';

const directions: Readonly<Record<string, NonNullable<Flow['direction']>>> = {
  to_server: 'to_server',
  from_client: 'to_server',
  to_client: 'to_client',
  from_server: 'to_client',
};
const states = ['established', 'not_established', 'stateless'] as const;
const others = ['only_stream', 'no_stream', 'only_frag', 'no_frag'];

export function readFlow(value: Piece, complain: Complain): Flow {
  let direction: Flow['direction'];
  let state: Flow['state'];
  const other: string[] = [];
  for (const at of splitOutside(value, ',')) {
    const word = at.text.toLowerCase();
    const towards = Object.hasOwn(directions, word) ? directions[word] : undefined;
    const is = states.find((one) => one === word);
    if (towards !== undefined) {
      if (direction !== undefined && direction !== towards) complain(at, code, '`flow` names two directions.');
      direction = towards;
    } else if (is !== undefined) {
      if (state !== undefined && state !== is) complain(at, code, '`flow` names two states.');
      state = is;
    } else if (others.includes(word)) other.push(word);
    else complain(at, code, `\`${at.text}\` is nothing that \`flow\` knows.`, nearFlow(word));
  }
  return { kind: 'flow', ...present({ direction, state }), other };
}

const nearFlow = (word: string): string | undefined =>
  didYouMean(word, [...Object.keys(directions), ...states, ...others]);

const commands = ['set', 'isset', 'isnotset', 'unset', 'toggle'] as const;

export function readFlowbits(value: Piece, complain: Complain): Option | undefined {
  const [first, names, ...more] = splitOutside(value, ',');
  const word = first?.text.toLowerCase() ?? '';
  if (word === 'noalert' && names === undefined) return { kind: 'noalert' };
  const command = commands.find((one) => one === word);
  if (command === undefined)
    return complain(value, code, `\`${word}\` is no command of \`flowbits\`.`, `Known are ${commands.join(', ')}.`);
  if (names === undefined || names.text === '' || more.length > 0)
    return complain(value, code, '`flowbits` needs one name behind its command.', 'Write it like `flowbits:set,name`.');
  return { kind: 'flowbits', command, names: names.text.split('|').map((name) => name.trim()) };
}

/** Words that stand for no protocol. */
const undetected = new Set(['failed', 'unknown']);

export function readApplication(value: Piece, complain: Complain): Option | undefined {
  const [first, mode, ...more] = splitOutside(value, ',');
  const negated = first?.text.startsWith('!') ?? false;
  const word = (first?.text ?? '')
    .slice(negated ? 1 : 0)
    .trim()
    .toLowerCase();
  const protocol = applicationOf(word);
  if (more.length > 0) return complain(value, code, '`app-layer-protocol` takes a protocol and a mode.');
  if (!Object.hasOwn(applications, protocol) && !undetected.has(protocol))
    return complain(
      value,
      'suricata-protocol',
      refusedApplication(word) ?? `\`${word}\` is no application protocol.`,
      didYouMean(word, Object.keys(applications)),
    );
  return { kind: 'app-layer-protocol', negated, protocol, ...present({ mode: mode?.text.toLowerCase() }) };
}

export function readSslState(value: Piece): Option {
  const negated = value.text.startsWith('!');
  const state = value.text
    .slice(negated ? 1 : 0)
    .trim()
    .toLowerCase();
  // Several are alternatives, of which none is known to have come.
  if (!/^\w+$/.test(state)) return { kind: 'unknown', keyword: 'ssl_state', value: value.text };
  return { kind: 'ssl_state', negated, state };
}
