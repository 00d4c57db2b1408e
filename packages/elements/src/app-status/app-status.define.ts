import { define } from '@oya/core';
import { OyaAppStatus } from './app-status.ts';

define('oya-app-status', OyaAppStatus);
