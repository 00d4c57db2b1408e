import { define } from '@oya/core';
import { OyaTariffTwin } from './tariff-twin.ts';

define('oya-tariff-twin', OyaTariffTwin);
