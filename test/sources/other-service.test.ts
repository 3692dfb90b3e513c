/** Answers of other services: told by what is in them, since they have no list key of their own. */
import { describe, expect, test } from 'vitest';
import { formatSnapshot, networkSha256 } from '../../src/sources/index.ts';
import { documents, network, problems, tiny } from './tiny.ts';

const arn = (type: string, id: string) => `arn:aws:vpc-lattice:eu-west-1:111122223333:${type}/${id}`;

const association = (id: string, vpcId: string, status = 'ACTIVE') => ({
  arn: arn('servicenetworkvpcassociation', id),
  id,
  serviceNetworkId: 'sn-1',
  status,
  vpcId,
});

const notebook = {
  NotebookInstanceArn: 'arn:aws:sagemaker:eu-west-1:111122223333:notebook-instance/nb',
  NotebookInstanceName: 'nb',
  NotebookInstanceStatus: 'InService',
  SecurityGroups: ['sg-1'],
  SubnetId: 'subnet-1',
  NetworkInterfaceId: tiny.NetworkInterfaces[0]!.NetworkInterfaceId,
};

const beside = (...json: readonly unknown[]) => [
  ...documents(tiny),
  ...json.map((one, i) => ({ file: `other/${i}.json`, json: one })),
];
const clients = (...json: readonly unknown[]) => network(beside(...json)).opaqueGateways.get('sn-1')?.clients;
const owners = (...json: readonly unknown[]) =>
  network(beside(...json)).opaqueGateways.get(notebook.NotebookInstanceArn)?.beside;

test('an association makes the VPC a client of the service network', () => {
  expect(clients({ items: [association('snva-1', 'vpc-1')] })).toEqual(['vpc-1']);
  expect(clients(association('snva-1', 'vpc-1'))).toEqual(['vpc-1']);
  expect(clients({ items: [association('snva-1', 'vpc-1')] }, association('snva-1', 'vpc-1'))).toEqual(['vpc-1']);
});

test('one that could not be made is none, and one of a VPC that is not in the input has no client in it', () => {
  expect(clients({ items: [association('snva-1', 'vpc-1', 'CREATE_FAILED')] })).toBeUndefined();
  expect(clients({ items: [association('snva-1', 'vpc-1', 'DELETE_FAILED')] })).toEqual(['vpc-1']);
  expect(clients({ items: [association('snva-1', 'vpc-9')] })).toEqual([]);
});

test('an empty list of VPC Lattice is an answer, and `items` of something else are none', () => {
  expect(problems(beside({ items: [] }))).toEqual([]);
  expect(problems(beside({ items: [{ id: 'a1b2', name: 'a REST API' }] }))).toMatchObject([
    { code: 'not-an-aws-response' },
  ]);
});

test('a list of VPC Lattice that goes on is no whole one', () => {
  expect(problems(beside({ items: [association('snva-1', 'vpc-1')], nextToken: 'more' }))).toMatchObject([
    { code: 'missing-page' },
  ]);
});

test('a notebook has direct internet access unless that is said to be off', () => {
  const nic = [notebook.NetworkInterfaceId];
  expect(owners({ ...notebook, DirectInternetAccess: 'Enabled' })).toEqual(nic);
  expect(owners(notebook)).toEqual(nic);
  expect(owners({ ...notebook, DirectInternetAccess: 'Disabled' })).toBeUndefined();
  expect(owners([{ ...notebook, DirectInternetAccess: 'Enabled' }])).toEqual(nic);
});

test('a snapshot keeps what other services lead to, in whatever order it was read', () => {
  const all = beside({ items: [association('snva-1', 'vpc-1'), association('snva-2', 'vpc-1')] }, notebook);
  const net = network(all);
  expect(network([{ file: 'network.json', text: formatSnapshot(net) }])).toEqual(net);
  expect(networkSha256(network(all.toReversed()))).toBe(networkSha256(net));
  expect(networkSha256(network(documents(tiny)))).not.toBe(networkSha256(net));
});

describe('services that nobody asked about', () => {
  const taken = (...json: readonly unknown[]) =>
    network(beside(...json)).defaults.filter(({ setting }) => setting.startsWith('use of'));
  const lattice = { items: [] };
  const sagemaker = [{ NotebookInstances: [] }, { Domains: [] }];

  test('are taken not to be used, and one default says so', () => {
    expect(taken()).toEqual([
      {
        setting: 'use of VPC Lattice, Cloud WAN and SageMaker’s direct internet access',
        value: 'none',
        call:
          'vpc-lattice list-service-network-vpc-associations; aws networkmanager list-attachments; ' +
          'aws sagemaker list-notebook-instances; aws sagemaker list-domains',
      },
    ]);
    expect(taken(...sagemaker, lattice)).toEqual([
      { setting: 'use of Cloud WAN', value: 'none', call: 'networkmanager list-attachments' },
    ]);
  });

  test('an empty answer is one', () => {
    expect(taken(...sagemaker, lattice, { Attachments: [] })).toEqual([]);
  });

  test('so is one that shows something', () => {
    const services = { items: [association('snva-1', 'vpc-1')] };
    expect(taken(...sagemaker, services, { Attachments: [] })).toEqual([]);
    const others = { items: [{ arn: arn('service', 'svc-1'), id: 'svc-1' }] };
    expect(taken(...sagemaker, others, { Attachments: [] })).toMatchObject([{ setting: 'use of VPC Lattice' }]);
    const domains = {
      Domains: [{ DomainArn: 'arn:aws:sagemaker:eu-west-1:111122223333:domain/d-1', DomainId: 'd-1' }],
    };
    expect(taken(lattice, { Attachments: [] }, notebook, domains)).toEqual([]);
  });

  test('a network without VPCs asks for none of them', () => {
    expect(network([{ file: 'vpcs.json', json: { Vpcs: [] } }]).defaults).toEqual([]);
  });
});

test('attachments to a core network show where it stands, and attachments of something else nothing', () => {
  const core = 'arn:aws:networkmanager::111122223333:core-network/core-network-1';
  const attachment = {
    CoreNetworkId: 'core-network-1',
    CoreNetworkArn: core,
    AttachmentId: 'attachment-1',
    AttachmentType: 'VPC',
    State: 'AVAILABLE',
    ResourceArn: 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1',
  };
  const gateways = (Attachments: readonly object[]) => network(beside({ Attachments })).opaqueGateways;
  expect(gateways([attachment]).get(core)).toMatchObject({ kind: 'core-network', vpcs: ['vpc-1'] });
  expect(gateways([{ ...attachment, State: 'REJECTED' }]).get(core)).toBeUndefined();
  expect(gateways([{ InstanceId: 'i-1' }]).get(core)).toBeUndefined();
});
