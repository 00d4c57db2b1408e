/** What comes by itself after the picture, in one file: as files of their own they would weigh a fifth more. */
import { define } from '@oya/core';
import { OyaConsumptionFacts } from './facts-list.ts';
import { OyaConsumptionNotes } from './notes.ts';
import { OyaConsumptionTable } from './table.ts';
import { OyaConsumptionTools } from './tools.ts';

export function defineParts(): void {
  define('oya-consumption-facts', OyaConsumptionFacts);
  define('oya-consumption-notes', OyaConsumptionNotes);
  define('oya-consumption-table', OyaConsumptionTable);
  define('oya-consumption-tools', OyaConsumptionTools);
}
