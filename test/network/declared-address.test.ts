import { describe, expect, it } from 'vitest';
import { standsForAddress } from '../../src/network/declared-address.ts';

const all = [
  'aws_subnet.app',
  'aws_subnet.app["a"]',
  'aws_subnet.app["b.c/d]"]',
  'aws_subnet.application[0]',
  'module.net.aws_subnet.app[0]',
  'module.net[1].aws_subnet.app[0]',
  'module.net.module.inner.aws_vpc.this',
  'module.network.aws_vpc.this',
  'Network/AppSubnet',
  'Network/Inner/AppSubnet',
  'NetworkX/AppSubnet',
];
const named = (given: string) => all.filter(standsForAddress(given));

describe('an address', () => {
  it('is itself', () => {
    expect(named('aws_subnet.app["a"]')).toEqual(['aws_subnet.app["a"]']);
    expect(named('aws_subnet.app["b.c/d]"]')).toEqual(['aws_subnet.app["b.c/d]"]']);
    expect(named('Network/AppSubnet')).toEqual(['Network/AppSubnet']);
  });

  it('without an index stands for all its instances', () => {
    expect(named('aws_subnet.app')).toEqual(['aws_subnet.app', 'aws_subnet.app["a"]', 'aws_subnet.app["b.c/d]"]']);
    expect(named('module.net.aws_subnet.app')).toEqual([
      'module.net.aws_subnet.app[0]',
      'module.net[1].aws_subnet.app[0]',
    ]);
  });

  it('of a module or a nested stack stands for all that is in it', () => {
    expect(named('module.net')).toEqual([
      'module.net.aws_subnet.app[0]',
      'module.net[1].aws_subnet.app[0]',
      'module.net.module.inner.aws_vpc.this',
    ]);
    expect(named('module.net[1]')).toEqual(['module.net[1].aws_subnet.app[0]']);
    expect(named('Network')).toEqual(['Network/AppSubnet', 'Network/Inner/AppSubnet']);
  });

  it('of a type alone stands for nothing', () => {
    expect(named('aws_subnet')).toEqual([]);
  });
});
