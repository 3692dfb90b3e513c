/** Route servers: what their peers advertise stands in the tables that they propagate into, and no declaration tells it (semantics 4.30). */
import { addRoute } from './endpoint.ts';
import { mayBe } from './every.ts';
import { tableType } from './kinds.ts';
import { idOf } from './property.ts';
import { type Construct, note, type Reading } from './reading.ts';
import { anyRoute } from './route-table.ts';
import { Unknown } from './value.ts';

const propagationType = 'AWS::EC2::RouteServerPropagation';

/** Read once all tables have been. */
export const routeServerPropagation: Construct = { properties: ['RouteServerId', 'RouteTableId'] };

/** A route that may match any packet, and lead anywhere, in each table that learns from a route server. */
export function learnFromRouteServers(reading: Reading): void {
  for (const at of reading.byType.get(propagationType) ?? []) {
    const told = idOf(at, 'RouteTableId', tableType);
    if (told instanceof Unknown) note(at, 'RouteTableId', told, 'any table that it could name may learn routes');
    const tables = told instanceof Unknown ? mayBe(at, told, tableType) : told === undefined ? [] : [told];
    for (const table of tables) addRoute(reading, table, anyRoute(at, `${at.of.address}~${table}`));
  }
}
