/** Random tests draw the same each time, unless a seed is given: what fails is then the change's doing. */
import * as fc from 'fast-check';
import { seed } from './contest/contest.ts';

fc.configureGlobal({ seed });
