/** What the flows of a question carry, in classes: which payloads it means, which it excuses, and which a protocol can have. */
import {
  type PayloadName,
  type Plane,
  type Predicate,
  carriable,
  looksAtPayload,
  once,
  payloadsOf,
  predicate as p,
} from '../dataplane/index.ts';
import { names } from '../network/unknown.ts';
import type { Question, Traffic } from '../policy/question.ts';

/** The names that tell its payloads apart. */
export const namesIn = ({ traffic, except }: Question): readonly PayloadName[] =>
  [...traffic, ...except.flatMap((one) => one.traffic ?? [])].flatMap(({ sni, httpHost, dnsName, dnsType }) => [
    ...(sni === undefined ? [] : [{ kind: 'sni', name: sni } as const]),
    ...(httpHost === undefined ? [] : [{ kind: 'httpHost', name: httpHost } as const]),
    ...(dnsName === undefined ? [] : [{ kind: 'dnsName', name: dnsName } as const]),
    ...(dnsType === undefined ? [] : [{ kind: 'dnsType', name: dnsType } as const]),
  ]);

/** Whether it matters what flows carry: some firewall looks, or the question tells it apart. */
const matters = (plane: Plane, { except }: Question): boolean =>
  looksAtPayload(plane) || except.some(({ traffic = [] }) => traffic.some(({ app }) => app !== undefined));

/** What a protocol can carry, and what a client that means what it says does (semantics 10.61). */
export function sayable(plane: Plane, question: Question): Predicate {
  if (!matters(plane, question)) return p.yes;
  const payloads = payloadsOf(plane);
  const formed = once(plane, 'carriable payloads', () => carriable(payloads));
  if (question.names === undefined) return formed;
  const nameless = [
    ['tls', 'tls.sni'],
    ['http', 'http.host'],
  ] as const;
  return p.and(
    formed,
    ...nameless.map(([app, buffer]) =>
      p.or(p.not(p.isIn('payload', payloads.app(app))), p.isIn('payload', payloads.holding(buffer))),
    ),
  );
}

/** The payloads of that traffic; any where nothing is said, or where nothing looks at it. */
export function payloadIn(
  plane: Plane,
  question: Question,
  { app, sni, httpHost, dnsName, dnsType }: Traffic,
): Predicate {
  if (app === undefined || !matters(plane, question)) return p.yes;
  const payloads = payloadsOf(plane);
  const named = (
    [
      ['sni', sni],
      ['httpHost', httpHost],
      ['dnsName', dnsName],
    ] as const
  ).flatMap(([kind, name]) => {
    if (name === undefined) return [];
    const set = payloads.named(kind, name);
    // Too many names to tell them apart: which of them it is stays open.
    return [set === undefined ? p.unknown(names(name)) : p.isIn('payload', set)];
  });
  const typed = dnsType === undefined ? p.yes : p.isIn('payload', payloads.ofType(dnsType));
  return p.and(p.isIn('payload', payloads.app(app)), typed, ...named);
}
