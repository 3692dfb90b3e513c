/** Tables into which a route server propagates: what it gives them is not known. */
import { describe, expect, it } from 'vitest';
import { ask } from '../../../src/index.ts';
import { Unknown, type Value } from '../../../src/sources/declared/value.ts';
import { declared, declaredFindings, declaredNetwork, ref } from '../../support/declared.ts';

const resources = [
  declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  declared('subnet', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.0.0/24' }),
  declared('table', 'AWS::EC2::RouteTable', { VpcId: ref('vpc') }),
  declared('own', 'AWS::EC2::SubnetRouteTableAssociation', { SubnetId: ref('subnet'), RouteTableId: ref('table') }),
  declared('host', 'AWS::EC2::Instance', { SubnetId: ref('subnet') }),
];
const propagation = (RouteTableId: Value) =>
  declared('propagation', 'AWS::EC2::RouteServerPropagation', { RouteServerId: 'rs-1', RouteTableId });
const toInternet = { from: 'host', to: 'internet', proto: 'tcp', port: '443', family: 'ipv4' } as const;

describe('a route server', () => {
  it.each([
    ['the table', ref('table')],
    ['any table', new Unknown('known after apply')],
  ])('may give %s a route that leads anywhere', async (_, table) => {
    const without = await ask(declaredNetwork(...resources), toInternet);
    const learning = await ask(declaredNetwork(...resources, propagation(table)), toInternet);
    if (!without.ok || !learning.ok) return expect.fail('both are answered');
    expect([without.value.verdict, learning.value.verdict]).toEqual(['unreachable', 'undecided']);
    expect(learning.value.assumptions).toMatchObject([expect.stringContaining(':propagation~table@table')]);
  });

  it('may give a table that exists one as well', () => {
    const { outside } = declaredFindings(...resources, propagation('rtb-1'));
    expect(outside.routes.get('rtb-1')).toMatchObject([{ target: { kind: 'unknown' } }]);
  });
});
