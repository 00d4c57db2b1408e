import { define } from '@oya/core';
import { OyaContracts } from './contracts.ts';

define('oya-contracts', OyaContracts);
