/** A plan that attaches gateways that run, takes them from their VPCs, and has them propagate routes. */
import { expect, test } from 'vitest';
import type { DeclaredResource } from '../../../src/sources/declared/resource.ts';
import { Unknown, type Value } from '../../../src/sources/declared/value.ts';
import { declared } from '../../support/declared.ts';
import { changed } from '../../support/over-base.ts';
import { documents, tiny } from '../tiny.ts';

const runs = documents({
  ...tiny,
  InternetGateways: [...tiny.InternetGateways, { InternetGatewayId: 'igw-free', Attachments: [] }],
  VpnGateways: [{ VpnGatewayId: 'vgw-1', State: 'available', VpcAttachments: [] }],
});
const open = new Unknown('known after apply');
const attach = (key: string, gateway: string) =>
  declared('attach', 'AWS::EC2::VPCGatewayAttachment', { VpcId: 'vpc-1', [key]: gateway });
const after = (before: readonly DeclaredResource[], now: readonly DeclaredResource[]) => changed(runs, before, now)[1];

test('an internet gateway that runs is at the VPC to which it is attached, and at none once that is undone', () => {
  const of = (id: string, ...sides: Parameters<typeof after>) => after(...sides).internetGateways.get(id)!;
  const made = attach('InternetGatewayId', 'igw-free');
  expect(of('igw-free', [], [])).not.toHaveProperty('vpc');
  expect(of('igw-free', [], [made])).toMatchObject({ vpc: 'vpc-1' });
  expect(of('igw-free', [], [{ ...made, uncertain: 'a condition' }])).toMatchObject({ vpc: 'vpc-1', state: 'unknown' });
  const own = attach('InternetGatewayId', 'igw-1');
  expect(of('igw-1', [own], [own])).toMatchObject({ vpc: 'vpc-1' });
  expect(of('igw-1', [own], [])).not.toHaveProperty('vpc');
});

test('a virtual private gateway that runs is at the VPC to which it is attached', () => {
  const made = after([], [attach('VpnGatewayId', 'vgw-1')]);
  expect(made.vpnGateways.get('vgw-1')).toMatchObject({ vpc: 'vpc-1' });
  expect(after([], []).vpnGateways.get('vgw-1')).not.toHaveProperty('vpc');
});

test('a propagation of which the table or the gateway is not known may be of any that runs', () => {
  const propagate = (table: Value, VpnGatewayId: Value) =>
    declared('propagate', 'AWS::EC2::VPNGatewayRoutePropagation', { RouteTableIds: [table], VpnGatewayId });
  for (const one of [propagate('rtb-1', 'vgw-1'), propagate(open, 'vgw-1'), propagate('rtb-1', open)])
    expect(after([], [attach('VpnGatewayId', 'vgw-1'), one]).routeTables.get('rtb-1')!.routes).toContainEqual(
      expect.objectContaining({ origin: 'propagated', state: 'unknown', target: { kind: 'vpn-gateway', id: 'vgw-1' } }),
    );
});
