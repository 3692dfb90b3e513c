/** Random DNS Firewalls and resolver rules of VPC A, and queries for the names in which they meet. */
import * as fc from 'fast-check';
import type { Payload } from '../../src/net/payload.ts';
import type { NamesGroupSpec, NamesSpec } from './aws-dns.ts';

const entries = ['example', '*.example', 'a.example', '*.a.example', 'evil.test', '*.test', '*'];
const types = ['A', 'AAAA', 'TXT', 'TYPE65'];
const domains = ['.', 'example', 'a.example', 'x.a.example', 'test'];
const asked = ['example', 'a.example', 'x.a.example', 'X.A.Example', 'aexample', 'evil.test', 'x.evil.test', 'com'];

/** Most match few names, so that many come to the later ones. */
const rule = fc
  .record({
    action: fc.constantFrom('ALLOW', 'BLOCK', 'BLOCK', 'ALERT'),
    list: fc.oneof(
      { weight: 6, arbitrary: fc.subarray(entries, { minLength: 1, maxLength: 2 }).map((names) => names.join(',')) },
      { weight: 1, arbitrary: fc.constantFrom('<malware>', '<dga>') },
    ),
    type: fc.option(fc.constantFrom(...types), { nil: undefined, freq: 2 }),
  })
  .map(({ action, list, type }) => `${action} ${list}${type === undefined ? '' : ` ${type}`}`);

/** Priorities are a group's own, and stand in any order in the answer. */
const rules = fc
  .uniqueArray(fc.nat(99), { maxLength: 5 })
  .chain((priorities) => fc.tuple(...priorities.map((priority) => rule.map((one) => `${priority} ${one}`))));

const groups: fc.Arbitrary<readonly NamesGroupSpec[]> = fc
  .array(
    fc.record({
      rules: fc.option(rules, { nil: undefined, freq: 9 }),
      vpc: fc.constantFrom('vpc-a', 'vpc-a', 'vpc-a', 'vpc-b'),
      state: fc.constantFrom('COMPLETE', 'COMPLETE', 'COMPLETE', 'UPDATING'),
    }),
    { maxLength: 3 },
  )
  .map((all) =>
    all.map(({ rules: own, vpc, state }, i) => ({
      id: `rslvr-frg-${i}`,
      ...(own === undefined ? {} : { rules: own }),
      // The later ones filter first.
      on: [`${vpc} ${200 - i} ${state}`],
    })),
  );

const resolverRules = fc
  .array(
    fc.record({
      type: fc.constantFrom('FORWARD', 'SYSTEM', 'RECURSIVE'),
      domain: fc.constantFrom(...domains),
      vpc: fc.constantFrom('vpc-a', 'vpc-a', 'vpc-a!', 'vpc-b'),
    }),
    { maxLength: 3 },
  )
  .map((all) => {
    // A VPC has one rule for a domain.
    const own = all.filter((one, i) => all.findIndex(({ domain }) => domain === one.domain) === i);
    return own.map(({ type, domain, vpc }, i) => `rslvr-rr-${i} ${type} ${domain} ${vpc}`);
  });

export const namesSpecs: fc.Arbitrary<NamesSpec> = fc.record(
  {
    groups,
    rules: resolverRules,
    failOpen: fc.constantFrom([], [], ['vpc-a']),
    profiles: fc.constantFrom([], [], [], [], [], ['vpc-a']),
    unread: fc.constantFrom([], [], [], [], ['rule associations'] as const, ['domains'] as const),
  },
  { requiredKeys: ['groups', 'failOpen', 'profiles', 'unread'] },
);

/** Some say nothing that can be looked up. */
export const queries: fc.Arbitrary<Payload> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<Payload>({ app: 'none' }, { app: 'dns' }) },
  {
    weight: 12,
    arbitrary: fc.record({
      app: fc.constant('dns'),
      dnsName: fc.constantFrom(...asked),
      dnsType: fc.constantFrom(...types, 'MX'),
    }),
  },
);
