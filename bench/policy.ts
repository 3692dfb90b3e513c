/** What is asked of a bench network: one property, or several that all hold. */

const groups = `version: 1
groups:
  ai: subnet:tag:tier=ai
  app: subnet:tag:tier=app
  data: subnet:tag:tier=data
  firewall: firewall:*
  balancers: alb:*
properties:
`;

const properties = [
  `  - id: ai-egress-only-via-firewall
    title: No AI subnet packet reaches the internet except via the firewall
    forbid: { from: ai, to: internet, except: { via: firewall } }
`,
  `  - id: ai-not-from-internet
    title: The internet starts no flow to an AI subnet
    forbid: { from: internet, to: ai }
`,
  `  - id: data-stays
    title: No packet leaves the data subnets for the internet
    forbid: { from: data, to: internet, except: { via: balancers } }
`,
  `  - id: app-ipv4-egress-only-via-firewall
    title: No application packet reaches the internet over IPv4 except via the firewall
    forbid: { from: app, to: internet, family: ipv4, except: [{ via: firewall }, { via: balancers }] }
`,
  `  - id: ai-off-the-partner-range
    title: The route round the firewall carries nothing
    forbid: { from: ai, to: 203.0.113.0/24, except: { via: firewall } }
`,
];

/** What is asked of a network with a hub. */
export const hubPolicy = `${groups}  - id: ai-only-from-its-own-vpc
    title: No application host reaches an AI host of another VPC
    forbid: { from: app, to: ai, via: 'tgw:*' }
`;

/** A policy of the first `count` properties; the first is the one whose proof is work. */
export const policy = (count: number): string => groups + properties.slice(0, count).join('');

export const propertyCount = properties.length;

/** What a plan's reviewers would ask. */
export const planPolicy = `version: 1
groups:
  ai: subnet:tag:tier=ai
  private: subnet:tag:tier=ai,subnet:tag:tier=data
properties:
  - id: ai-stays-private
    forbid: { from: ai, to: internet }
  - id: nothing-comes-in
    forbid: { from: internet, to: private }
  - id: bedrock-over-privatelink
    require: { from: ai, to: service:bedrock-runtime, traffic: tcp/443 }
`;
