import { define } from '@oya/core';
import { OyaMessages } from './messages.ts';

define('oya-messages', OyaMessages);
