/**
 * Other services that make ways of their own: semantics section 14. What they forward is not modelled; a verdict that
 * they could change is no bare one, and names the assumption that stands for them.
 */
import { describe, expect, test } from 'vitest';
import { latticeAnswer, notebookAnswer, notebookArn } from '../support/aws-other-service.ts';
import { networkOf } from '../support/network.ts';
import { proves } from '../support/proves.ts';
import type { AnswerSpec, Change, Spec } from '../support/spec.ts';
import { world, world6 } from '../support/world.ts';
import { natA, vpcB } from '../hostile/parts.ts';
import { answerOf } from '../hostile/verdict.ts';

const others = (...answers: readonly AnswerSpec[]): Change => ({ others: answers });

/** A service network of VPC Lattice and the VPCs that are associated with it. */
const lattice = (...vpcs: readonly string[]): Change => others(latticeAnswer(vpcs));

const notebook = (direct: 'Enabled' | 'Disabled', nic: string | undefined): Change =>
  others(notebookAnswer(direct, nic));

const domain = (access: 'PublicInternetOnly' | 'VpcOnly'): Change =>
  others({
    id: 'sagemaker describe-domain',
    json: {
      DomainArn: 'arn:aws:sagemaker:us-east-1:123456789012:domain/d-1',
      DomainId: 'd-1',
      DomainName: 'studio',
      Status: 'InService',
      AuthMode: 'IAM',
      DefaultUserSettings: { ExecutionRole: 'arn:aws:iam::123456789012:role/r', SecurityGroups: ['sg-open'] },
      AppNetworkAccessType: access,
      SubnetIds: ['subnet-s1'],
      VpcId: 'vpc-a',
    },
  });

/** An interface that a service of AWS's made in S1. */
const serviceInterface = (type: string, description: string, groups = ['sg-open']): Change => ({
  interfaces: [
    { id: 'eni-svc', subnet: 'subnet-s1', ips: ['10.0.1.77'], groups, type, description, instance: 'service' },
  ],
});

interface Case {
  readonly id: string;
  /** A claim. */
  readonly says: string;
  readonly network: Spec;
  readonly property: string;
  /** An assumption that the verdict names; where there is none, it holds. */
  readonly names?: string;
  /** What has to be assumed besides, for the tracer to show the way. */
  readonly besides?: string;
}

/** Each property stands on the assumption named, and holds where none is; with its opposite, the tracer goes the way. */
const stands = (cases: readonly Case[]): void => {
  test.each(cases)('$id: $says', async ({ network: spec, property, names, besides }) => {
    const network = networkOf(spec);
    const { verdict, assumptions } = await answerOf(network, property);
    expect(verdict).toBe(names === undefined ? 'holds' : 'undecided');
    if (names === undefined) return;
    expect(assumptions).toContain(names);
    const taken = [names.replace(/^drops:/, 'passes:'), ...(besides === undefined ? [] : [besides])];
    const assumed = `assume: [${taken.map((one) => `'${one}'`).join(', ')}], ${property}`;
    expect((await answerOf(network, assumed)).verdict).toBe('violated');
  });
};

const aToB = 'forbid: { from: subnet-s1, to: subnet-b }';
const fromLattice: Change = {
  lists: [{ id: 'pl-lat', name: 'com.amazonaws.us-east-1.vpc-lattice', entries: ['169.254.171.0/24'] }],
};

