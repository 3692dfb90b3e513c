import { describe, expect, test } from 'vitest';
import { placeKey, placesOf, subnetsNamed } from '../../src/policy/places.ts';
import type { Side } from '../../src/policy/silence.ts';
import { select } from '../../src/policy/selection.ts';
import { waypointOf } from '../../src/policy/waypoints.ts';
import { network } from './network.ts';

function selection(text: string) {
  const found = select(network, text);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.value;
}

const members = (text: string, side: Side = 'from') => placesOf(network, selection(text), side).members.map(placeKey);
const silent = (text: string, side: Side = 'from') => placesOf(network, selection(text), side).silent;

function problem(text: string) {
  const found = select(network, text);
  if (found.ok) throw new Error(`${text} is a selector`);
  return found.problems;
}

describe('as places', () => {
  test('a subnet stands for those of its interfaces that can start a flow, or receive one', () => {
    expect(members('subnet-app', 'from')).toEqual(['eni-app', 'eni-app2']);
    expect(members('subnet-app', 'to')).toEqual(['eni-app', 'eni-app2', 'eni-vpce', 'eni-alb']);
  });

  test('a Lambda function starts flows and receives none, an unattached interface does neither', () => {
    expect(members('subnet-model', 'from')).toEqual(['eni-model', 'eni-lambda']);
    expect(members('subnet-model', 'to')).toEqual(['eni-model']);
  });

  test('an instance, a group, a VPC, a tag and a name stand for their interfaces', () => {
    expect(members('i-app')).toEqual(['eni-app']);
    expect(members('sg-app')).toEqual(['eni-app', 'eni-app2']);
    expect(members('vpc-1')).toEqual(['eni-app', 'eni-app2', 'eni-model', 'eni-lambda']);
    expect(members('subnet:tag:tier=ai')).toEqual(['eni-app', 'eni-app2', 'eni-model', 'eni-lambda']);
    expect(members('name:web-*')).toEqual(['eni-app', 'eni-app2']);
    expect(members('eni:name:web-2')).toEqual(['eni-app2']);
    expect(members('sg:name:app')).toEqual(['eni-app', 'eni-app2']);
  });

  test('an ARN names a resource by itself or by the id at its end', () => {
    expect(members('arn:aws:ec2:us-east-1:123456789012:subnet/subnet-app')).toEqual(['eni-app', 'eni-app2']);
  });

  test('a bare word is a balancer or a firewall by name', () => {
    expect(members('front', 'to')).toEqual(['eni-alb']);
    expect(silent('egress')[0]?.why).toContain('hands flows on');
  });

  test('a kind narrows an address to the things that hold it', () => {
    expect(members('eni:10.0.1.8/29')).toEqual(['eni-app', 'eni-app2']);
    expect(members('instance:10.0.1.10')).toEqual(['eni-app']);
    expect(members('subnet:10.0.0.0/22')).toEqual(['eni-app', 'eni-app2', 'eni-model', 'eni-lambda']);
  });

  test('a bare address or CIDR block is itself, whoever holds it', () => {
    expect(members('10.0.1.10, 10.50.0.0/16', 'to')).toEqual(['10.0.1.10', '10.50.0.0/16']);
  });

  test('every address of a family is the internet', () => {
    expect(members('0.0.0.0/0')).toEqual(['internet']);
    expect(members('::/0', 'to')).toEqual(['internet']);
  });

  test("the resolver's addresses as a destination are the resolver too", () => {
    expect(members('169.254.169.253', 'to')).toContain('dns');
    expect(members('fd00:ec2::253', 'to')).toContain('dns');
    expect(members('10.0.0.2', 'to')).toEqual(['10.0.0.2', 'dns']);
    expect(members('10.0.0.3', 'to')).toEqual(['10.0.0.3']);
    expect(members('10.0.0.2', 'from')).toEqual(['10.0.0.2']);
  });

  test('a gateway endpoint receives; a service is a place of its own, by its short or its whole name', () => {
    expect(members('vpce-s3', 'to')).toEqual(['vpce-s3']);
    expect(members('vpce-bedrock', 'to')).toEqual(['eni-vpce']);
    expect(members('service:s3, service:com.amazonaws.us-east-1.s3', 'to')).toEqual(['service:s3']);
    expect(members('service:com.amazonaws.us-east-1.brand-new', 'to')).toEqual(['service:brand-new']);
  });

  test('any is every interface that can play its part, and what lies outside', () => {
    expect(members('any', 'from')).toEqual(['eni-app', 'eni-app2', 'eni-model', 'eni-lambda', 'internet', 'onprem']);
    expect(members('any', 'to')).toEqual([
      'eni-app',
      'eni-app2',
      'eni-model',
      'eni-vpce',
      'eni-alb',
      'internet',
      'onprem',
      'vpce-s3',
    ]);
  });

  test('a thing that exists and plays no part is named with the reason', () => {
    expect(silent('nat-1')[0]).toEqual({ id: 'nat-1', why: 'it hands flows on, and neither starts nor ends them' });
    expect(silent('eni-spare')[0]?.why).toBe('it is attached to nothing');
    expect(silent('eni-lambda', 'to')[0]?.why).toContain('accepts none');
    expect(silent('subnet-empty')[0]?.why).toBe('no network interface is in it');
    expect(silent('sg-unused')[0]?.why).toBe('it has no network interface');
    expect(silent('rtb-1')[0]?.why).toContain('set of rules');
    expect(silent('dns')[0]?.id).toBe('dns');
  });

  test('a member that two terms name is one member', () => {
    expect(members('eni-app, subnet-app, i-app')).toEqual(['eni-app', 'eni-app2']);
  });

  test('the subnets named are those of a VPC as well, and with any all of them', () => {
    expect(subnetsNamed(network, selection('vpc-1'))).toEqual(['subnet-app', 'subnet-model', 'subnet-empty']);
    expect(subnetsNamed(network, selection('any'))).toHaveLength(4);
    expect(subnetsNamed(network, selection('sg-app'))).toEqual([]);
    expect(subnetsNamed(network, selection('subnet:*'), 'from')).toEqual(['subnet-empty', 'subnet-far']);
    expect(subnetsNamed(network, selection('vpc-1'), 'from')).toEqual([]);
  });
});

