/** Load balancers: nothing that they may do makes a proof that it is not done, and nothing they need not do one that it is. */
import type { Change, TargetGroupSpec } from '../support/spec.ts';
import { front } from '../support/front.ts';
import { world } from '../support/world.ts';
import { neverHolds, stillHolds, unread } from './verdict.ts';

const web = (more: Partial<TargetGroupSpec> = {}): Change => ({
  targetGroups: [{ id: 'web', vpc: 'vpc-a', protocol: 'HTTP', port: 8080, targets: ['i-i1'], ...more }],
});

const thin = [front({ type: 'nlb', listeners: ['TCP 443 web'] }), web({ protocol: 'TCP' })] as const;
const routed: Change = { tables: [{ id: 'rtb-s1', routes: ['0.0.0.0/0 igw-a'] }] };
const reached = 'require: { from: internet, to: eni-i1, traffic: tcp/443 }';
const unreached = 'forbid: { from: internet, to: eni-i1 }';

neverHolds('load balancers', [
  { says: 'a target is reached through one', network: world(front(), web()), property: unreached },
  {
    says: 'a flow through one goes by the target group',
    network: world(front(), web()),
    property: 'forbid: { from: internet, to: eni-i1, via: target-group:web }',
  },
  {
    says: 'and it is not avoided',
    network: world(front(), web()),
    property: 'require: { from: internet, to: eni-i1, traffic: tcp/443, avoid: target-group:web }',
  },
  {
    says: 'a page for everybody may stand before what forwards',
    network: world(front({ listeners: ['HTTPS 443 web | fixed from 0.0.0.0/0'] }), web()),
    property: reached,
  },
  {
    says: 'a page for some clients stops those',
    network: world(front({ listeners: ['HTTPS 443 web | fixed from 10.0.2.0/24'] }), web()),
    property: 'require: { from: eni-i2, to: eni-i1, traffic: tcp/443, via: alb:front }',
  },
  {
    says: 'targets may be others where nobody read them',
    network: world(front(), web({ targets: ['i-i2'] })),
    edit: unread('describe-target-health'),
    property: unreached,
  },
  {
    says: 'listeners may be others where nobody read them',
    network: world(front({ listeners: ['HTTPS 443 fixed'] }), web()),
    edit: unread('describe-listeners'),
    property: unreached,
  },
  {
    says: 'rules may forward where nobody read them',
    network: world(front({ listeners: ['HTTPS 443 fixed'] }), web()),
    edit: unread('describe-rules'),
    property: unreached,
  },
  {
    says: 'client addresses may be kept where nobody read whether they are',
    network: world(...thin, { groups: [{ id: 'sg-open', in: ['all 0.0.0.0/0'] }] }, routed, {
      interfaces: [{ id: 'eni-i1', groups: ['sg-far'] }],
      groups: [{ id: 'sg-far', vpc: 'vpc-a', in: ['tcp 8080 203.0.113.0/24'], out: [] }],
    }),
    edit: unread('describe-target-group-attributes'),
    property: unreached,
  },
  {
    says: 'and they may not be',
    network: world(...thin, routed, {
      interfaces: [{ id: 'eni-i1', groups: ['sg-near'] }],
      groups: [{ id: 'sg-near', vpc: 'vpc-a', in: ['tcp 8080 10.0.9.0/24'], out: [] }],
    }),
    edit: unread('describe-target-group-attributes'),
    property: unreached,
  },
  {
    says: 'zones may be crossed where nobody read whether they are',
    network: world(front({ type: 'nlb', listeners: ['TCP 443 web'] }), web({ protocol: 'TCP', targets: ['i-i2'] })),
    edit: unread('describe-load-balancer-attributes', 'describe-target-group-attributes'),
    property: 'forbid: { from: internet, to: eni-i2 }',
  },
  {
    says: 'and may not be',
    network: world(
      front({ type: 'nlb', listeners: ['TCP 443 web'] }),
      web({ protocol: 'TCP', preserve: false, targets: ['i-i2'] }),
    ),
    edit: unread('describe-load-balancer-attributes', 'describe-target-group-attributes'),
    property: 'require: { from: internet, to: eni-i2, traffic: tcp/443 }',
  },
  {
    says: 'a web ACL that nobody associated with it is not passed',
    network: world(front(), web(), { webAcls: [{ id: 'waf', balancers: [] }] }),
    property: 'forbid: { from: internet, to: eni-i1, except: { via: web-acl:* } }',
  },
  {
    says: 'an address of AWS’s choosing may be the other target’s',
    network: world(
      front({
        crossZone: true,
        at: [
          { subnet: 'subnet-pub', ips: ['10.0.9.20=198.51.100.20'] },
          { subnet: 'subnet-s2', ips: ['10.0.2.20'] },
        ],
      }),
      web({ targets: ['i-i1', 'i-i2'] }),
    ),
    property: reached,
  },
  {
    says: 'a target of another group may be where nobody read the interfaces',
    network: world(front(), web()),
    edit: unread('describe-network-interfaces', 'describe-instances'),
    property: 'forbid: { from: internet, to: subnet-s1 }',
  },
]);

stillHolds('load balancers', [
  { says: 'a target is reached through one', network: world(front(), web()), property: reached },
  {
    says: 'what is forwarded elsewhere does not come here',
    network: world(front(), web({ targets: ['i-i2'] })),
    property: unreached,
  },
  {
    says: 'every way in passes a web ACL that is associated',
    network: world(front(), web(), { webAcls: [{ id: 'waf', balancers: ['front'] }] }),
    property: 'forbid: { from: internet, to: eni-i1, except: { via: web-acl:* } }',
  },
  {
    says: 'a balancer that keeps client addresses is passed both ways',
    network: world(...thin, routed),
    property: 'require: { from: internet, to: eni-i1, traffic: tcp/443, via: { both: nlb:front } }',
  },
  {
    says: 'where no target is healthy it sends to all',
    network: world(front(), web({ targets: ['i-i1 unhealthy'] })),
    property: reached,
  },
]);
