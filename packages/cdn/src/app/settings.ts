/** What a site's own worker file tells the kit's: `self.OYA_APP`. Addresses are relative to the scope of the worker. */
export interface WorkerSettings {
  readonly name: string;
  readonly lang: string;
  /** The app's own page, which answers where there is no network. */
  readonly page: string;
  /** Address below which the portal's operations lie. */
  readonly api: string;
  /** Folder of the kit's version. */
  readonly kit: string;
  /** What comes with the worker. A `null` revision: the address never has another content. */
  readonly precache: readonly { readonly url: string; readonly revision: string | null; readonly integrity?: string }[];
  readonly icon?: string;
  readonly badgeIcon?: string;
}
