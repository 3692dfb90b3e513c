/**
 * Notebooks in a subnet whose internet traffic goes through a NAT gateway and a firewall that lets through two domains,
 * and whose S3 traffic goes by a gateway endpoint: what its template shows, though AWS's list of S3's addresses is in none.
 */
import { expect, test } from 'vitest';
import { provePolicies } from '../../../src/cli/proving.ts';
import { readNetwork } from '../../../src/index.ts';

const endpoint = '!Select [1, !Split [":", !Select [0, !GetAtt Inspection.EndpointIds]]]';
const table = (name: string, to: string): string => `
  ${name}Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  ${name}Out: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref ${name}Table, DestinationCidrBlock: 0.0.0.0/0, ${to} } }
  ${name}Joined: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { RouteTableId: !Ref ${name}Table, SubnetId: !Ref ${name} } }`;
const subnet = (name: string, block: string): string => `
  ${name}: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: ${block}, AvailabilityZone: !Sub "\${AWS::Region}a" } }`;

const template = (endpoints: string): string => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.20.0.0/16, EnableDnsSupport: true, EnableDnsHostnames: true } }
${subnet('Notebooks', '10.20.1.0/24')}${subnet('Outward', '10.20.2.0/24')}${subnet('Watch', '10.20.3.0/24')}
${table('Notebooks', 'NatGatewayId: !Ref Nat')}${table('Outward', `VpcEndpointId: ${endpoint}`)}${table('Watch', 'GatewayId: !Ref Internet')}
  Internet: { Type: AWS::EC2::InternetGateway }
  Attached: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Internet } }
  Inward: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  InwardBack: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Inward, DestinationCidrBlock: 10.20.2.0/24, VpcEndpointId: ${endpoint} } }
  InwardJoined: { Type: AWS::EC2::GatewayRouteTableAssociation, Properties: { RouteTableId: !Ref Inward, GatewayId: !Ref Internet } }
  Address: { Type: AWS::EC2::EIP, Properties: { Domain: vpc } }
  Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref Outward, AllocationId: !GetAtt Address.AllocationId } }
  Domains:
    Type: AWS::NetworkFirewall::RuleGroup
    Properties:
      RuleGroupName: domains
      Type: STATEFUL
      Capacity: 100
      RuleGroup:
        RuleVariables: { IPSets: { HOME_NET: { Definition: [10.20.0.0/16] } } }
        RulesSource:
          RulesSourceList: { TargetTypes: [HTTP_HOST, TLS_SNI], Targets: [.models.example, .data.example], GeneratedRulesType: ALLOWLIST }
  Policy:
    Type: AWS::NetworkFirewall::FirewallPolicy
    Properties:
      FirewallPolicyName: policy
      FirewallPolicy:
        StatelessDefaultActions: ["aws:forward_to_sfe"]
        StatelessFragmentDefaultActions: ["aws:forward_to_sfe"]
        StatefulRuleGroupReferences: [{ ResourceArn: !Ref Domains }]
  Inspection:
    Type: AWS::NetworkFirewall::Firewall
    Properties: { FirewallName: inspection, FirewallPolicyArn: !Ref Policy, VpcId: !Ref Vpc, SubnetMappings: [{ SubnetId: !Ref Watch }] }
${endpoints}`;

const s3 = `
  S3:
    Type: AWS::EC2::VPCEndpoint
    Properties: { VpcEndpointType: Gateway, VpcId: !Ref Vpc, ServiceName: !Sub "com.amazonaws.\${AWS::Region}.s3", RouteTableIds: [!Ref NotebooksTable] }
`;
/** The same route, by a list of the customer's own. */
const own = `
  List: { Type: AWS::EC2::PrefixList, Properties: { PrefixListName: partners, AddressFamily: IPv4, MaxEntries: 5, Entries: !Ref Entries } }
  ToList: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref NotebooksTable, DestinationPrefixListId: !Ref List, GatewayId: !Ref Internet } }
`;

const policy = `
version: 1
properties:
  - id: only-inspected
    forbid: { from: Notebooks, to: internet, except: { via: 'firewall:*' } }
  - id: only-domains
    forbid:
      from: Notebooks
      to: internet
      except: [{ sni: [.models.example, .data.example] }, { http-host: [.models.example, .data.example] }]
  - id: only-domains-by-web
    forbid: { from: Notebooks, to: internet, traffic: tcp/443, app: tls, except: { sni: [.models.example, .data.example] } }
`;

async function verdicts(text: string) {
  const network = await readNetwork({ file: 'notebooks.yaml', text });
  if (!network.ok) throw new Error(JSON.stringify(network.problems, null, 1));
  const options = { assume: [], potential: false, timeoutMs: 60_000 };
  const proved = await provePolicies(network.value, [{ file: 'policy.yaml', text: policy }], options);
  if (!proved.ok) throw new Error(JSON.stringify(proved.problems, null, 1));
  return Object.fromEntries(proved.value.results.map((one) => [one.id, one]));
}

test('nothing gets round the firewall, and what is neither HTTP nor TLS gets through it, whatever S3’s addresses are', async () => {
  const found = await verdicts(template(s3));
  expect(found['only-inspected']).toMatchObject({ verdict: 'holds', assumptions: [] });
  expect(found['only-domains-by-web']).toMatchObject({ verdict: 'holds' });
  const broken = found['only-domains']!;
  expect(broken.verdict).toBe('violated');
  const [flow] = broken.counterexamples;
  expect(flow?.hops.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['nat-gateway', 'firewall-endpoint', 'internet-gateway']),
  );
}, 60_000);

test('a customer’s list whose entries nobody knows may hold any address', async () => {
  const text = `Parameters: { Entries: { Type: String } }\n${template(own)}`;
  expect((await verdicts(text))['only-domains']).toMatchObject({ verdict: 'undecided' });
}, 60_000);