describe('VPC Lattice', () => {
  proves([
    {
      id: 'T98',
      says: 'a VPC associated with a service network reaches it at addresses of Lattice, by no route',
      network: world(vpcB, lattice('vpc-a')),
      lines: [
        'tcp I1:40000 -> 169.254.171.5:443 => UNKNOWN passes:sn-1',
        'tcp I1:40000 -> 129.224.3.4:443 => UNKNOWN passes:sn-1',
        'tcp B:40000 -> 169.254.171.5:443 => DENY',
        'tcp I1:40000 -> 10.1.1.10:443 => DENY@route-table',
      ],
    },
    {
      id: 'T98 groups',
      says: "the client's own group has to let it out to Lattice",
      network: world(vpcB, lattice('vpc-a'), fromLattice, {
        groups: [
          { id: 'sg-lat', vpc: 'vpc-a', in: [], out: ['tcp 443 pl-lat'] },
          { id: 'sg-no', vpc: 'vpc-a', in: [], out: ['all 10.0.0.0/8'] },
        ],
        interfaces: [
          { id: 'eni-i1', groups: ['sg-lat'] },
          { id: 'eni-i2', groups: ['sg-no'] },
        ],
      }),
      lines: [
        'tcp I1:40000 -> 169.254.171.5:443 => UNKNOWN passes:sn-1',
        'tcp I1:40000 -> 169.254.171.5:80 => DENY',
        'tcp I2:40000 -> 169.254.171.5:443 => DENY',
      ],
    },
  ]);

  stands([
    { id: 'T98', says: 'without Lattice, isolation by routes is isolation', network: world(vpcB), property: aToB },
    {
      id: 'T98',
      says: 'with an association, isolation by routes is none',
      network: world(vpcB, lattice('vpc-a')),
      property: aToB,
      names: 'drops:sn-1',
    },
    {
      id: 'T98',
      says: 'a target that admits Lattice alone may be reached by it',
      network: world(vpcB, lattice('vpc-a'), fromLattice, {
        groups: [{ id: 'sg-b', in: ['tcp 8080 pl-lat'] }],
      }),
      property: aToB,
      names: 'drops:sn-1',
    },
    {
      id: 'T98',
      says: 'a target that admits nothing is not reached by Lattice either',
      network: world(vpcB, lattice('vpc-a'), { groups: [{ id: 'sg-b', in: [] }] }),
      property: aToB,
    },
    {
      id: 'T98',
      says: 'an association of another VPC serves that VPC alone',
      network: world(vpcB, lattice('vpc-b')),
      property: aToB,
    },
    {
      id: 'T98',
      says: 'Lattice may lead to the internet, by a resource that is there',
      network: world(lattice('vpc-a')),
      property: 'forbid: { from: subnet-s1, to: internet }',
      names: 'drops:sn-1',
    },
    {
      id: 'T98',
      says: 'Lattice may lead to the next subnet past a network ACL',
      network: world(lattice('vpc-a'), {
        acls: [{ id: 'acl-s1', vpc: 'vpc-a', in: ['100 allow all 0.0.0.0/0'], out: ['100 deny all 0.0.0.0/0'] }],
        subnets: [{ id: 'subnet-s1', acl: 'acl-s1' }],
      }),
      property: 'forbid: { from: subnet-s1, to: subnet-s2 }',
      names: 'drops:sn-1',
    },
    {
      id: 'T98',
      says: 'the internet comes in by no service network',
      network: world(vpcB, lattice('vpc-a')),
      property: 'forbid: { from: internet, to: any }',
    },
    {
      id: 'T98',
      says: 'what get-service-network-vpc-association prints counts as well',
      network: world(
        vpcB,
        others({
          id: 'vpc-lattice get-service-network-vpc-association',
          json: {
            arn: 'arn:aws:vpc-lattice:us-east-1:123456789012:servicenetworkvpcassociation/snva-1',
            id: 'snva-1',
            securityGroupIds: ['sg-1'],
            serviceNetworkArn: 'arn:aws:vpc-lattice:us-east-1:123456789012:servicenetwork/sn-1',
            serviceNetworkId: 'sn-1',
            status: 'ACTIVE',
            vpcId: 'vpc-a',
          },
        }),
      ),
      property: aToB,
      names: 'drops:sn-1',
    },
  ]);
});

