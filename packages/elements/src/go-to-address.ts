/** Goes to another address of the same page. Browsers tell nobody of one that a script has written: whoever reads its fragment is told here. */
export function goToAddress(address: string): void {
  const before = location.hash;
  history.pushState(history.state, '', address);
  if (location.hash !== before) dispatchEvent(new HashChangeEvent('hashchange'));
}
