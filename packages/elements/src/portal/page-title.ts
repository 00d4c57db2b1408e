/** The page's title while a portal names its section in it. It is the host's: kept, and given back. */
export class PageTitle {
  #host: string | undefined;
  #written: string | undefined;

  /**
   * Names a section in the title.
   * @param template with `{section}` and `{title}`, the host's own
   */
  show(section: string, template: string): void {
    // A host that has changed its title since (another language, a count of messages) is believed.
    if (this.#host === undefined || document.title !== this.#written) this.#host = document.title;
    const title = template.replaceAll(/\{(section|title)\}/g, (_, name: string) => (name === 'section' ? section : (this.#host ?? '')));
    if (document.title !== title) document.title = title;
    // As the browser keeps it, without the spaces that it takes out.
    this.#written = document.title;
  }

  restore(): void {
    if (this.#host !== undefined && document.title === this.#written) document.title = this.#host;
    this.#host = undefined;
    this.#written = undefined;
  }
}
