/** Places named as plans and templates name them, in selectors and assumptions. */
import { expect, test } from 'vitest';
import { ask } from '../../../src/index.ts';
import { readAssumption } from '../../../src/policy/assume.ts';
import { select } from '../../../src/policy/selection.ts';
import { Unknown } from '../../../src/sources/declared/value.ts';
import { declared, declaredNetwork, ref } from '../../support/declared.ts';

const network = declaredNetwork(
  declared('module.net.aws_vpc.main', 'AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  ...['eu:a', 'eu:b'].map((key, index) =>
    declared(`module.net.aws_subnet.app["${key}"]`, 'AWS::EC2::Subnet', {
      VpcId: ref('module.net.aws_vpc.main'),
      CidrBlock: `10.0.${index}.0/24`,
    }),
  ),
  declared(
    'aws_instance.web',
    'AWS::EC2::Instance',
    { SubnetId: ref('module.net.aws_subnet.app["eu:a"]') },
    { id: 'i-1', formerly: ['aws_instance.old'] },
  ),
  declared('aws_route_table.out', 'AWS::EC2::RouteTable', {
    VpcId: ref('module.net.aws_vpc.main'),
    Routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: new Unknown('known after apply') }],
  }),
  declared('to', 'AWS::EC2::SubnetRouteTableAssociation', {
    SubnetId: ref('module.net.aws_subnet.app["eu:a"]'),
    RouteTableId: ref('aws_route_table.out'),
  }),
);
const ids = (text: string) => {
  const found = select(network, text);
  return found.ok
    ? found.value.matches.flatMap(({ resources }) => resources.map(({ id }) => id))
    : found.problems.map(({ code, hint }) => `${code}: ${hint}`);
};

test('an address names its resource, whatever its id and whatever is in its key', () => {
  expect(ids('aws_instance.web')).toEqual(['i-1']);
  expect(ids('i-1')).toEqual(['i-1']);
  expect(ids('aws_instance.old')).toEqual(['i-1']);
  expect(ids('module.net.aws_subnet.app["eu:a"]')).toEqual(['module.net.aws_subnet.app["eu:a"]']);
});

test('an address without an index names all instances, a module all that is in it', () => {
  expect(ids('module.net.aws_subnet.app')).toHaveLength(2);
  expect(ids('subnet:module.net')).toHaveLength(2);
  expect(ids('vpc:module.net')).toEqual(['module.net.aws_vpc.main']);
});

test('a misspelt address is told what comes near', () => {
  expect(ids('aws_instance.wep')).toEqual(['no-match: Did you mean `aws_instance.web`?']);
});

test('every assumption of an answer can be given back', async () => {
  const question = {
    from: 'aws_instance.web',
    to: 'internet',
    proto: 'tcp',
    port: '443',
    mode: 'packet',
    family: 'ipv4',
  } as const;
  const open = await ask(network, question);
  if (!open.ok) throw new Error(JSON.stringify(open.problems));
  expect(open.value.verdict).toBe('undecided');
  expect(open.value.assumptions.length).toBeGreaterThan(0);
  for (const one of open.value.assumptions) expect(readAssumption(network, one)).toMatchObject({ ok: true });
  const settled = await ask(network, { ...question, assume: open.value.assumptions });
  expect(settled).toMatchObject({ ok: true, value: { verdict: expect.not.stringContaining('undecided') as string } });
});