describe('SageMaker', () => {
  const nb: Change = {
    interfaces: [{ id: 'eni-nb', subnet: 'subnet-s1', ips: ['10.0.1.50'], groups: ['sg-egr'], instance: 'service' }],
  };
  const stays = 'forbid: { from: eni-nb, to: internet }';
  stands([
    {
      id: 'T103',
      says: 'a notebook with direct internet access may leave by a network that is not the VPC',
      network: world(nb, notebook('Enabled', 'eni-nb')),
      property: stays,
      names: `drops:${notebookArn}`,
    },
    {
      id: 'T103',
      says: 'no group of the VPC stops what leaves beside it',
      network: world(nb, notebook('Enabled', 'eni-nb'), { interfaces: [{ id: 'eni-nb', groups: ['sg-none'] }] }),
      property: stays,
      names: `drops:${notebookArn}`,
    },
    {
      id: 'T103',
      says: 'a notebook without direct internet access has the way of its VPC alone',
      network: world(nb, notebook('Disabled', 'eni-nb')),
      property: stays,
    },
    {
      id: 'T103',
      says: "a notebook's direct internet access is nobody else's",
      network: world(nb, notebook('Enabled', 'eni-nb')),
      property: 'forbid: { from: eni-i1, to: internet }',
    },
    {
      id: '14.10',
      says: 'the apps of a domain that is not VpcOnly may leave by a network that is not the VPC',
      network: world(nb, domain('PublicInternetOnly')),
      property: stays,
      names: 'drops:arn:aws:sagemaker:us-east-1:123456789012:domain/d-1',
    },
    {
      id: '14.10',
      says: "an interface that SageMaker did not make as a service's own is told by its description",
      network: world(nb, domain('PublicInternetOnly'), {
        interfaces: [
          { id: 'eni-nb', instance: 'i-x', description: '[DO NOT DELETE] ENI managed by SageMaker for Studio' },
        ],
      }),
      property: stays,
      names: 'drops:arn:aws:sagemaker:us-east-1:123456789012:domain/d-1',
    },
    {
      id: '14.10',
      says: 'the apps of a VpcOnly domain have the way of their VPC alone',
      network: world(nb, domain('VpcOnly')),
      property: stays,
    },
  ]);

  test('T103: of a notebook outside any VPC the input warns that no proof speaks of it', () => {
    const network = networkOf(world(notebook('Enabled', undefined)));
    expect(network.warnings.join()).toContain(`\`${notebookArn}\` has direct internet access and no network interface`);
  });
});

describe('services that bring in what is outside', () => {
  const fromOutside = 'forbid: { from: internet, to: subnet-s2 }';
  const brought = [
    ['T99', 'Client VPN', 'interface', 'ClientVPN Endpoint resource'],
    ['14.2', 'Verified Access', 'interface', 'Verified Access endpoint vae-1'],
    ['14.7', 'an Instance Connect Endpoint', 'ec2_instance_connect_endpoint', 'EC2 Instance Connect Endpoint'],
    ['1.22', 'Global Accelerator', 'global_accelerator_managed', 'Global Accelerator managed'],
    ['1.22', 'CloudFront', 'interface', 'CloudFront managed ENI for VPC origin vo_1'],
  ] as const;
  stands(
    brought.map(([id, name, type, description]) => ({
      id,
      says: `${name} may bring the internet to a host behind no internet gateway`,
      network: world(serviceInterface(type, description), { tables: [{ id: 'rtb-pub', routes: [] }] }),
      property: fromOutside,
      names: 'drops:eni-svc',
    })),
  );
  stands([
    {
      id: 'T99',
      says: 'a VPN client may reach the internet by a NAT gateway of the subnet where the endpoint stands',
      network: world(serviceInterface('interface', 'ClientVPN Endpoint resource'), natA),
      property: 'forbid: { from: onprem, to: internet }',
      names: 'drops:eni-svc',
    },
    {
      id: '14.7',
      says: "an Instance Connect Endpoint may keep the client's address",
      network: world(serviceInterface('ec2_instance_connect_endpoint', 'EC2 Instance Connect Endpoint'), {
        groups: [{ id: 'sg-22', vpc: 'vpc-a', in: ['tcp 22 203.0.113.0/24'], out: [] }],
        interfaces: [{ id: 'eni-i2', groups: ['sg-22'] }],
      }),
      property: fromOutside,
      names: 'drops:eni-svc',
    },
    {
      id: '14.3',
      says: "Client VPN keeps the client's IPv6 address",
      network: world6(serviceInterface('interface', 'ClientVPN Endpoint resource'), {
        groups: [{ id: 'sg-22', vpc: 'vpc-a', in: ['tcp 22 2001:db8:9::/64'], out: [] }],
        interfaces: [{ id: 'eni-i2', groups: ['sg-22'] }],
      }),
      property: 'forbid: { from: onprem, to: subnet-s2 }',
      names: 'drops:eni-svc',
    },
    {
      id: '1.22',
      says: 'who reaches the internet may reach what Global Accelerator brings in',
      network: world(vpcB, natA, {
        interfaces: [
          {
            id: 'eni-ga',
            subnet: 'subnet-b',
            ips: ['10.1.1.20'],
            groups: ['sg-b'],
            type: 'global_accelerator_managed',
            instance: 'service',
          },
        ],
      }),
      property: aToB,
      names: 'drops:eni-ga',
    },
  ]);
});

