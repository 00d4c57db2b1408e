import { define } from '@oya/core';
import { OyaEcowatt } from './ecowatt.ts';

define('oya-ecowatt', OyaEcowatt);