describe('as waypoints', () => {
  const ids = (text: string) => {
    const found = waypointOf(network, selection(text));
    if (!found.ok) throw new Error(JSON.stringify(found.problems));
    return [...found.value.ids];
  };

  test('a firewall brings its endpoints, a balancer and an endpoint their interfaces', () => {
    expect(ids('firewall:*')).toContain('vpce-fw');
    expect(ids('front')).toContain('eni-alb');
    expect(ids('endpoint:vpce-bedrock')).toEqual(['vpce-bedrock', 'eni-vpce']);
    expect(ids('service:bedrock-runtime')).toEqual(['vpce-bedrock', 'eni-vpce']);
  });

  test('other resources are themselves', () => {
    expect(ids('nat-1, rtb-1, subnet-app')).toEqual(['nat-1', 'rtb-1', 'subnet-app']);
  });

  test('a place that is no resource is no waypoint', () => {
    for (const text of ['internet', '10.0.0.0/8', 'any'])
      expect(waypointOf(network, selection(text))).toMatchObject({ ok: false, problems: [{ code: 'not-a-waypoint' }] });
  });
});

describe('problems', () => {
  test('a near miss of an id, a name, a tag value, a tag key and a kind is suggested', () => {
    expect(problem('subnet-modle')[0]).toMatchObject({ code: 'no-match', hint: 'Did you mean `subnet-model`?' });
    expect(problem('eni:name:wob-1')[0]?.hint).toContain('`eni:name:web-1`');
    expect(problem('subnet:tag:tier=aii')[0]?.hint).toBe('Did you mean `subnet:tag:tier=ai`?');
    expect(problem('subnet:tag:teir=ai')[0]?.hint).toBe('Did you mean `subnet:tag:tier=ai`?');
    expect(problem('subent:subnet-app')[0]).toMatchObject({ code: 'unknown-kind', hint: 'Did you mean `subnet`?' });
    expect(problem('intrenet')[0]?.hint).toBe('Did you mean `internet`?');
    expect(problem('service:bedrok-runtime')[0]).toMatchObject({ code: 'unknown-service' });
    expect(problem('service:bedrok-runtime')[0]?.hint).toContain('`bedrock-runtime`');
  });

  test('a bare word that is the name of something else says how to name it', () => {
    expect(problem('app-a')[0]?.hint).toContain('`name:app-a`');
  });

  test('where nothing is near, what there is of the kind is said', () => {
    expect(problem('igw:zzzzzz')[0]?.hint).toBe('Of this kind there are `igw-1`.');
    expect(problem('tgw:*')[0]?.hint).toBe('The input has no transit gateway.');
  });

  test('all problems come at once, each with its column', () => {
    expect(problem('subnet-zz, 10.0.0.300, tag:tier, , subent:x').map(({ code, column }) => [code, column])).toEqual([
      ['no-match', 1],
      ['bad-address', 12],
      ['bad-tag', 24],
      ['empty-selector', 34],
      ['unknown-kind', 36],
    ]);
    expect(problem('subnet-app, subnet-zz,rtb-9').map(({ column }) => column)).toEqual([13, 23]);
  });

  test('a place of its own has no kind, and kinds of later constructs are unknown', () => {
    expect(problem('subnet:internet')[0]?.code).toBe('not-a-kind');
    expect(problem('dns-firewall:*')[0]?.code).toBe('unknown-kind');
  });

  test('a comma inside double quotes belongs to the name', () => {
    expect(problem('name:"a, b"')).toHaveLength(1);
  });
});
