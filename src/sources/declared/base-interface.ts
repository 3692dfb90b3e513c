/** Interfaces that run, with what a plan adds to them: groups, the instance that they are attached to, public addresses. */
import { present } from '../../base/present.ts';
import type { Findings } from '../../network/build/findings.ts';
import type { InterfaceFinding } from '../../network/build/interface-finding.ts';
import { replace } from './in-place.ts';
import type { Outside } from './outside.ts';
import { elements } from './three-way.ts';

export function settleInterfaces(out: Findings, old: Outside, now: Outside): void {
  replace(out.endpoints, (one) => ({
    ...one,
    interfaces: elements(
      one.interfaces,
      old.endpointInterfaces.get(one.id) ?? [],
      now.endpointInterfaces.get(one.id) ?? [],
      (id) => id,
    ),
  }));
  const change = (id: string, made: (one: InterfaceFinding) => InterfaceFinding): void => {
    const nic = out.instances.find((one) => one.id === id)?.interfaces[0] ?? id;
    const own = out.interfaces.get(nic) ?? out.instanceInterfaces.find((one) => one.interface.id === nic);
    if (own !== undefined) out.interfaces.set(nic, made(own));
  };
  for (const id of new Set([...old.joined.keys(), ...now.joined.keys()]))
    change(id, (one) => withGroups(out, one, old.joined.get(id) ?? [], now.joined.get(id) ?? []));
  for (const [id, instance] of now.plugged)
    change(id, (one) =>
      one.interface.attached
        ? one
        : {
            ...one,
            interface: {
              ...one.interface,
              attached: true,
              // To which instance is not told, nor whether to any.
              ...present({ instance, state: instance === undefined ? 'unknown' : one.interface.state }),
            },
          },
    );
  for (const id of now.published) change(id, (one) => (isPublic(one) ? one : published(one)));
  for (const id of now.mayBePublished)
    change(id, (one) =>
      isPublic(one) ? one : { ...published(one), interface: { ...one.interface, state: 'unknown' } },
    );
}

const isPublic = ({ interface: { addresses } }: InterfaceFinding): boolean =>
  addresses.some(({ publicIp }) => publicIp !== undefined);

const published = (one: InterfaceFinding): InterfaceFinding => ({
  ...one,
  pending: { ipv4: 0, ipv6: 0, ...one.pending, public: true },
});

/** Of groups that are not known, no filter stands for the interface. */
function withGroups(
  { edges }: Findings,
  one: InterfaceFinding,
  old: readonly (string | undefined)[],
  now: readonly (string | undefined)[],
): InterfaceFinding {
  const { interface: nic } = one;
  if (now.includes(undefined)) {
    edges.hiding.add(nic.vpc);
    return { ...one, interface: { ...nic, groups: [], state: 'unknown' } };
  }
  const kept = nic.groups.filter((id) => now.includes(id) || !old.includes(id));
  const groups = [...new Set([...kept, ...now.filter((id) => id !== undefined)])];
  return { ...one, interface: { ...nic, groups } };
}
