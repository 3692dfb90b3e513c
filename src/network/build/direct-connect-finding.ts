/** What a source found of Direct Connect, before references are resolved. */
import type { DirectConnectAssociation, DirectConnectGateway } from '../direct-connect-gateway.ts';
import type { Provenance } from '../resource.ts';

export type DirectConnectGatewayFinding = Omit<DirectConnectGateway, 'associations' | 'unread'>;

export interface DirectConnectAssociationFinding extends DirectConnectAssociation {
  readonly directConnectGateway: string;
  readonly source: Provenance;
}

/** One whole answer about the associations of one gateway, of whichever kind. */
export interface DirectConnectAssociationsFinding {
  readonly subject: string;
  /** Who asked, where that is told. */
  readonly account?: string;
}
