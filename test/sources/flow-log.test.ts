/** Flow logs, out of answers, plans and templates: facts about what they watch, without effect on packets. */
import { expect, test } from 'vitest';
import { ask } from '../../src/index.ts';
import { formatSnapshot, networkFromDocuments, networkSha256 } from '../../src/sources/index.ts';
import { declared, declaredNetwork, ref } from '../support/declared.ts';
import { after, later, property, ref as named } from '../support/terraform.ts';
import { documents, network, tiny } from './tiny.ts';

const log = {
  FlowLogId: 'fl-1',
  ResourceId: 'vpc-1',
  TrafficType: 'REJECT',
  LogDestinationType: 's3',
  FlowLogStatus: 'ACTIVE',
  DeliverLogsStatus: 'FAILED',
  Tags: [{ Key: 'Name', Value: 'watch' }],
};
const watched = network(documents({ ...tiny, FlowLogs: [log] }));

test('describe-flow-logs tells what is watched, and whether records arrive', () => {
  expect(watched.flowLogs.get('fl-1')).toMatchObject({
    name: 'watch',
    on: 'vpc-1',
    traffic: 'REJECT',
    destination: 's3',
    delivers: false,
  });
  expect(watched.coverage).toContainEqual(
    expect.objectContaining({ kind: 'flow-log', id: 'fl-1', status: 'modelled' }),
  );
});

test('a snapshot keeps them, and a network without any is the one that it was', () => {
  const json = JSON.parse(formatSnapshot(watched)) as unknown;
  const read = networkFromDocuments([{ file: 'network.json', json }]);
  expect(read.ok && networkSha256(read.value)).toBe(networkSha256(watched));
  expect(networkSha256(watched)).not.toBe(networkSha256(network(documents(tiny))));
});

test('a flow log stops and starts no packet', async () => {
  const answer = async (of: typeof watched) => {
    const asked = await ask(of, { from: 'vpc-1', to: 'internet' });
    return asked.ok && [asked.value.verdict, asked.value.assumptions];
  };
  expect(await answer(watched)).toEqual(await answer(network(documents(tiny))));
});

test('one that is declared watches what its link names', () => {
  const made = declaredNetwork(
    declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
    declared('log', 'AWS::EC2::FlowLog', { ResourceType: 'VPC', ResourceId: ref('vpc'), TrafficType: 'ALL' }),
  );
  expect(made.flowLogs.get('log')).toMatchObject({ on: 'vpc', traffic: 'ALL' });
});

test('aws_flow_log names its VPC, subnet or interface by an argument of its own', () => {
  const plan = after({
    resources: [
      { address: 'aws_subnet.s', after: { id: later }, refs: {} },
      {
        address: 'aws_flow_log.l',
        after: { id: later, subnet_id: later, traffic_type: 'ALL' },
        refs: { subnet_id: named('aws_subnet.s.id') },
      },
    ],
  });
  expect(property(plan, 'aws_flow_log.l', 'ResourceId')).toBe('→aws_subnet.s');
});
