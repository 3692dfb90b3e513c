/**
 * The form of a witness: the flow as people read it, and what the tracer needs to replay it. Every key is known, so that
 * nothing stands there that the network is not asked about.
 */
import type { Flow, FlowPacket, Hop, Replay } from './format.ts';
import { byKind, digits, is, list, mapOf, number, oneOf, record, recordWith, text, yesOrNo } from './shape.ts';

const packetKeys = {
  src: text,
  dst: text,
  protocol: text,
  srcPort: number,
  dstPort: number,
  icmpType: number,
  icmpCode: number,
  fragment: oneOf(true),
};
const carriedKeys = {
  app: text,
  sni: text,
  httpHost: text,
  httpMethod: text,
  httpUri: text,
  dnsName: text,
  dnsType: text,
};

const hop = recordWith<Hop>(['resource', 'kind', 'action', 'detail', 'packet'], {
  resource: text,
  kind: text,
  action: text,
  rule: text,
  code: text,
  detail: text,
  packet: recordWith<Hop['packet']>(['src', 'dst', 'protocol'], packetKeys),
  source: record<NonNullable<Hop['source']>>({ file: text, place: text }),
});

export const flow = recordWith<Flow>(['from', 'to', 'packet', 'hops'], {
  from: text,
  to: text,
  packet: recordWith<FlowPacket>(['src', 'dst', 'protocol'], {
    ...packetKeys,
    tcpFlags: list(text),
    ...carriedKeys,
  }),
  hops: list(hop),
  return: list(hop),
});

type Parts<Keys extends string> = Readonly<Record<Keys, unknown>>;

const address = record<Parts<'family' | 'value'>>({ family: oneOf('ipv4', 'ipv6'), value: digits });

const packet = recordWith<Parts<keyof typeof packetKeys | 'tcpFlags'>>(
  ['src', 'dst', 'protocol', 'srcPort', 'dstPort', 'icmpType', 'icmpCode', 'fragment'],
  {
    src: address,
    dst: address,
    protocol: number,
    srcPort: number,
    dstPort: number,
    icmpType: number,
    icmpCode: number,
    fragment: yesOrNo,
    tcpFlags: number,
  },
);

const payload = recordWith<Parts<keyof typeof carriedKeys | 'bare'>>(['app'], { ...carriedKeys, bare: oneOf(true) });

const plainly = record<Parts<'kind'>>({ kind: text });
const named = record<Parts<'kind' | 'id'>>({ kind: text, id: text });

const emission = recordWith<Parts<'packet' | 'payload' | 'at'>>(['packet', 'at'], {
  packet,
  payload,
  at: byKind({
    vpc: named,
    subnet: named,
    table: record<Parts<'kind' | 'id' | 'vpc'>>({ kind: text, id: text, vpc: text }),
    endpoint: named,
    interface: named,
    dns: plainly,
    internet: plainly,
    onprem: plainly,
  }),
});

const choices = recordWith<Replay['choices']>(['nat', 'emits'], {
  nat: mapOf(record<Parts<'address' | 'port'>>({ address, port: number })),
  emits: mapOf(emission),
  enters: text,
  transits: text,
  returnsBy: text,
  zones: mapOf(text),
  equals: mapOf(text),
  holders: list(record<Parts<'address' | 'interface'>>({ address, interface: text })),
  repliesBy: text,
  appliances: mapOf(recordWith<Parts<'by' | 'onward'>>([], { by: text, onward: oneOf(true) })),
  keeps: text,
});

export const replay = recordWith<Replay>(['variant', 'origin', 'packet', 'mode', 'choices', 'sides', 'pastDenials'], {
  variant: number,
  origin: byKind({ interface: named, internet: plainly, onprem: plainly }),
  packet,
  payload,
  mode: oneOf('packet', 'connection', 'client-data', 'data'),
  choices,
  sides: mapOf(yesOrNo),
  pastDenials: is('false', (value) => value === false),
});
