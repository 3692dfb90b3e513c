/** `assert`: what resources have by their configuration, said of each, and never guessed where no call tells. */
import { expect, test } from 'vitest';
import { propertiesOf } from '../../src/policy/meaning.ts';
import { readPolicyFile } from '../../src/policy/document.ts';
import { provePolicies } from '../../src/cli/proving.ts';
import type { Network } from '../../src/network/network.ts';
import { front } from '../support/front.ts';
import type { Change } from '../support/spec.ts';
import { networkOf } from '../support/network.ts';
import { world } from '../support/world.ts';

const common = 'AWSManagedRulesCommonRuleSet';

const web: Change = {
  targetGroups: [{ id: 'web', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1'] }],
};

const guarded = networkOf(
  world(front(), web, { webAcls: [{ id: 'waf', balancers: ['front'], ruleGroups: [common] }] }),
);
const bare = networkOf(world(front(), web));

const policyOf = (assert: string): string => `version: 1\nproperties:\n  - { id: p, assert: ${assert} }\n`;

async function resultOf(network: Network, assert: string) {
  const options = { assume: [], potential: false, timeoutMs: 10_000 };
  const checked = await provePolicies(network, [{ file: 'p.yaml', text: policyOf(assert) }], options);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.value.results[0]!;
}

function problemsOf(network: Network, assert: string) {
  const policy = readPolicyFile(policyOf(assert), 'p.yaml');
  const read = policy.ok ? propertiesOf(network, policy.value, { sides: new Map(), potential: false }) : policy;
  return read.ok ? [] : read.problems.map(({ code, place }) => [code, place]);
}

test('a load balancer has the web ACL that is associated with it', async () => {
  const { verdict, findings, assertion, question } = await resultOf(guarded, "{ on: 'alb:front', has: web-acl }");
  expect(verdict).toBe('holds');
  expect(findings).toMatchObject([{ feature: 'web-acl', has: 'yes', says: 'its web ACL is `waf`' }]);
  expect(assertion).toMatchObject({ on: 'alb:front', has: ['web-acl'] });
  expect(question).toEqual([]);
});

test.each([`rule-group:AWS:${common}`, `rule-group:${common}`, 'rule-group:*Common*'])(
  'its web ACL, and so it, has `%s`',
  async (group) => {
    expect((await resultOf(guarded, `{ on: 'web-acl:waf', has: '${group}' }`)).verdict).toBe('holds');
    expect((await resultOf(guarded, `{ on: 'alb:front', has: [web-acl, '${group}'] }`)).verdict).toBe('holds');
  },
);

test('a rule group that the web ACL does not refer to is lacking, and those it has are named', async () => {
  const { verdict, reason } = await resultOf(guarded, "{ on: 'alb:front', has: 'rule-group:*SQLi*' }");
  expect(verdict).toBe('violated');
  expect(reason).toContain(common);
});

test('one whose matches are only counted is lacking', async () => {
  const counting = networkOf(
    world(front(), web, { webAcls: [{ id: 'waf', balancers: ['front'], ruleGroups: [common], counted: [common] }] }),
  );
  expect((await resultOf(counting, `{ on: 'web-acl:*', has: 'rule-group:${common}' }`)).verdict).toBe('violated');
});

test('where no call tells of web ACLs it is undecided, and the call is named', async () => {
  const { verdict, reason } = await resultOf(bare, "{ on: 'alb:front', has: web-acl }");
  expect(verdict).toBe('undecided');
  expect(reason).toContain('aws wafv2 list-web-acls');
});

test('a VPC without a rule group of DNS Firewall lacks one', async () => {
  const { verdict, findings } = await resultOf(bare, "{ on: 'vpc:*', has: dns-firewall }");
  expect(verdict).toBe('violated');
  expect(findings!.every(({ has }) => has === 'no')).toBe(true);
});

test('a flow log on a VPC records what stands in it; one whose records get lost does not, and none is a lack where all were read', async () => {
  const logged = (on: string, delivers?: boolean): Network => ({
    ...bare,
    vpcs: new Map([...bare.vpcs].map(([id, vpc]) => [id, { ...vpc, flowLogsRead: true }])),
    flowLogs: new Map([
      [
        'fl-1',
        {
          kind: 'flow-log',
          id: 'fl-1',
          tags: {},
          source: { file: 'f', place: '/' },
          ...(on === '' ? {} : { on }),
          ...(delivers === undefined ? {} : { delivers }),
        },
      ],
    ]),
  });
  const verdictOf = async (network: Network, on: string) =>
    (await resultOf(network, `{ on: '${on}', has: flow-logs }`)).verdict;
  for (const on of ['vpc:vpc-a', 'subnet:*', 'eni:eni-i1']) {
    expect(await verdictOf(bare, on)).toBe('undecided');
    expect(await verdictOf(logged('vpc-a'), on)).toBe('holds');
    expect(await verdictOf(logged('vpc-a', false), on)).toBe('violated');
    expect(await verdictOf(logged('vpc-other'), on)).toBe('violated');
    expect(await verdictOf(logged(''), on)).toBe('undecided');
  }
  expect(await verdictOf(logged('subnet-s1'), 'subnet:subnet-s1')).toBe('holds');
  expect(await verdictOf(logged('subnet-s1'), 'vpc:vpc-a')).toBe('violated');
});

test.each([
  ["{ on: 'vpc:*', has: web-acl }", [['not-its-kind', '3:29']]],
  ['{ on: internet, has: web-acl }', [['not-its-kind', '3:28']]],
  ["{ on: 'alb:front', has: web-acls }", [['unknown-feature', '3:46']]],
  ["{ on: 'alb:front', has: rule-group }", [['unknown-feature', '3:46']]],
  [
    "{ on: 'alb:nobody', has: [web-acl:x, dns-firewal] }",
    [
      ['no-match', '3:29'],
      ['unknown-feature', '3:48'],
      ['unknown-feature', '3:59'],
    ],
  ],
  [
    "{ on: 'alb:front', has: web-acl }, mode: data, except: { via: 'alb:front' }",
    [
      ['bad-value', '3:63'],
      ['bad-value', '3:77'],
    ],
  ],
])('%s is a mistake, at its place', (assert, problems) => {
  expect(problemsOf(guarded, assert)).toEqual(problems);
});
