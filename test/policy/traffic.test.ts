import { describe, expect, test } from 'vitest';
import { looksLikeTraffic, parseTraffic, trafficOf } from '../../src/policy/traffic.ts';
import { cidr } from './network.ts';

const traffic = (text: string) => {
  const read = parseTraffic(text);
  return read.ok ? read.value : read.problems[0]?.code;
};

describe('traffic in short', () => {
  test('a protocol, with ports, or with an ICMP type and code', () => {
    expect(traffic('tcp/443')).toEqual({ protocol: 6, ports: { from: 443, to: 443 } });
    expect(traffic('udp/8000-8100')).toEqual({ protocol: 17, ports: { from: 8000, to: 8100 } });
    expect(traffic('icmp')).toEqual({ protocol: 1 });
    expect(traffic('icmp/8/0')).toEqual({ protocol: 1, icmpType: 8, icmpCode: 0 });
    expect(traffic('47')).toEqual({ protocol: 47 });
    expect(traffic('all')).toEqual({});
  });

  test('ports of a protocol without ports, backward ranges and unknown protocols are refused', () => {
    for (const wrong of ['icmp/300', 'gre/443', 'all/443', 'tcp/9-1', 'tcp/70000', 'tcp/443/80'])
      expect(traffic(wrong)).toBe('bad-traffic');
    expect(parseTraffic('tpc/443')).toMatchObject({
      problems: [{ code: 'bad-protocol', hint: 'Did you mean `tcp`?' }],
    });
  });

  test('a selector does not look like traffic', () => {
    expect(['tcp/443', 'icmp', 'all'].every(looksLikeTraffic)).toBe(true);
    expect(['firewall:*', 'firewall', 'nat-1', '10.0.0.0/8'].some(looksLikeTraffic)).toBe(false);
  });
});

describe('traffic in flags', () => {
  const flags = (given: Parameters<typeof trafficOf>[0]) => {
    const read = trafficOf(given);
    return read.ok ? read.value : read.problems.map(({ flag }) => flag);
  };

  test('a port without a protocol is of TCP and UDP', () => {
    expect(flags({ port: '443' })).toEqual([
      { protocol: 6, ports: { from: 443, to: 443 } },
      { protocol: 17, ports: { from: 443, to: 443 } },
    ]);
  });

  test('addresses, source ports and fragments narrow', () => {
    expect(
      flags({ proto: 'tcp', 'src-port': '1024-65535', 'dst-ip': '1.1.1.1', 'src-ip': '10.0.0.0/8', fragment: false }),
    ).toEqual([
      {
        protocol: 6,
        srcPorts: { from: 1024, to: 65535 },
        src: cidr('10.0.0.0/8'),
        dst: cidr('1.1.1.1/32'),
        fragment: false,
      },
    ]);
  });

  test('no flag at all is all traffic', () => {
    expect(flags({})).toEqual([{}]);
    expect(flags({ proto: 'all' })).toEqual([{}]);
  });

  test('every flag that is wrong is named', () => {
    expect(flags({ proto: 'tpc', port: '99999', 'src-ip': '10.0.0', 'icmp-type': '300' })).toEqual([
      'proto',
      'port',
      'icmp-type',
      'src-ip',
    ]);
    expect(flags({ proto: 'icmp', port: '443' })).toEqual(['port']);
    expect(flags({ proto: 'tcp', 'icmp-type': '8' })).toEqual(['icmp-type']);
    expect(flags({ 'icmp-code': '0' })).toEqual(['icmp-code']);
    expect(flags({ port: '443', 'icmp-type': '8' })).toEqual(['icmp-type']);
  });
});
