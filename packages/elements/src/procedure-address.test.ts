import { expect } from 'chai';
import { procedureIn, withProcedure } from './procedure-address.ts';

describe('the address of a procedure', () => {
  it('names a form or a request, beside what else stands there', () => {
    expect(procedureIn('#oya-procedure=new:demenager')).to.deep.equal({ what: 'new', id: 'demenager' });
    expect(procedureIn('#/procedures?oya-procedure=request:abc&x=1')).to.deep.equal({ what: 'request', id: 'abc' });
    for (const hash of ['', '#top', '#oya-procedure=other:x', '#oya-procedure=new:', `#oya-procedure=new:${'x'.repeat(65)}`]) expect(procedureIn(hash), hash).to.equal(undefined);
  });
  it('is written and taken away again', () => {
    expect(withProcedure('#/procedures?x=1', { what: 'new', id: 'demenager' })).to.equal('#/procedures?x=1&oya-procedure=new:demenager');
    expect(withProcedure('#/procedures?oya-procedure=new:demenager', undefined)).to.equal('#/procedures');
    expect(withProcedure('', { what: 'request', id: 'a' })).to.equal('#oya-procedure=request:a');
  });
});
