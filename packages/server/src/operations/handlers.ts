import { getConsumption } from './consumption.ts';
import type { Handlers } from './context.ts';
import { listContracts, listMeters } from './contracts.ts';
import { signIn, signOut, whoAmI } from './session.ts';
import { describeTerritory } from './territory.ts';

/** What the server does for each operation of the contract. Adding one is adding its line here. */
export const handlers: Handlers = {
  describeUtility: (_input, { utility }) => Promise.resolve(utility),
  signIn,
  signOut,
  whoAmI,
  listContracts,
  listMeters,
  getConsumption,
  describeTerritory,
};
