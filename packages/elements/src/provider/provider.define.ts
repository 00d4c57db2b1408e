import { define } from '@oya/core';
import { OyaProvider } from './provider.ts';

define('oya-provider', OyaProvider);
