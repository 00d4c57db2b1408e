/** What stands in a page's fragment: a place of the host page, the path that a portal keeps, parameters beside it. Pure. */

export interface Fragment {
  /** With its leading `/`; empty where there is none. */
  readonly path: string;
  readonly parameters: URLSearchParams;
}

/** A mere place on the page (`#top`) is no parameter. */
export function splitFragment(hash: string): Fragment {
  const content = hash.replace(/^#/, '');
  if (content.startsWith('/')) {
    const [path = '', query = ''] = content.split('?', 2);
    return { path, parameters: new URLSearchParams(query) };
  }
  return { path: '', parameters: new URLSearchParams(content.includes('=') ? content : '') };
}
