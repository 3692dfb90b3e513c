/** The application protocols that Suricata tells apart (semantics 10.72), and what they run over. */
import { protocols } from './protocol.ts';

const { tcp, udp } = protocols;

export interface Application {
  /** As people write it. */
  readonly words: string;
  /** IP protocol numbers. */
  readonly over: readonly number[];
  /** Where it is usually served. */
  readonly port: number;
  /** The server speaks first. */
  readonly banner?: true;
}

/** By Suricata's name. */
export const applications: Readonly<Record<string, Application>> = {
  tls: { words: 'TLS', over: [tcp], port: 443 },
  http: { words: 'HTTP', over: [tcp], port: 80 },
  http2: { words: 'HTTP/2', over: [tcp], port: 80 },
  ssh: { words: 'SSH', over: [tcp], port: 22, banner: true },
  dns: { words: 'DNS', over: [udp, tcp], port: 53 },
  quic: { words: 'QUIC', over: [udp], port: 443 },
  smtp: { words: 'SMTP', over: [tcp], port: 25, banner: true },
  imap: { words: 'IMAP', over: [tcp], port: 143, banner: true },
  pop3: { words: 'POP3', over: [tcp], port: 110, banner: true },
  ftp: { words: 'FTP', over: [tcp], port: 21, banner: true },
  ntp: { words: 'NTP', over: [udp], port: 123 },
  smb: { words: 'SMB', over: [tcp], port: 445 },
  dcerpc: { words: 'DCE/RPC', over: [tcp, udp], port: 135 },
  dhcp: { words: 'DHCP', over: [udp], port: 67 },
  krb5: { words: 'Kerberos', over: [tcp, udp], port: 88 },
  tftp: { words: 'TFTP', over: [udp], port: 69 },
  mqtt: { words: 'MQTT', over: [tcp], port: 1883 },
  rdp: { words: 'RDP', over: [tcp], port: 3389 },
  rfb: { words: 'RFB', over: [tcp], port: 5900, banner: true },
  snmp: { words: 'SNMP', over: [udp], port: 161 },
  nfs: { words: 'NFS', over: [tcp, udp], port: 2049 },
  sip: { words: 'SIP', over: [tcp, udp], port: 5060 },
  ldap: { words: 'LDAP', over: [tcp, udp], port: 389 },
  websocket: { words: 'WebSocket', over: [tcp], port: 80 },
  telnet: { words: 'Telnet', over: [tcp], port: 23, banner: true },
  irc: { words: 'IRC', over: [tcp], port: 6667 },
  pgsql: { words: 'PostgreSQL', over: [tcp], port: 5432 },
  modbus: { words: 'Modbus', over: [tcp], port: 502 },
  dnp3: { words: 'DNP3', over: [tcp], port: 20000 },
  doh2: { words: 'DNS over HTTP/2', over: [tcp], port: 443 },
  mdns: { words: 'mDNS', over: [udp], port: 5353 },
  'bittorrent-dht': { words: 'BitTorrent DHT', over: [udp], port: 6881 },
};