describe('resource endpoints', () => {
  const resource: Change = {
    interfaceEndpoints: [
      {
        id: 'vpce-db',
        vpc: 'vpc-a',
        service: '',
        type: 'Resource',
        at: [{ subnet: 'subnet-s2', ips: ['10.0.2.100'] }],
        groups: ['sg-open'],
      },
    ],
    interfaces: [
      {
        id: 'eni-rgw',
        subnet: 'subnet-b',
        ips: ['10.1.1.40'],
        groups: ['sg-rgw'],
        description: 'Resource Gateway Interface rgw-1',
        instance: 'service',
      },
    ],
    groups: [
      { id: 'sg-rgw', vpc: 'vpc-b', in: [], out: ['all 0.0.0.0/0'] },
      { id: 'sg-b', in: ['tcp 5432 sg-rgw'] },
    ],
  };
  stands([
    {
      id: 'T101',
      says: 'a resource endpoint may lead to whatever admits the resource gateway of another VPC',
      network: world(vpcB, resource),
      property: 'forbid: { from: subnet-s1, to: eni-b }',
      names: 'drops:vpce-db',
      besides: 'members:sg-rgw',
    },
    {
      id: 'T101',
      says: 'a resource endpoint leads to no host that admits nothing',
      network: world(vpcB, resource, { groups: [{ id: 'sg-b', in: [] }] }),
      property: 'forbid: { from: subnet-s1, to: eni-b }',
    },
    {
      id: 'T101',
      says: 'who may not use the resource endpoint gets no further by it',
      network: world(vpcB, resource, { interfaceEndpoints: [{ id: 'vpce-db', groups: ['sg-none'] }] }),
      property: 'forbid: { from: subnet-s1, to: eni-b }',
    },
  ]);
});

describe('Cloud WAN', () => {
  const attachments: Change = others({
    id: 'networkmanager list-attachments',
    json: {
      Attachments: [
        {
          CoreNetworkId: 'core-network-1',
          CoreNetworkArn: 'arn:aws:networkmanager::123456789012:core-network/core-network-1',
          AttachmentId: 'attachment-1',
          AttachmentType: 'VPC',
          State: 'AVAILABLE',
          EdgeLocation: 'us-east-1',
          ResourceArn: 'arn:aws:ec2:us-east-1:123456789012:vpc/vpc-a',
          SegmentName: 'prod',
        },
      ],
    },
  });
  stands([
    {
      id: '14.4',
      says: 'an attachment to a core network may bring in what is on premises, though no route leads out by it',
      network: world(attachments),
      property: 'forbid: { from: onprem, to: subnet-s1 }',
      names: 'drops:arn:aws:networkmanager::123456789012:core-network/core-network-1',
    },
  ]);
});

describe('inbound endpoints of Route 53 Resolver', () => {
  const inbound = serviceInterface('interface', 'Route 53 Resolver: rslvr-in-0a1b2c3d:rni-0a1b2c3d');
  const resolverOff: Change = { vpcs: [{ id: 'vpc-a', dnsSupport: false }] };
  stands([
    {
      id: '13.16',
      says: 'who reaches an inbound endpoint may ask the Amazon resolver by it',
      network: world(inbound, resolverOff),
      property: 'forbid: { from: subnet-s2, to: dns }',
      names: 'drops:eni-svc',
    },
    {
      id: '13.16',
      says: 'the group of an inbound endpoint decides who asks',
      network: world(inbound, resolverOff, { interfaces: [{ id: 'eni-svc', groups: ['sg-none'] }] }),
      property: 'forbid: { from: subnet-s2, to: dns }',
    },
    {
      id: '13.16',
      says: 'an inbound endpoint hands on nothing but queries, to the resolver',
      network: world(vpcB, inbound),
      property: 'forbid: { from: internet, to: subnet-s2 }',
    },
  ]);
});

