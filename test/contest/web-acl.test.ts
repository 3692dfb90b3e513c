/**
 * Prover and tracer on ways past AWS WAF and through it (semantics 12.23), on random networks: whether a packet was
 * inspected is told here from what the network was made of, and held against both.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openVerifier } from '../../src/explain/index.ts';
import { sameAddress } from '../../src/net/address.ts';
import { transportOf } from '../../src/network/balancing.ts';
import type { NetworkInterface } from '../../src/network/interface.ts';
import type { Network } from '../../src/network/network.ts';
import { isUnread } from '../../src/network/resource.ts';
import { readPolicyFile } from '../../src/policy/document.ts';
import { questionOf } from '../../src/policy/intent.ts';
import { propertiesOf } from '../../src/policy/meaning.ts';
import type { Question } from '../../src/policy/question.ts';
import { networkFromDocuments } from '../../src/sources/index.ts';
import { replay } from '../../src/trace/index.ts';
import { documents } from '../support/aws.ts';
import { balancerArn, labelOf } from '../support/aws-load-balancer.ts';
import { balanced } from '../support/choices.ts';
import { isInternet } from '../support/internet.ts';
import { speaksOf } from '../support/meaning.ts';
import { type Chance, chanceFrom, draw, pick } from '../support/random.ts';
import { index } from '../support/random-network.ts';
import { aclNames, askedByBalancer, type WebNetwork, webNetwork } from '../support/random-web.ts';
import { type Sample, describeSample, drawSamples, sample } from '../support/samples.ts';
import { sentOnward } from '../support/sent-onward.ts';
import type { Spec } from '../support/spec.ts';
import { contest } from './contest.ts';

const packets = 500;

const asked = fc.record({
  shape: fc.constantFrom('except' as const, 'except' as const, 'avoid' as const, 'via' as const, 'traffic' as const),
  from: index,
  to: index,
  mode: fc.constantFrom('packet' as const, 'packet' as const, 'connection' as const),
  acls: fc.constantFrom([...aclNames], [...aclNames], ['waf-0'], ['waf-1']),
  ipv4: fc.boolean(),
});

type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

function propertyOf(network: Network, { shape, from, to, mode, acls, ipv4 }: Asked): string {
  const hosts = [...network.interfaces.values()].filter(({ role, subnet }) => role === 'host' && subnet !== 'subnet-b');
  const way = `'${acls.length > 1 ? 'web-acl:*' : acls.map((name) => `web-acl:${name}`).join()}'`;
  const ways = {
    except: `except: { via: ${way} }`,
    avoid: `avoid: ${way}`,
    via: `via: ${way}`,
    traffic: `except: { via: ${way}, traffic: tcp/443 }`,
  };
  const source = from % 5 === 4 ? pick(hosts, from >> 2).id : 'internet';
  const behind = targetsIn(network, hosts);
  const target = to % 7 === 6 ? 'vpc-a' : pick(to % 3 === 0 || behind.length === 0 ? hosts : behind, to >> 1).id;
  const family = ipv4 ? ', family: ipv4' : '';
  return `forbid: { from: ${source}, to: ${target}, mode: ${mode}${family}, ${ways[shape]} }`;
}

/** Those that some balancer sends to. */
function targetsIn(network: Network, hosts: readonly NetworkInterface[]): readonly NetworkInterface[] {
  const all = [...network.targetGroups.values()].flatMap(({ targets }) => (isUnread(targets) ? [] : targets));
  return hosts.filter(({ id, addresses }) =>
    all.some(
      (one) =>
        (one.kind === 'interface' && one.id === id) ||
        (one.kind === 'address' && addresses.some(({ address }) => sameAddress(address, one.address))),
    ),
  );
}

/** The question, or the codes of what is wrong with it. */
function questionOn(network: Network, property: string): Question | readonly string[] {
  const file = readPolicyFile(`version: 1\nproperties:\n  - { id: p, ${property} }\n`, 'policy.yaml');
  if (!file.ok) return file.problems.map(({ code }) => code);
  const properties = propertiesOf(network, file.value, { sides: new Map(), potential: false });
  if (!properties.ok) return properties.problems.map(({ code }) => code);
  return questionOf(network, properties.value[0]!.intents[0]!);
}

/** Of a path traced or published. */
type Steps = readonly { readonly resource: string; readonly kind: string; readonly action: string }[];

/** Whether a web ACL is in front of a balancer that took the packet: it sent it on, or the packet ends there. */
function inspectedBy(spec: Spec, network: Network, acls: readonly string[]): (hops: Steps) => boolean {
  const names = new Set(spec.webAcls.flatMap(({ id, balancers = [] }) => (acls.includes(id) ? balancers : [])));
  const behind = spec.balancers.filter(({ id }) => names.has(id));
  const arns = new Set(behind.map(balancerArn));
  const labels = new Set(behind.map((one) => `ELB ${labelOf(one)}`));
  const isNode = (id: string): boolean => labels.has(network.interfaces.get(id)?.description ?? '');
  return (hops) =>
    hops.some(
      ({ resource, kind, action }) =>
        (kind === 'load-balancer' && action === 'forward' && arns.has(resource)) ||
        (action === 'deliver' && isNode(resource)),
    );
}

