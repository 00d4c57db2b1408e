import { define } from '@oya/core';
import { OyaPasskeys } from './passkeys.ts';

define('oya-passkeys', OyaPasskeys);
