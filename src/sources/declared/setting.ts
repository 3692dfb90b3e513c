/**
 * Types that are named beside a network and carry no packet themselves: who may ask or share, what is written down, how
 * things are called and where they stand. Nothing of them is read, and nothing is said of that.
 */
import type { Construct } from './reading.ts';

const setting: Construct = { properties: [], others: true };

const types = [
  // Names that hosts are given; `AmazonProvidedDNS` or another, queries go where packets can.
  'AWS::EC2::DHCPOptions',
  'AWS::EC2::VPCDHCPOptionsAssociation',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  'AWS::ElasticLoadBalancingV2::TrustStore',
  'AWS::ElasticLoadBalancingV2::TrustStoreRevocation',
  // What its Connect attachment leads to is open without it.
  'AWS::NetworkManager::ConnectPeer',
  // Lists that routing policies use, which leave a core network's tables unread.
  'AWS::NetworkManager::CoreNetworkPrefixListAssociation',
  'AWS::NetworkManager::CustomerGatewayAssociation',
  'AWS::NetworkManager::Device',
  'AWS::NetworkManager::GlobalNetwork',
  'AWS::NetworkManager::Link',
  'AWS::NetworkManager::LinkAssociation',
  'AWS::NetworkManager::Site',
  'AWS::NetworkManager::TransitGatewayRegistration',
  'AWS::VpcLattice::AccessLogSubscription',
  // It has an effect where the type of its service network or service says so, and then lets pass whom nobody knows.
  'AWS::VpcLattice::AuthPolicy',
  'AWS::VpcLattice::DomainVerification',
  'AWS::VpcLattice::ResourcePolicy',
];

export const settings: Readonly<Record<string, Construct>> = Object.fromEntries(types.map((type) => [type, setting]));
