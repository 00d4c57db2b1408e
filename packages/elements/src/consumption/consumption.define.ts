import '@oya/charts/bar-chart.define';
import { define } from '@oya/core';
import { OyaConsumption } from './consumption.ts';

define('oya-consumption', OyaConsumption);
