import { describe, expect, it } from 'vitest';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredFindings, ref } from '../../support/declared.ts';

const vpc = declared('vpc', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const gateway = declared('igw', 'AWS::EC2::InternetGateway');

describe('internet gateways that are declared', () => {
  it('are attached to the VPC that an attachment names', () => {
    const attachment = declared('a', 'AWS::EC2::VPCGatewayAttachment', {
      VpcId: ref('vpc'),
      InternetGatewayId: ref('igw', 'InternetGatewayId'),
    });
    const { internetGateways } = declaredFindings(vpc, gateway, attachment).findings;
    expect(internetGateways).toMatchObject([{ id: 'igw', declaredAs: 'igw', vpc: 'vpc' }]);
    expect(internetGateways[0]).not.toHaveProperty('state');
  });

  it('are attached to nothing without one', () => {
    expect(declaredFindings(vpc, gateway).findings.internetGateways[0]).not.toHaveProperty('vpc');
  });

  it('may be attached where it is not known which gateway an attachment names', () => {
    const attachment = declared('a', 'AWS::EC2::VPCGatewayAttachment', {
      VpcId: ref('vpc'),
      InternetGatewayId: new Unknown('known after apply'),
    });
    const { internetGateways } = declaredFindings(vpc, gateway, attachment).findings;
    expect(internetGateways).toMatchObject([{ vpc: 'vpc', state: 'unknown' }]);
  });

  it('are not attached by an attachment that is one of others', () => {
    const attachment = declared('a', 'AWS::EC2::VPCGatewayAttachment', {
      VpcId: ref('vpc'),
      InternetGatewayId: new Unknown('known after apply', [ref('other')]),
    });
    const other = declared('other', 'AWS::EC2::InternetGateway');
    const { internetGateways } = declaredFindings(vpc, gateway, other, attachment).findings;
    expect(internetGateways).toMatchObject([{ id: 'igw' }, { id: 'other', vpc: 'vpc', state: 'unknown' }]);
    expect(internetGateways[0]).not.toHaveProperty('vpc');
  });

  it('may be attached to each VPC where an attachment does not tell to which', () => {
    const attachment = declared('a', 'AWS::EC2::VPCGatewayAttachment', {
      VpcId: new Unknown('known after apply'),
      InternetGatewayId: ref('igw'),
    });
    const { internetGateways, edges } = declaredFindings(vpc, gateway, attachment).findings;
    expect(internetGateways).toMatchObject([{ id: 'igw/vpc', vpc: 'vpc', state: 'unknown' }]);
    expect(edges.outside.has('igw')).toBe(true);
  });
});
