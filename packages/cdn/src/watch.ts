/** Elements of ours that nothing has defined yet, and places that ask for one. */
const WANTED = ':not(:defined), [data-oya]';

/**
 * Tells each element of ours and each `data-oya` place in a root, now and whenever one is added or changed.
 * @returns a function that ends it
 */
export function watchRoot(root: Document | ShadowRoot, found: (element: Element) => void): () => void {
  const tell = (element: Element) => {
    if (element.localName.startsWith('oya-') || element.hasAttribute('data-oya')) found(element);
  };
  const look = (node: ParentNode) => node.querySelectorAll(WANTED).forEach(tell);

  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      // A place whose `data-oya` was removed is told too: it has something to take down.
      if (type === 'attributes') found(target as Element);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.matches(WANTED)) tell(node);
        look(node);
      }
    }
  });
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-oya'] });
  look(root);
  return () => observer.disconnect();
}
