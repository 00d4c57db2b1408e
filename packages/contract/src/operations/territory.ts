/** Which utility is whose: asked before anybody has signed in. */
import * as z from 'zod/mini';
import { Territory } from '../territory.ts';
import { operation } from './operation.ts';

export const describeTerritory = operation({
  name: 'describeTerritory',
  summary: 'The communes of the installation, and the rules by which a commune and an energy lead to a utility.',
  method: 'GET',
  path: '/territory',
  auth: 'public',
  input: z.object({}),
  output: Territory,
  // `unsupported` where the installation has one utility only, or has not said which serves whom.
  errors: ['unsupported'],
});
