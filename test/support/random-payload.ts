/** What flows carry, from small pools in which rules' names and questions' names meet. */
import { protocols } from '../../src/net/protocol.ts';
import type { Payload } from '../../src/net/payload.ts';
import type { Traffic } from '../../src/policy/question.ts';
import type { Chance } from './random.ts';

const names = ['example.com', 'a.example.com', 'Example.com', 'evil.net', 'www.evil.net', 'com', 'other.org'];

export function drawPayload(protocol: number, chance: Chance): Payload {
  if (protocol === protocols.udp)
    return chance.one<Payload>([{ app: 'none' }, { app: 'quic' }, { app: 'dns', dnsName: chance.one(names) }]);
  if (protocol !== protocols.tcp) return { app: 'none' };
  const request = { httpMethod: chance.one(['GET', 'POST']), httpUri: chance.one(['/', '/a']) };
  const name = chance.one(names);
  return chance.one<Payload>([
    { app: 'tls', sni: name },
    { app: 'tls', sni: name },
    { app: 'tls' },
    { app: 'http', httpHost: name.toLowerCase(), ...request },
    { app: 'http', httpHost: name.toLowerCase(), ...request },
    { app: 'http', bare: true, ...request },
    { app: 'ssh' },
    { app: 'http2' },
    { app: 'dns', dnsName: name },
    { app: 'none' },
  ]);
}

/** What a question can say of it. */
export const carried: readonly Traffic[] = [
  { protocol: 6, app: 'tls', sni: 'a.example.com' },
  { protocol: 6, app: 'tls', sni: '.example.com' },
  { protocol: 6, app: 'tls', sni: 'evil.net', ports: { from: 443, to: 443 } },
  { protocol: 6, app: 'http', httpHost: '.example.com' },
  { protocol: 6, app: 'http', httpHost: 'evil.net' },
  { protocol: 6, app: 'tls' },
  { protocol: 6, app: 'ssh' },
  { protocol: 6, app: 'none' },
  { protocol: 17, app: 'dns', dnsName: 'evil.net' },
  { protocol: 17, app: 'quic' },
];

const cased = ['a.example.com', 'A.example.com', 'a.Example.com', 'A.Example.com', 'A.EXAMPLE.COM', 'a.example.COM'];

/** Of what that traffic may carry, something for each way in which the random rules look at it. */
export function payloadsIn({ app, protocol, sni }: Traffic): readonly Payload[] {
  if (app === 'tls' && sni !== undefined) return cased.map((name) => ({ app, sni: name }));
  if (app !== undefined) return [{ app }];
  if (protocol !== protocols.udp) return [{ app: 'none' }];
  const asked = [...names, ...cased, 'x', 'evil.net.x', 'xevil.net', 'example.com.x', 'com.x', 'a.example.com.x'];
  return [{ app: 'none' }, { app: 'quic' }, ...asked.map((dnsName) => ({ app: 'dns', dnsName }))];
}

/** The payload is of the traffic; names stand for any case, and those that begin with a dot for all below them. */
export function carries(traffic: Traffic, payload: Payload): boolean {
  if (traffic.app !== undefined && traffic.app !== payload.app) return false;
  return (['sni', 'httpHost', 'dnsName'] as const).every((kind) => isNamed(traffic[kind], payload[kind]));
}

function isNamed(wanted: string | undefined, name: string | undefined): boolean {
  if (wanted === undefined) return true;
  const lower = name?.toLowerCase();
  if (!wanted.startsWith('.')) return lower === wanted;
  return lower === wanted.slice(1) || lower?.endsWith(wanted) === true;
}
