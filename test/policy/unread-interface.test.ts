/** Which questions count interfaces that nobody read. */
import { expect, test } from 'vitest';
import { readPolicyFile } from '../../src/policy/document.ts';
import { emptySubnets, questionOf } from '../../src/policy/intent.ts';
import { propertiesOf } from '../../src/policy/meaning.ts';
import { placeKey } from '../../src/policy/places.ts';
import { address, eni, network } from './network.ts';

const may = eni('eni-unread-subnet-app', 'subnet-app', '10.0.1.200', {
  addresses: [],
  imaginary: { pool: { ipv4: [{ lo: address('10.0.1.200').value, hi: address('10.0.1.200').value }] } },
  unread: { unread: 'describe-network-interfaces', subject: 'subnet-app' },
});
const known = { ...network, interfaces: new Map([...network.interfaces, [may.id, may]]) };
const alone = { ...network, interfaces: new Map([[may.id, may]]) };

function intentOf(property: string, of: typeof network) {
  const file = readPolicyFile(`version: 1\nproperties: [{ id: p, ${property} }]\n`, 'policy.yaml');
  const properties = file.ok ? propertiesOf(of, file.value, { sides: new Map(), potential: false }) : file;
  if (!properties.ok) throw new Error(JSON.stringify(properties.problems));
  return properties.value[0]!.intents[0]!;
}

const question = (property: string, of: typeof network) => questionOf(of, intentOf(property, of));

test('what is forbidden to a subnet is forbidden to an interface in it that nobody read', () => {
  for (const place of ['subnet-app', 'vpc-1', 'any']) {
    const { from, to } = question(`forbid: { from: ${place}, to: ${place} }`, known);
    expect(from.members.map(placeKey)).toContain(may.id);
    expect(to.members.map(placeKey)).toContain(may.id);
  }
});

test('nothing is required of an interface that nobody read', () => {
  for (const place of ['subnet-app', 'vpc-1', 'any']) {
    const { from, to } = question(`require: { from: ${place}, to: ${place} }`, known);
    expect(from.members.map(placeKey)).not.toContain(may.id);
    expect(to.members.map(placeKey)).not.toContain(may.id);
  }
});

test('a requirement over a subnet whose interfaces nobody read says so', () => {
  const { from } = question('require: { from: subnet-app, to: internet }', alone);
  expect(from.members).toEqual([]);
  expect(from.silent).toEqual([{ id: 'subnet-app', why: 'no call read the network interfaces in it' }]);
});

test('a subnet whose interfaces nobody read is not empty', () => {
  expect(emptySubnets(alone, intentOf('forbid: { from: subnet-app, to: internet }', alone))).toEqual([]);
});