/** Whether one of them may be in front of a balancer that nobody told of. */
function isUntold({ spec, byBalancer }: WebNetwork, acls: readonly string[]): boolean {
  const told = new Set(spec.webAcls.flatMap(({ balancers = [] }) => balancers));
  const open = spec.balancers.some(({ id, type }) => type === 'alb' && !told.has(id));
  return open && spec.webAcls.some(({ id, balancers }) => acls.includes(id) && (byBalancer || balancers === undefined));
}

/** A flow of the internet's to a node, at a port that its balancer listens on; or as it is. */
function aimed(network: Network, { request }: Sample, chance: Chance): Sample {
  const { family } = request.packet.src;
  const src = isInternet(network, request.packet.src)
    ? request.packet.src
    : { family, value: family === 'ipv4' ? 0xcb00_7105n : 0x2a00n * (1n << 112n) + 1n };
  const outside = { ...request, origin: { kind: 'internet' as const }, packet: { ...request.packet, src } };
  const one = chance.in100(80) ? outside : request;
  if (chance.in100(30)) return sentOnward(sample(one), chance);
  const door = chance.one([...network.loadBalancers.values()]);
  const dst = draw(
    chance,
    door.interfaces
      .flatMap((id) => network.interfaces.get(id)?.addresses ?? [])
      .map(({ address, publicIp }) => (one.origin.kind === 'internet' && publicIp !== undefined ? publicIp : address))
      .filter((address) => address.family === family),
  );
  const listener = draw(chance, isUnread(door.listeners) ? [] : door.listeners);
  if (dst === undefined || listener === undefined) return sentOnward(sample(one), chance);
  const { tcpFlags: _, ...plain } = one.packet;
  const protocol = chance.one(transportOf(listener));
  const header = { dst, protocol, srcPort: 40_000, dstPort: listener.from, icmpType: 0, icmpCode: 0, fragment: false };
  const packet = { ...plain, ...header };
  const own = network.endpoints.get('vpce-own');
  const served = [...network.endpointServices.values()].flatMap(({ loadBalancers }) =>
    isUnread(loadBalancers) ? [] : loadBalancers,
  );
  const behind = network.loadBalancers.get(served[0] ?? '');
  const linked = own && behind && balanced(network, behind, packet, chance, true);
  const emits = new Map([...one.choices.emits, ...(linked === undefined ? [] : [[own!.id, linked] as const])]);
  return sentOnward(sample({ ...one, packet, choices: { ...one.choices, emits } }), chance);
}

const read = ({ spec, byBalancer }: WebNetwork): Network => {
  const all = documents(spec);
  const result = networkFromDocuments(byBalancer ? askedByBalancer(spec, all) : all);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, undefined, 1));
  return result.value;
};

test('no packet gets past the web ACLs where the prover says that none does, and what it shows gets past them', async () => {
  const met = new Map<string, number>();
  const count = (what: string): void => void met.set(what, (met.get(what) ?? 0) + 1);
  const drawn = fc.tuple(webNetwork, fc.array(asked, { minLength: 4, maxLength: 4 }), fc.integer());
  await fc.assert(
    fc.asyncProperty(drawn, async ([made, shapes, seed]) => {
      const network = read(made);
      const chance = chanceFrom(seed);
      const samples = drawSamples(network, new Map(), packets, chance).map((one) => aimed(network, one, chance));
      for (const one of shapes) {
        const property = propertyOf(network, one);
        const question = questionOn(network, property);
        const problems = new Set('length' in question ? question : []);
        expect([property, problems]).toEqual([property, new Set(isUntold(made, one.acls) ? ['missing-call'] : [])]);
        if ('length' in question) {
          count('missing-call');
          continue;
        }
        const isInspected = inspectedBy(made.spec, network, one.acls);
        const inspected = ({ result }: Sample): boolean => isInspected(result.hops);
        const answer = await openVerifier(network, { states: 6_000 }).answer(question, { replay, timeoutMs: 20_000 });
        const bare: Question = { ...question, via: [], avoid: [], except: [] };
        const isMeant = (each: Sample): boolean => {
          if (!speaksOf(bare, each)) return false;
          if (one.shape === 'via') return inspected(each);
          const { protocol, dstPort } = each.request.packet;
          return !inspected(each) || (one.shape === 'traffic' && !(protocol === 6 && dstPort === 443));
        };
        const through = samples.filter(isMeant);
        count(`${answer.verdict} ${one.shape}`);
        if (through.length > 0) count(`${answer.verdict} ${one.shape} sampled`);
        if (samples.some((each) => speaksOf(bare, each) && inspected(each)))
          count(`${answer.verdict} beside inspected`);
        const misjudged = samples.filter((each) => isMeant(each) !== speaksOf(question, each));
        expect([property, ...misjudged.slice(0, 3).map(describeSample)]).toEqual([property]);
        const refutations = answer.verdict === 'holds' ? through.slice(0, 3).map(describeSample) : [];
        expect([property, ...refutations]).toEqual([property]);
        for (const { hops } of answer.flows) {
          for (const { kind, action } of hops) count(`${action} ${kind}`);
          const crossed = isInspected(hops);
          if (one.shape !== 'traffic') expect([property, crossed]).toEqual([property, one.shape === 'via']);
        }
      }
    }),
    contest(1.25),
  );
  const wanted = [
    ...['except', 'avoid', 'via', 'traffic'].flatMap((way) => [`holds ${way}`, `violated ${way} sampled`]),
    'holds beside inspected',
    'violated beside inspected',
    'undecided except',
    'missing-call',
    'forward load-balancer',
    'translate target-group',
  ];
  expect(wanted.filter((what) => !met.has(what))).toEqual([]);
});
