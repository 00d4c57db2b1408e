import { define } from '@oya/core';
import { OyaSession } from './session.ts';

define('oya-session', OyaSession);
