/** A question as understood, as it is published: names resolved to members, headers in words. */
import type { CarriedJson } from './carried.ts';

export interface PlacesJson {
  /** As the person wrote it. */
  readonly text: string;
  /** Ids of interfaces and gateway endpoints, `internet`, `onprem`, `dns`, CIDR blocks, `service:NAME`. */
  readonly members: readonly string[];
  readonly silent: readonly { readonly id: string; readonly why: string }[];
}

export interface WaypointJson {
  readonly text: string;
  readonly ids: readonly string[];
}

/** What is absent is free. */
export interface TrafficJson extends CarriedJson {
  readonly protocol?: string;
  readonly port?: string;
  readonly srcPort?: string;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  readonly src?: string;
  readonly dst?: string;
  readonly fragment?: boolean;
}

export interface ExceptionJson {
  readonly via?: WaypointJson;
  readonly traffic?: readonly TrafficJson[];
  readonly from?: PlacesJson;
  readonly to?: PlacesJson;
}

export interface QuestionJson {
  readonly kind: 'ask' | 'forbid' | 'require';
  readonly from: PlacesJson;
  readonly to: PlacesJson;
  /** A union. */
  readonly traffic: readonly TrafficJson[];
  readonly families: readonly ('ipv4' | 'ipv6')[];
  readonly mode: 'packet' | 'connection' | 'client-data' | 'data';
  readonly via: readonly WaypointJson[];
  readonly viaBoth: readonly WaypointJson[];
  readonly avoid: readonly WaypointJson[];
  readonly except: readonly ExceptionJson[];
  readonly every: 'one' | 'pair';
  /** The assumptions declared. */
  readonly assume: readonly string[];
}
