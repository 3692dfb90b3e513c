/** A load balancer in front of the hosts of `world`. */
import type { BalancerSpec, Change } from './spec.ts';

/** `front`, an Application Load Balancer in PUB with a public address, unless it is another; it forwards 443 to `web`. */
export const front = (more: Partial<BalancerSpec> = {}): Change => ({
  balancers: [
    {
      id: 'front',
      type: 'alb',
      public: true,
      at: [{ subnet: 'subnet-pub', ips: ['10.0.9.20=198.51.100.20'] }],
      groups: ['sg-open'],
      listeners: ['HTTPS 443 web'],
      ...more,
    },
  ],
});