describe('what no part of the network stands for', () => {
  const answers: readonly (readonly [call: string, json: object, affects: RegExp])[] = [
    [
      'vpc-lattice list-services',
      { items: [{ arn: 'arn:aws:vpc-lattice:us-east-1:1:service/svc-1', id: 'svc-1' }] },
      /service networks/,
    ],
    ['vpc-lattice list-targets', { items: [{ id: 'i-1', port: 80, status: 'HEALTHY' }] }, /service networks/],
    [
      'vpc-lattice list-resource-gateways',
      { items: [{ arn: 'arn:aws:vpc-lattice:us-east-1:1:resourcegateway/rgw-1', id: 'rgw-1' }] },
      /resource endpoints/,
    ],
    [
      'vpc-lattice list-resource-configurations',
      { items: [{ arn: 'arn:aws:vpc-lattice:us-east-1:1:resourceconfiguration/rcfg-1', id: 'rcfg-1' }] },
      /resource endpoints/,
    ],
    [
      'ec2 describe-client-vpn-target-networks',
      { ClientVpnTargetNetworks: [{ AssociationId: 'cvpn-assoc-1', VpcId: 'vpc-a' }] },
      /VPN clients/,
    ],
    [
      'ec2 describe-client-vpn-routes',
      { Routes: [{ ClientVpnEndpointId: 'cvpn-endpoint-1', DestinationCidr: '0.0.0.0/0' }] },
      /VPN clients/,
    ],
    [
      'ec2 describe-client-vpn-authorization-rules',
      { AuthorizationRules: [{ ClientVpnEndpointId: 'cvpn-endpoint-1' }] },
      /VPN clients/,
    ],
    [
      'ec2 describe-verified-access-endpoints',
      { VerifiedAccessEndpoints: [{ VerifiedAccessEndpointId: 'vae-1' }] },
      /Verified Access/,
    ],
    [
      'ec2 describe-instance-connect-endpoints',
      { InstanceConnectEndpoints: [{ InstanceConnectEndpointId: 'eice-1' }] },
      /start at the endpoint/,
    ],
    ['sagemaker list-notebook-instances', { NotebookInstances: [{ NotebookInstanceName: 'nb' }] }, /outside the VPC/],
    [
      'globalaccelerator list-accelerators',
      { Accelerators: [{ AcceleratorArn: 'arn:aws:globalaccelerator::1:accelerator/a' }] },
      /from the internet/,
    ],
    [
      'globalaccelerator list-endpoint-groups',
      { EndpointGroups: [{ EndpointGroupArn: 'arn:aws:globalaccelerator::1:x' }] },
      /from the internet/,
    ],
    ['cloudfront list-vpc-origins', { VpcOriginList: { Items: [{ Id: 'vo_1' }] } }, /by CloudFront/],
    ['cloudfront get-vpc-origin', { VpcOrigin: { Id: 'vo_1' }, ETag: 'x' }, /by CloudFront/],
    ['networkmanager list-core-networks', { CoreNetworks: [{ CoreNetworkId: 'core-network-1' }] }, /core network/],
    ['networkmanager get-core-network', { CoreNetwork: { CoreNetworkId: 'core-network-1' } }, /core network/],
    [
      'networkmanager get-core-network-policy',
      { CoreNetworkPolicy: { CoreNetworkId: 'core-network-1' } },
      /core network/,
    ],
  ];
  test.each(answers)('%s is named, with what it affects', (id, json, affects) => {
    const { coverage } = networkOf(world(others({ id, json })));
    const found = coverage.filter(({ source }) => source.file === `${id.replace(' ', '/')}.json`);
    expect(found.map(({ status }) => status)).toEqual(['not-modelled']);
    expect(found[0]!.affects).toMatch(affects);
  });
  const assumed: readonly (readonly [call: string, json: object, assumption: string])[] = [
    [
      'ec2 describe-carrier-gateways',
      { CarrierGateways: [{ CarrierGatewayId: 'cagw-1', VpcId: 'vpc-a' }] },
      'passes:cagw-1',
    ],
    ['ec2 describe-local-gateways', { LocalGateways: [{ LocalGatewayId: 'lgw-1' }] }, 'passes:lgw-1'],
  ];
  test.each(assumed)('%s stands on an assumption', (id, json, assumption) => {
    const { coverage } = networkOf(world(others({ id, json })));
    expect(coverage).toContainEqual(expect.objectContaining({ status: 'assumed', assumption }));
  });
});
