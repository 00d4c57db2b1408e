import { define } from '@oya/core';
import { OyaProcedures } from './procedures.ts';

define('oya-procedures', OyaProcedures);
