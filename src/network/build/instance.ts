/** Instances: those read, and those that only their interfaces name, whose state nobody told. */
import { present } from '../../base/present.ts';
import type { Instance } from '../instance.ts';
import type { NetworkInterface } from '../interface.ts';
import { up } from '../unknown.ts';
import { blameDangling, type Building, wasRead } from './building.ts';

export function buildInstances(
  building: Building,
  interfaces: ReadonlyMap<string, NetworkInterface>,
): Map<string, Instance> {
  const instances = new Map<string, { instance: Instance; interfaces: Set<string> }>();
  for (const instance of building.findings.instances) {
    const known = instance.interfaces.filter((id) => interfaces.has(id));
    instances.set(instance.id, { instance, interfaces: new Set(known) });
  }
  for (const nic of interfaces.values()) {
    if (nic.instance === undefined) continue;
    const found = instances.get(nic.instance);
    if (found !== undefined) found.interfaces.add(nic.id);
    else {
      const owner = building.findings.interfaces.get(nic.id)?.instanceOwner;
      const own = owner === undefined || nic.account === undefined || owner === nic.account;
      if (own && wasRead(building, 'describe-instances', nic))
        blameDangling(building, nic, 'instance', nic.instance, 'describe-instances');
      instances.set(nic.instance, { instance: untold(nic.instance, nic), interfaces: new Set([nic.id]) });
    }
  }
  return new Map(
    [...instances].map(([id, found]) => {
      if (!['running', 'terminated'].includes(found.instance.state)) building.assumed.set(id, up(id));
      return [id, Object.assign({}, found.instance, { interfaces: [...found.interfaces] })];
    }),
  );
}

const untold = (id: string, { account, region, source }: NetworkInterface): Instance => ({
  id,
  kind: 'instance',
  tags: {},
  state: 'unknown',
  interfaces: [],
  source,
  ...present({ account, region }),
});
