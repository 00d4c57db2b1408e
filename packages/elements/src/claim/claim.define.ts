import { define } from '@oya/core';
import { OyaClaim } from './claim.ts';

define('oya-claim', OyaClaim);
