/** A packet on its way: its header and what of its past decides its future. */
import type { Header } from './header.ts';
import { keyOf } from './header.ts';
import { type Place, placeKey } from './place.ts';

/** Something that keeps state about the flow, so that the reply has to come back through it. */
export type Crossing =
  /** A NAT gateway or translating guest: the headers before and after. */
  | {
      readonly kind: 'translator';
      readonly id: string;
      /** The interface whose address it took, and the subnet, or another place, into which it returns what comes back; for guests. */
      readonly guest?: {
        readonly holder: string;
        readonly subnet: string;
        readonly back?: Place;
        /** The Gateway Load Balancer endpoint through which it gives it back: it is an appliance behind that. */
        readonly through?: string;
      };
      /** Which of its crossings it is (`anew.ts`). */
      readonly mark: string;
      readonly before: Header;
      readonly after: Header;
    }
  /** A Network Load Balancer's node in that subnet that kept the client's address. */
  | {
      readonly kind: 'kept-client';
      readonly id: string;
      readonly node: string;
      readonly subnet: string;
      readonly mark: string;
      readonly before: Header;
      readonly after: Header;
    }
  /** A service of VPC Lattice: its targets answer it by no route. */
  | {
      readonly kind: 'lattice';
      readonly id: string;
      readonly back: Place;
      readonly mark: string;
      readonly before: Header;
      readonly after: Header;
    }
  | { readonly kind: 'firewall'; readonly id: string; readonly header: Header; readonly stage?: number }
  /** A Gateway Load Balancer endpoint, and the interface of the appliance, where one is known; which sent it on by itself. */
  | {
      readonly kind: 'inspection';
      readonly id: string;
      readonly header: Header;
      readonly stage?: number;
      readonly by?: string;
      readonly onward?: true;
    }
  /** A carrier gateway, which takes from outside what answers it alone. */
  | { readonly kind: 'carrier'; readonly id: string }
  | { readonly kind: 'egress-only'; readonly id: string }
  /** A peering connection that a NAT gateway of that VPC sends through (semantics 5.21). */
  | { readonly kind: 'returned-to-sender'; readonly id: string; readonly to: string };

export interface Context {
  readonly header: Header;
  /** The header as it left its source; a reply is done when it comes back as this one, turned round. */
  readonly first: Header;
  /** Where the flow began. */
  readonly root: 'interface' | 'internet' | 'onprem';
  /** What began the flow, or the opaque element that began it anew. */
  readonly origin: 'interface' | 'internet' | 'onprem' | 'opaque';
  /** That element. */
  readonly anew?: string;
  /** The VPC of the interface where the flow began; absent for flows from outside and out of an opaque element. */
  readonly home?: string;
  /** An opaque element sent it, so that it is not known whose groups it is in (semantics 2.26). */
  readonly stranger?: true;
  /** The VPC of the interface that sent it; absent for packets from outside or out of an opaque element. */
  readonly vpc?: string;
  /** The interface that sent it, where its source/destination check is off and so its source may be forged. */
  readonly forger?: string;
  /**
   * The interface without source/destination check where the flow began, under whatever source: what it is handed back,
   * it only had, and replies come back to it alone. Translation by another guest does not change it.
   */
  readonly self?: string;
  /** The balancer's node that sent it. */
  readonly balancer?: string;
  /** An imaginary host sent it, which may be a member of any group. */
  readonly imaginary: boolean;
  /** Nothing lies behind that makes group references fail: no translation, middlebox, gateway, opaque element. */
  readonly clean: boolean;
  /** Only a group reference let it out, so it must not meet a middlebox or a public address (semantics 2.16, 2.17). */
  readonly owes: boolean;
  /** A firewall endpoint or a forwarding guest lies behind. */
  readonly middlebox: boolean;
  /** What the last middlebox behind is, where a firewall endpoint is behind and no NAT gateway since (semantics 4.38, 5.10). */
  readonly inspected?: 'firewall' | 'appliance';
  /** A NAT gateway made the current source address (semantics 4.36). */
  readonly natted: boolean;
  /**
   * It came by a transit gateway, under the source it still has: whether references to groups count (semantics 2.19),
   * or it is not told (`unread`), or they do not (`plain`). It goes on into no peering connection (7.17).
   */
  readonly transit?: 'references' | 'unread' | 'plain';
  /** By attachment in appliance mode and flow (`flowOf`): the subnet by which it entered the VPC, and its reply has to (7.19). */
  readonly kept: readonly (readonly [attachment: string, flow: string, subnet: string])[];
  /** For a requirement: what has chosen a way for the packet so far, out or back, once for each time. */
  readonly chose?: readonly string[];
  /** The line by which it first came on premises, and that it went on from there by another (semantics 8.12). */
  readonly outBy?: string;
  readonly transited?: true;
  /** Where ways are prescribed, those crossed so far. */
  readonly stage?: number;
  readonly phase: 'forward' | 'reply';
  /** What the forward packet crossed and the reply has yet to, last first out. Empty where no reply is asked for. */
  readonly crossings: readonly Crossing[];
  /** Guests that the forward packet crossed, whose groups let the reply pass. */
  readonly guests: readonly string[];
}

