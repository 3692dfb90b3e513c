/** What is asked of a firewall's policy by itself: what is wrong with it, and how another differs from it. */
export { checkFirewall } from './check.ts';
export { type Differences, compareFirewalls } from './compare.ts';
export type { Subject } from './subject.ts';
