import { describe, expect, it } from 'vitest';
import { isUnread } from '../../../src/network/resource.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredNetwork, ref } from '../../support/declared.ts';

const unknown = new Unknown('known after apply');
const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const a = declared('a', 'AWS::EC2::Subnet', { VpcId: ref('vpc'), CidrBlock: '10.0.0.0/24' });
const group = declared('group', 'AWS::EC2::SecurityGroup', { VpcId: ref('vpc'), GroupDescription: 'x' });

describe('Client VPN that is declared', () => {
  const endpoint = declared('cvpn', 'AWS::EC2::ClientVpnEndpoint', {
    ClientCidrBlock: '172.16.0.0/16',
    VpcId: ref('vpc'),
    SecurityGroupIds: [ref('group')],
  });
  const association = (subnet: ReturnType<typeof ref> | Unknown = ref('a')) =>
    declared('association', 'AWS::EC2::ClientVpnTargetNetworkAssociation', {
      ClientVpnEndpointId: ref('cvpn'),
      SubnetId: subnet,
    });
  const rule = (block: string | Unknown = '10.0.0.0/16') =>
    declared('rule', 'AWS::EC2::ClientVpnAuthorizationRule', {
      ClientVpnEndpointId: ref('cvpn'),
      TargetNetworkCidr: block,
      AuthorizeAllGroups: true,
    });
  const built = (...more: readonly ReturnType<typeof declared>[]) =>
    declaredNetwork(vpc, a, group, endpoint, ...more).clientVpnEndpoints.get('cvpn')!;

  it('lets clients in by an interface in each subnet that it is associated with', () => {
    expect(built(association(), rule())).toMatchObject({
      families: ['ipv4'],
      associations: [{ subnet: 'a', interfaces: ['cvpn/a'] }],
      routes: [{ subnet: 'a', destination: { length: 16 } }],
      authorizationRules: [{ everyone: true, destination: { length: 16 } }],
    });
  });

  it('lets nobody in without an association', () => {
    expect(built(rule())).toMatchObject({ associations: [], routes: [] });
  });

  it('may let in whom it is not known', () => {
    expect(isUnread(built(association(unknown)).associations)).toBe(true);
    expect(isUnread(built(association(), rule(unknown)).authorizationRules)).toBe(true);
    expect(isUnread(built({ ...association(), uncertain: 'a condition' }).associations)).toBe(true);
  });
});
