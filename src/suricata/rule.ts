/** A Suricata rule as written, for AWS Network Firewall (semantics 10F): parsed, with nothing resolved or judged. */

export type RuleAction = 'pass' | 'drop' | 'reject' | 'alert';

export interface Rule {
  readonly action: RuleAction;
  /** In lower case, such as `tcp`, `ip`, `tls`; `pkthdr`, `ip4`, `ip6` and `http1` are `ip`, `ipv4`, `ipv6` and `http`. */
  readonly protocol: string;
  readonly source: Addresses;
  readonly sourcePort: Ports;
  readonly direction: '->' | '<>' | '=>';
  readonly destination: Addresses;
  readonly destinationPort: Ports;
  /** In order. */
  readonly options: readonly Option[];
  readonly sid?: number;
}

/** A list is its positives, or anything where it has none, less its negatives (semantics 10.73). */
export type Addresses =
  | { readonly kind: 'any' }
  /** Both ends included; a CIDR is the range that it covers. */
  | { readonly kind: 'range'; readonly family: 'ipv4' | 'ipv6'; readonly from: bigint; readonly to: bigint }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'reference'; readonly name: string }
  | { readonly kind: 'list'; readonly of: readonly Addresses[] }
  | { readonly kind: 'not'; readonly of: Addresses };

export type Ports =
  | { readonly kind: 'any' }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'list'; readonly of: readonly Ports[] }
  | { readonly kind: 'not'; readonly of: Ports };

/** The buffers whose content is modelled (semantics 10.78); the sticky buffer is named before its matches. */
export type Buffer = 'tls.sni' | 'http.host' | 'http.method' | 'http.uri' | 'dns.query';

export type Option =
  | {
      readonly kind: 'flow';
      /** Absent: either way. */
      readonly direction?: 'to_server' | 'to_client';
      /** Absent: not said. `stateless` is any state, but part of a flow. */
      readonly state?: 'established' | 'not_established' | 'stateless';
      /** Such as `only_stream`, `no_frag`. */
      readonly other: readonly string[];
    }
  | {
      readonly kind: 'flowbits';
      readonly command: 'set' | 'isset' | 'isnotset' | 'unset' | 'toggle';
      /** Several are alternatives. */
      readonly names: readonly string[];
    }
  | {
      readonly kind: 'buffer';
      readonly buffer: Buffer;
      /** A dot is put before what the buffer holds (semantics 10.79). */
      readonly dotprefix: boolean;
      /** All must hold. */
      readonly matches: readonly Match[];
    }
  /** Of the payload, or of a buffer that is not modelled, such as `http.user_agent`. */
  | { readonly kind: 'payload'; readonly buffer?: string; readonly matches: readonly Match[] }
  | {
      readonly kind: 'app-layer-protocol';
      readonly negated: boolean;
      readonly protocol: string;
      readonly mode?: string;
    }
  /** The number, 0 to 255. */
  | { readonly kind: 'ip_proto'; readonly negated: boolean; readonly protocol: number }
  | { readonly kind: 'itype' | 'icode'; readonly from: number; readonly to: number }
  /** Bits: FIN 1 to CWR 128. */
  | {
      readonly kind: 'tcp.flags';
      /** `exact`: these and no others; `all` (`+`): these and perhaps others; `any` (`*`); `none` (`!`). */
      readonly match: 'exact' | 'all' | 'any' | 'none';
      readonly flags: number;
      /** Not looked at. */
      readonly ignored: number;
    }
  /** A handshake's first message from the client has been seen. */
  | { readonly kind: 'ssl_state'; readonly negated: boolean; readonly state: string }
  /** `http.header_names` begins with an empty line: the request has some header (semantics 10.55). */
  | { readonly kind: 'some-header' }
  | { readonly kind: 'priority'; readonly value: number }
  | { readonly kind: 'noalert' }
  /** Decides nothing: msg, rev, reference, metadata, classtype (semantics 10.83). */
  | { readonly kind: 'meta'; readonly keyword: string; readonly value?: string }
  /** Understood by Suricata and not modelled, such as `geoip`: whether it holds is not known. */
  | { readonly kind: 'unknown'; readonly keyword: string; readonly value?: string };

/** What a match looks for; bytes are characters 0 to 255. */
export type Match =
  | {
      readonly kind: 'content';
      readonly negated: boolean;
      readonly bytes: string;
      readonly nocase: boolean;
      readonly startswith: boolean;
      readonly endswith: boolean;
      readonly depth?: number;
      readonly offset?: number;
      /** Relative to the end of the match before. */
      readonly distance?: number;
      readonly within?: number;
    }
  | { readonly kind: 'pcre'; readonly negated: boolean; readonly pattern: string; readonly flags: string }
  | { readonly kind: 'bsize'; readonly from: number; readonly to: number }
  /** Anything else that is asked of the buffer: whether it holds is not known. */
  | { readonly kind: 'unknown'; readonly keyword: string; readonly value?: string };
