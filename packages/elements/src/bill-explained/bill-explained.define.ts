import { define } from '@oya/core';
import { OyaBillExplained } from './bill-explained.ts';

define('oya-bill-explained', OyaBillExplained);