const crossingKey = (crossing: Crossing): string => {
  switch (crossing.kind) {
    case 'translator': {
      const { guest } = crossing;
      const back = guest?.back === undefined ? '' : placeKey(guest.back);
      return `t${crossing.id}${crossing.mark}@${guest?.holder ?? ''},${guest?.subnet ?? ''},${guest?.through ?? ''},${back}<${keyOf(crossing.before)}>${keyOf(crossing.after)}`;
    }
    case 'kept-client':
      return `k${crossing.id}${crossing.mark}@${crossing.node}<${keyOf(crossing.before)}>${keyOf(crossing.after)}`;
    case 'lattice':
      return `l${crossing.id}${crossing.mark}@${placeKey(crossing.back)}<${keyOf(crossing.before)}>${keyOf(crossing.after)}`;
    case 'firewall':
      return `f${crossing.id}#${crossing.stage ?? ''}<${keyOf(crossing.header)}`;
    case 'inspection':
      return `i${crossing.id}#${crossing.stage ?? ''}@${crossing.by ?? ''}${crossing.onward === true ? '+' : ''}<${keyOf(crossing.header)}`;
    case 'carrier':
      return `c${crossing.id}`;
    case 'egress-only':
      return `e${crossing.id}`;
    case 'returned-to-sender':
      return `p${crossing.id}>${crossing.to}`;
  }
};

/**
 * What decides its future besides its header, what its reply owes, and the zones that its flows are kept in. Which
 * interface sent it decides of references alone, and of those only while it is clean (semantics 2.16, 2.40).
 */
export const pastKey = (c: Omit<Context, 'header' | 'crossings' | 'kept'>): string =>
  `${c.first.family}|${c.root}|${c.origin}${c.anew ?? ''}${c.stranger === true ? '?' : ''}|${c.home ?? ''}|${c.vpc ?? ''}|${c.clean ? `${c.forger ?? ''}|${c.balancer ?? ''}` : ''}|${c.self ?? ''}|${c.clean ? 'c' : ''}${c.imaginary ? 'i' : ''}${c.owes ? 'o' : ''}${c.middlebox ? 'm' : ''}${c.inspected ?? ''}${c.natted ? 'n' : ''}${c.phase === 'reply' ? 'r' : ''}|${c.stage ?? ''}|${c.transit ?? ''}|${c.outBy ?? ''}${c.transited === true ? '+' : ''}|${c.chose?.join() ?? ''}|${c.guests.join(',')}`;

export const contextKey = (c: Context): string =>
  `${keyOf(c.header)}|${pastKey(c)}|${c.kept.join(' ')}|${c.crossings.map(crossingKey).join(';')}`;
