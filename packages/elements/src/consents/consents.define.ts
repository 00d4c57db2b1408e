import { define } from '@oya/core';
import { OyaConsents } from './consents.ts';

define('oya-consents', OyaConsents);
