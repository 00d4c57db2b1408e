import { define } from '@oya/core';
import { OyaEmergency } from './emergency.ts';

define('oya-emergency', OyaEmergency);
