/**
 * The keys of everything that a snapshot cannot tell, in the words of `--assume`. An element with no side declared is
 * unknown: on the may side it does what the key says, on the must side it does not.
 */
import { type Prefix, parsePrefix } from '../net/prefix.ts';

/** A firewall endpoint's firewall, an opaque gateway or a balancer hands traffic on. Refuted by `drops:ID`. */
export const passes = (id: string): string => `passes:${id}`;

/** An opaque element hands on just what is needed, to where it is needed: what only a requirement asks of it. */
export const handsOver = (id: string): string => `hands-over:${id}`;

/**
 * A guest with its source/destination check off hands on what is not addressed to it, unchanged; an appliance behind a
 * Gateway Load Balancer what comes to it, by its own interfaces, and of an endpoint: whatever appliances behind it are
 * not in the input.
 */
export const forwards = (interfaceId: string): string => `forwards:${interfaceId}`;

/** The same, translating the source to its own primary address. */
export const forwardsNat = (interfaceId: string): string => `forwards:${interfaceId},nat`;

/** A stopped instance or a pending gateway works. Refuted by `down:ID`. */
export const up = (id: string): string => `up:${id}`;

/** On premises, what comes by one line goes on by another (semantics 8.12). Never so unless declared. */
export const transitOnPremises = 'transit:onprem';

/** What comes to a Direct Connect location by one gateway goes on by another, without going on premises (semantics 8.11). */
export const transitBy = (directConnectGateway: string): string => `transit:${directConnectGateway}`;

/**
 * On-premises answers by that line what came to it by another; or the endpoint of a Gateway Load Balancer or of a firewall,
 * or a firewall's attachment to a transit gateway, takes a reply whose request did not come by it.
 */
export const returns = (line: string): string => `returns:${line}`;

/** A prefix list's routes win over another list's with the same block (semantics 4.12), in this table. */
export const prefers = (routeTable: string, prefixList: string): string => `prefers:${routeTable}:${prefixList}`;

/** An address of a group that is not in the input, or a spoofed one, counts as the group's (semantics 2.26). */
export const members = (group: string): string => `members:${group}`;

/** The same for the addresses of a block alone, where somebody has declared them: `members:sg-1=10.1.0.0/16`. */
export const membersWithin = (group: string, block: string): string => `${members(group)}=${block}`;

/** The blocks declared for a group's members; empty where none is. */
export const declaredMembers = (sides: ReadonlyMap<string, boolean>, group: string): readonly Prefix[] =>
  [...sides].flatMap(([key, side]) => {
    const start = membersWithin(group, '');
    const block = side && key.startsWith(start) ? parsePrefix(key.slice(start.length)) : undefined;
    return block === undefined ? [] : [block];
  });

/** The blocks declared to be behind one of the lines: `onprem:10.99.0.0/16@vgw-1`. */
export const declaredOnPremises = (sides: ReadonlyMap<string, boolean>, lines: readonly string[]): readonly Prefix[] =>
  [...sides].flatMap(([key, side]) => {
    const [, block, line] = /^onprem:([^@]+)@(.+)$/.exec(key) ?? [];
    const prefix = side && line !== undefined && lines.includes(line) ? parsePrefix(block!) : undefined;
    return prefix === undefined ? [] : [prefix];
  });

/** The flow carries this name, where a question tells apart more names than can be told apart. */
export const names = (name: string): string => `names:${name}`;

/** AWS behaves as the numbered fact says (`models/facts.json`). */
export const fact = (number: string): string => `fact:${number}`;

/** An internet address of this flow is one of the service's, whose public addresses are in no prefix list read. */
export const publishes = (service: string): string => `publishes:${service}`;

/** How a rule of a group is told from the others: `sid:N`, else `line:N`, counted from 1. */
export const ruleName = (sid: number | undefined, line: number): string =>
  sid === undefined ? `line:${line}` : `sid:${sid}`;

/** The firewall's rule (`ruleName`) matches what it may match, wherever that is not known. */
export const matches = (ruleGroup: string, rule: string): string => `matches:${ruleGroup}#${rule}`;

/** A firewall told to continue lets through the later packets of a flow whose start it has not seen (semantics 10.37). */
export const continues = (firewall: string): string => `continues:${firewall}`;

/** What answers shows a certificate for the name that the client wrote, as TLS inspection asks (semantics 10.68). */
export const certified = (tlsInspection: string): string => `certified:${tlsInspection}`;

/** How a rule of DNS Firewall is told from the others of its group. */
export const priorityName = (priority: number): string => `priority:${priority}`;

/** DNS Firewall fails to answer for a VPC in which it is told to let names through then (semantics 13.12). */
export const failsOpen = (vpc: string): string => `fails-open:${vpc}`;
