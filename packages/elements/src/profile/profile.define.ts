import { define } from '@oya/core';
import { OyaProfile } from './profile.ts';

define('oya-profile', OyaProfile);
