/** From describe documents in memory to a network. */
import { expect, test } from 'vitest';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { documents, network, tiny } from './tiny.ts';

test('a describe snapshot becomes a network in which every reference is resolved', () => {
  const net = network(documents(tiny));
  expect(net.subnets.get('subnet-1')).toMatchObject({ vpc: 'vpc-1', routeTable: 'rtb-1', networkAcl: 'acl-1' });
  expect(net.interfaces.get('eni-1')).toMatchObject({ role: 'host', instance: 'i-1', groups: ['sg-1'] });
  expect(net.instances.get('i-1')).toMatchObject({ state: 'running', interfaces: ['eni-1'] });
  expect(net.internetGateways.get('igw-1')).toMatchObject({ vpc: 'vpc-1' });
  expect(net.routeTables.get('rtb-1')?.routes.map(({ target }) => target.kind)).toEqual(['local', 'internet-gateway']);
});

test('every rule carries the file and the JSON pointer where it was read', () => {
  const [rule] = network(documents(tiny)).securityGroups.get('sg-1')!.ingress as readonly { source: object }[];
  expect(rule?.source).toEqual({
    file: 'SecurityGroups.json',
    place: '/SecurityGroups/0/IpPermissions/0/IpRanges/0',
  });
});

test('a document that is no answer of AWS is refused by name', () => {
  const result = networkFromDocuments([{ file: 'package.json', json: { name: 'x', version: '1' } }]);
  expect(result).toMatchObject({ ok: false, problems: [{ code: 'not-an-aws-response', file: 'package.json' }] });
});
