/** Tags that a loader brings as soon as they appear on the page. */
const brought = new Set<string>();

/** Called by a loader, with all it can bring. */
export function announceElements(tags: Iterable<string>): void {
  for (const tag of tags) brought.add(tag);
}

/** Whether an element may be put on the page: it is defined, or a loader brings it. */
export function hasElement(tag: string): boolean {
  return brought.has(tag) || customElements.get(tag) !== undefined;
}
