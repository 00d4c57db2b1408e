import { expect } from 'chai';
import { typedIndex } from './typed-index.ts';

describe('what is typed from a display', () => {
  for (const [text, index, hadDecimals] of [
    ['36546', 36_546, false],
    ['036546', 36_546, false],
    ['36 546', 36_546, false],
    ['36\u202f546', 36_546, false],
    [' 36546 ', 36_546, false],
    ['36546,7', 36_546, true],
    ['36546.7', 36_546, true],
    ['7 205,123', 7205, true],
    ['36.546', 36_546, false],
    ['36.546,7', 36_546, true],
    ['', null, false],
    ['-5', null, false],
    ['trente', null, false],
    ['1234567890', null, false],
  ] as const) {
    it(`“${text}” is ${index}`, () => expect(typedIndex(text)).to.deep.equal({ index, hadDecimals }));
  }
});
