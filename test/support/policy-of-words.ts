/** A firewall's policy, as the tracer's own tests tell it, as the answers that the AWS CLI prints, with addresses of the random networks. */
import type { PolicyWords } from '../trace/firewall-world.ts';
import {
  describeManaged,
  describePolicy,
  describeRules,
  describeStateless,
  describeTls,
  inspecting,
  managedGroupArn,
  statefulGroupArn,
  statelessGroupArn,
  tlsInspectionArn,
} from './aws-network-firewall.ts';
import type { StatelessSpec } from './aws-network-firewall.ts';
import { flagsOfBits } from '../../src/net/tcp-flags.ts';
import type { Change } from './spec.ts';

/** The policy of firewall `main`. */
export function answersOf(words: PolicyWords): Change {
  const order = words.order === 'action' ? 'DEFAULT_ACTION_ORDER' : 'STRICT_ORDER';
  const groups = Object.entries(words.groups ?? {});
  const answers = groups.flatMap(([name, group]) => {
    if (group.managed === true) return [describeManaged(name, order)];
    if (group.rules === undefined) return [];
    const { ipSets = {}, portSets = {} } = group;
    const sets = Object.fromEntries(Object.entries(ipSets).map(([set, blocks]) => [set, blocks.map(here)]));
    const references = Object.fromEntries(
      Object.keys(group.references ?? {}).map((set) => [
        set,
        'arn:aws:ec2:us-east-1:111122223333:prefix-list/pl-rules',
      ]),
    );
    return [describeRules(name, group.rules.map(here), { order, ipSets: sets, portSets, references })];
  });
  const { stateless = [], defaults } = words;
  return {
    lists: Object.values(words.lists ?? {}).map((entries) => ({ id: 'pl-rules', entries: entries.map(here) })),
    ...inspecting(
      describePolicy('main', {
        order,
        ...(order === 'DEFAULT_ACTION_ORDER' || defaults === undefined || defaults === 'none listed'
          ? {}
          : { defaults }),
        groups: groups.map(([name, { managed, dropToAlert }]) => {
          if (managed !== true) return statefulGroupArn(name);
          const arn = managedGroupArn(name);
          return dropToAlert === true ? { arn, dropToAlert: true } : arn;
        }),
        statelessGroups: stateless.length === 0 ? [] : [statelessGroupArn('packets')],
        stateless: words.statelessDefault ?? 'aws:forward_to_sfe',
        fragments: words.fragmentDefault ?? 'aws:forward_to_sfe',
        ...(words.homeNet === undefined ? {} : { homeNet: words.homeNet.map(here) }),
        ...(words.streamException === undefined ? {} : { streamException: words.streamException }),
        ...(words.tlsInspection === undefined ? {} : { tlsInspection: tlsInspectionArn('tls') }),
        ...(words.sessionHolding === true ? { sessionHolding: true } : {}),
      }),
      ...answers,
      ...(stateless.length === 0 ? [] : [describeStateless('packets', stateless.map(statelessOf))]),
      ...(words.tlsInspection === undefined ? [] : [describeTls('tls', [{}])]),
    ),
  };
}

const statelessOf = (rule: NonNullable<PolicyWords['stateless']>[number]): StatelessSpec => ({
  action: rule.action ?? 'aws:pass',
  protocols: rule.protocols ?? [],
  sourcePorts: (rule.sourcePorts ?? []).map(({ from, to }) => [from, to]),
  destinationPorts: (rule.destinationPorts ?? []).map(({ from, to }) => [from, to]),
  flags: (rule.tcpFlags ?? []).map(({ flags, masks }) => ({ set: flagsOfBits(flags), of: flagsOfBits(masks) })),
});

/** The blocks of the random networks in place of those of the tracer's world. */
const here = (text: string): string =>
  text
    .replaceAll('10.0.1.0/24', '10.0.0.0/26')
    .replaceAll('10.0.2.0/24', '10.0.0.64/26')
    .replaceAll('2001:db8:1::/48', '2600:1f18:a:2::/64')
    .replaceAll('2001:db8::/32', '2600:1f18:a:1::/64');
