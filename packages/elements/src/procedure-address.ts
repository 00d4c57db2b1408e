/**
 * What stands in a page's fragment of procedures: a form that is begun (`#oya-procedure=new:<id>`), or a request that is
 * followed (`=request:<id>`). Beside the section that a portal keeps there: `#/procedures?oya-procedure=…`. Pure.
 */
import { splitFragment } from './fragment.ts';

const NAME = 'oya-procedure';

export interface ProcedureName {
  readonly what: 'new' | 'request';
  readonly id: string;
}

export function procedureIn(hash: string): ProcedureName | undefined {
  const [, what, id] = /^(new|request):(.{1,64})$/.exec(splitFragment(hash).parameters.get(NAME) ?? '') ?? [];
  return what !== undefined && id !== undefined ? { what: what as ProcedureName['what'], id } : undefined;
}

/** The fragment, with its `#`, for another one or for none. What else stands in it stays, but for a mere place on the page. */
export function withProcedure(hash: string, name: ProcedureName | undefined): string {
  const { path, parameters } = splitFragment(hash);
  if (name) parameters.set(NAME, `${name.what}:${name.id}`);
  else parameters.delete(NAME);
  const query = parameters.toString().replaceAll('%3A', ':');
  return path === '' ? `#${query}` : `#${path}${query === '' ? '' : `?${query}`}`;
}
