/** The invitation in the page's address, `#oya-access=<id>`, as the mail's link brings it. */
const NAME = 'oya-access';
const LONGEST_ID = 64;

export function invitationInAddress(): string | undefined {
  const id = new URLSearchParams(location.hash.slice(1)).get(NAME);
  return id && id.length <= LONGEST_ID ? id : undefined;
}

/** It has been answered: a reload, a bookmark or the next person on this device must not find it again. */
export function clearInvitation(): void {
  if (invitationInAddress() === undefined) return;
  history.replaceState(history.state, '', location.pathname + location.search);
}
