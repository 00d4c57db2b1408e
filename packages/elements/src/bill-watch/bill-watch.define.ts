import { define } from '@oya/core';
import { OyaBillWatch } from './bill-watch.ts';

define('oya-bill-watch', OyaBillWatch);
