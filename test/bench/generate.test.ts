/** The bench networks: of the size asked for, and the same for the same seed. */
import { describe, expect, it } from 'vitest';
import { filesOf, generate } from '../../bench/generate.ts';

const size = { interfaces: 300, groups: 60, rules: 600 };

describe('a bench network', () => {
  const snapshot = generate(size, 1);

  it('has as many interfaces, groups and rules as it was asked for', () => {
    expect(snapshot.NetworkInterfaces).toHaveLength(size.interfaces);
    expect(snapshot.SecurityGroups).toHaveLength(size.groups);
    const rules = snapshot.SecurityGroups.flatMap((group) => [
      ...(group.IpPermissions ?? []),
      ...(group.IpPermissionsEgress ?? []),
    ]);
    expect(rules).toHaveLength(size.rules);
  });

  it('is the same for the same seed, and another for another', () => {
    const text = (seed: number): string => JSON.stringify([...filesOf(generate(size, seed))]);
    expect(text(1)).toBe(text(1));
    expect(text(2)).not.toBe(text(1));
  });

  it('gives no id and no address twice', () => {
    const ids = snapshot.NetworkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
    const addresses = snapshot.NetworkInterfaces.map(({ PrivateIpAddress }) => PrivateIpAddress);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});
